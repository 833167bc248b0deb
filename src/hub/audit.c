#include "hub/hub.h"
#include "hub/lock.h"
#include "sql/hub.h"
#include "sql/looked.h"

/* How far back on a record it is looked for; further back it is logged again. */
#define LATEST_ENTRIES 200

/* The record an entry belongs to: an enquiry, an account it is about, else whoever acts. */
static void record_of(const struct hub *hub, const struct audit_entry *entry, struct access_log_insert_in *in)
{
	in->record_kind = entry->enquiry.n ? TEXT("enquiry") : TEXT("account");
	in->record = entry->enquiry.n ? entry->enquiry.n : entry->about.n ? entry->about.n : hub->actor.account.n;
}

bool audit_write(struct hub *hub, const struct audit_entry *entry, struct access_log_id *ret_entry, struct error *err)
{
	struct access_log_insert_in in = {
		.account = hub->actor.account,
		.action = action_text(entry->action),
		.refused = entry->refused,
		.detail = entry->detail,
		.request_id = hub->request_id,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};
	struct access_log_insert_row row;

	record_of(hub, entry, &in);
	if (!hub_lock_log(hub, entry->enquiry, (struct account_id){in.record}, err)) return false;
	if (!access_log_insert(hub->tx, &in, &row, err)) return false;
	if (!entry->refused && !entry->look) tx_changed(hub->tx);
	if (ret_entry) *ret_entry = row.id;
	return true;
}

static bool is_logged(struct hub *hub, const struct viewed *view, instant since, bool *ret, struct error *err)
{
	struct audit_entry entry = {.enquiry = view->enquiry};
	struct access_log_insert_in record;
	struct looked_already_row row;

	record_of(hub, &entry, &record);
	return looked_already(hub->tx,
		&(struct looked_already_in){.record_kind = record.record_kind,
			.record = record.record,
			.account = hub->actor.account,
			.action = action_text(view->action),
			.detail = view->what,
			.since = since,
			.limit = LATEST_ENTRIES},
		&row, ret, err);
}

bool hub_views_unlogged(struct hub *hub, instant since, struct error *err)
{
	struct viewed **at = &hub->views;

	while (*at) {
		bool logged;

		if (!is_logged(hub, *at, since, &logged, err)) return false;
		if (logged)
			*at = (*at)->next;
		else
			at = &(*at)->next;
	}
	return true;
}
