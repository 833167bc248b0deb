#include "hub/hub.h"
#include "hub/lock.h"
#include "sql/hub.h"

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
