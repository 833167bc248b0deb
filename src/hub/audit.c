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

/*
 * Steps that change nothing but their own enquiry: what is shown of it, on its page and on those of others, and who may see
 * it stays as it was. Only what is known to be so stands here; whatever else is done is told to every open page.
 */
static bool stays_within(enum action action)
{
	switch (action) {
	case ACTION_RECEIVE: /* whom of its children we know is told beside it (child.c) */
	case ACTION_ADD_INFORMATION:
	case ACTION_SCREEN:
	case ACTION_PROPOSE_SCREEN_OUT:
	case ACTION_AUTHORISE_SCREEN_OUT:
	case ACTION_RERATE:
	case ACTION_AUTHORISE_LOWERING:
	case ACTION_ALLOCATE:
	case ACTION_REALLOCATE:
	case ACTION_HOLD:
	case ACTION_UNALLOCATE:
	case ACTION_RECOMMEND:
	case ACTION_RETURN:
	case ACTION_AUTHORISE:
	case ACTION_CLOSE:
	case ACTION_LOG_CONTACT:
	case ACTION_OVERSEE:
	case ACTION_ADVISE: return true;
	default: return false;
	}
}

static void tell(struct hub *hub, const struct audit_entry *entry)
{
	if (entry->refused || entry->look) return;
	if (entry->enquiry.n && stays_within(entry->action))
		tx_changed_of(hub->tx, CHANGE_ENQUIRY, entry->enquiry.n);
	else
		tx_changed(hub->tx);
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
	tell(hub, entry);
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
