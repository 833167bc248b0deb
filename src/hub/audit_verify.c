#include "hub/audit_verify.h"

#include "sql/audit.h"

static void found_bad(struct audit_check *check, struct access_log_id bad, const char *why)
{
	if (!check->ok && check->first_bad.n <= bad.n) return;
	*check = (struct audit_check){.entries = check->entries, .first_bad = bad, .why = why};
}

static bool check_numbers(struct tx *tx, struct audit_check *check, struct error *err)
{
	struct audit_first_misnumbered_row misnumbered;
	struct audit_first_gap_row behind;
	bool found;

	if (!audit_first_misnumbered(tx, &misnumbered, &found, err)) return false;
	if (found) found_bad(check, misnumbered.id, "its number is not its place within its record");
	if (!audit_first_gap(tx, &behind, &found, err)) return false;
	if (found) found_bad(check, behind.id, "an entry before it is missing");
	return true;
}

static bool check_steps(struct tx *tx, struct audit_check *check, struct error *err)
{
	struct audit_first_unlogged_row unlogged;
	bool found;

	if (!audit_first_unlogged(tx, &unlogged, &found, err)) return false;
	if (found) found_bad(check, unlogged.entry, "a step of an enquiry has not the entry it was written with");
	return true;
}

bool audit_verify(struct hub *hub, struct audit_check *ret, struct error *err)
{
	struct audit_check check = {.ok = true};
	struct audit_entries_row entries;

	if (!hub_may(hub, ACTION_VERIFY_AUDIT, err)) return false;
	if (!audit_entries(hub->tx, &entries, err)) return false;
	check.entries = entries.count;
	if (!check_numbers(hub->tx, &check, err) || !check_steps(hub->tx, &check, err)) return false;
	*ret = check;
	return true;
}
