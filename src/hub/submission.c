#include "hub/submission.h"

#include "hub/lock.h"
#include "sql/submission.h"

bool submission_find(struct hub *hub, struct text key, struct submission *ret, bool *ret_found, struct error *err)
{
	struct submission_get_in in = {.account = hub->actor.account, .key = key};
	struct submission_get_row row;

	if (!hub_lock_key(hub, LOCK_KEY, in.account.n, key, err)) return false;
	if (!submission_get(hub->tx, &in, &row, ret_found, err)) return false;
	if (*ret_found)
		*ret = (struct submission){
			.key = key,
			.route = row.route,
			.body_hash = row.body_hash,
			.status = (int)row.status,
			.location = row.location,
			.content_type = row.content_type,
			.body = row.body,
		};
	return true;
}

bool submission_save(struct hub *hub, const struct submission *submission, struct error *err)
{
	struct submission_insert_in in = {
		.account = hub->actor.account,
		.key = submission->key,
		.route = submission->route,
		.body_hash = submission->body_hash,
		.status = submission->status,
		.location = submission->location,
		.content_type = submission->content_type,
		.body = submission->body.len <= SUBMISSION_BODY_MOST ? submission->body : TEXT_NONE,
		.at = hub->now,
	};

	return submission_insert(hub->tx, &in, NULL, err);
}

bool submission_purge(struct hub *hub, int64_t *ret_count, struct error *err)
{
	struct submission_forget_in in = {.before = hub->now - SUBMISSION_DAYS * DAY_MS};

	return submission_forget(hub->tx, &in, ret_count, err);
}
