#include "hub/episode.h"

#include "base/london.h"
#include "hub/lock.h"
#include "hub/restriction.h"
#include "rules/identifiers.h"
#include "rules/lifecycle.h"

static bool find_key(struct hub *hub, struct text given, struct enquiry_key *ret, bool *ret_found, struct error *err)
{
	struct enquiry_by_reference_in by_reference = {.viewer = hub->actor.account};
	struct enquiry_by_external_ref_in by_external = {.viewer = hub->actor.account, .external_ref = given};

	*ret_found = false;
	if (reference_parse(hub->arena, given, &by_reference.reference)) {
		if (!enquiry_by_reference(hub->tx, &by_reference, ret, ret_found, err)) return false;
		if (*ret_found) return true;
	}
	return enquiry_by_external_ref(hub->tx, &by_external, ret, ret_found, err);
}

bool enquiry_find(struct hub *hub, struct text reference, struct enquiry_id *ret, struct error *err)
{
	struct enquiry_key key;
	bool found;

	if (!find_key(hub, reference, &key, &found, err)) return false;
	if (!found) return error_not_found(err, "there is no enquiry %.*s", TEXT_ARG(text_slice(reference, 0, 60)));
	*ret = key.id;
	return hub_lock_enquiry(hub, key.id, err);
}

bool enquiries_lock(struct hub *hub, const struct text *references, size_t count, struct error *err)
{
	struct enquiry_id *ids = arena_new_array(hub->arena, count, struct enquiry_id);
	struct enquiry_key key;
	size_t n = 0;
	bool found;

	if (!hub_locks(hub)) return true;
	for (size_t i = 0; i < count; i++) {
		if (!find_key(hub, references[i], &key, &found, err)) return false;
		if (found) ids[n++] = key.id;
	}
	return hub_lock_enquiries(hub, ids, n, err);
}

/* Says who changed it first, how and when. */
static bool refuse_stale(struct hub *hub, const struct episode *episode, int64_t seen, struct error *err)
{
	struct history_last_in in = {.viewer = hub->actor.account, .enquiry = episode->enquiry};
	struct history_last_row last;
	struct text when;
	bool found;

	if (!history_last(hub->tx, &in, &last, &found, err)) return false;
	if (!found) return error_stale(err, episode->version, "the enquiry was changed meanwhile");
	when = london_short(hub->arena, last.at);
	error_stale(err, episode->version,
		"%.*s changed this enquiry first: %.*s, %.*s. You saw version %lld; version %lld stands now",
		TEXT_ARG(last.name), TEXT_ARG(code_words_of(CODES_transition, last.transition)), TEXT_ARG(when),
		(long long)seen, (long long)episode->version);
	err->version_seen = seen;
	return error_hint(err, "Look at the enquiry as it stands now, then decide whether your change is still right.");
}

bool episode_lock(struct hub *hub, struct text reference, int64_t version, struct episode *ret, struct error *err)
{
	struct episode_find_in in = {.viewer = hub->actor.account};
	bool found;

	if (!enquiry_find(hub, reference, &in.enquiry, err)) return false;
	if (!episode_find(hub->tx, &in, ret, &found, err)) return false;
	if (!found) return error_failed(err, "the enquiry has no current episode");
	if (version != VERSION_ANY && version != ret->version) return refuse_stale(hub, ret, version, err);
	return true;
}

static bool write_history(
	struct hub *hub, const struct episode *episode, const struct step *step, struct text from_state, struct error *err)
{
	struct audit_entry entry = {.action = step->action, .enquiry = episode->enquiry, .detail = step->detail};
	struct history_insert_in in = {
		.enquiry = episode->enquiry,
		.episode = episode->id,
		.transition = transition_text(step->transition),
		.from_state = from_state,
		.to_state = episode->state,
		.actor = hub->actor.account,
		.about = step->about,
		.detail = step->detail,
		.at = hub->now,
		.recorded_at = hub->recorded_at,
	};

	if (!audit_write(hub, &entry, &in.entry, err)) return false;
	return history_insert(hub->tx, &in, NULL, err);
}

bool episode_step(struct hub *hub, struct episode *episode, const struct step *step, struct error *err)
{
	struct text from_state = episode->state;
	enum state to;

	if (!lifecycle_step(state_of(from_state), step->transition, &to, err)) return false;
	episode->state = state_text(to);
	return write_history(hub, episode, step, from_state, err);
}

bool episode_begun(struct hub *hub, const struct episode *episode, const struct step *step, struct error *err)
{
	return write_history(hub, episode, step, TEXT("none"), err);
}

static int64_t rag_order(struct text rag)
{
	enum rag rated = rag_of(rag);

	return rated == RAG_NONE ? RAG_COUNT : (int64_t)rated;
}

/* Whoever is given a restricted enquiry sees it from now on. */
static bool admit_holder(struct hub *hub, const struct episode *episode, struct error *err)
{
	if (!episode->restricted) return true;
	return restriction_admit(hub, episode->enquiry, episode->worker, err) &&
		   restriction_admit(hub, episode->enquiry, episode->held_by, err);
}

bool episode_save(struct hub *hub, struct episode *episode, struct error *err)
{
	int64_t changed;
	struct episode_save_row_in in = {
		.id = episode->id,
		.version = episode->version,
		.is_current = true,
		.workstream = episode->workstream,
		.state = episode->state,
		.pending = episode->pending,
		.rag = episode->rag,
		.rag_order = rag_order(episode->rag),
		.first_rag = episode->first_rag,
		.screened_at = episode->screened_at,
		.screened_by = episode->screened_by,
		.screening_due_at = episode->screening_due_at,
		.due_at = episode->due_at,
		.worker = episode->worker,
		.allocated_at = episode->allocated_at,
		.held_by = episode->held_by,
		.held_at = episode->held_at,
		.recommended_by = episode->recommended_by,
		.recommended_at = episode->recommended_at,
		.necessary = episode->necessary,
		.necessary_reason = episode->necessary_reason,
		.ended = episode->ended,
		.ended_at = episode->ended_at,
		.closed_at = episode->closed_at,
		.rescreen_asked_at = episode->rescreen_asked_at,
		.review_asked_at = episode->review_asked_at,
	};

	if (!episode_save_row(hub->tx, &in, &changed, err)) return false;
	if (changed != 1) return refuse_stale(hub, episode, episode->version, err);
	episode->version++;
	return admit_holder(hub, episode, err);
}
