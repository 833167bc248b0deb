#include "web/children.h"

#include "base/london.h"
#include "hub/child.h"
#include "hub/moving.h"
#include "rules/lifecycle.h"

bool children_may_change(const struct enquiry_view *view)
{
	return next_steps_have(&view->next_steps, ACTION_CORRECT_CHILD) ||
		   next_steps_have(&view->next_steps, ACTION_REMOVE_CHILD);
}

bool children_may_remove(const struct enquiry_view *view, const struct enquiry_child *child)
{
	return next_steps_have(&view->next_steps, ACTION_REMOVE_CHILD) && child->removed_at == INSTANT_NONE &&
		   !child->outcome.len && view->head.child_count > 1;
}

bool children_may_restore(const struct enquiry_view *view, const struct enquiry_child *child)
{
	return next_steps_have(&view->next_steps, ACTION_REMOVE_CHILD) && child->removed_at != INSTANT_NONE &&
		   child->put_back_as == INT_NONE;
}

struct text children_count(struct arena *arena, int64_t count)
{
	return arena_printf(arena, count == 1 ? "%lld child" : "%lld children", (long long)count);
}

static const struct enquiry_child *child_of(const struct enquiry_view *view, struct child_id id)
{
	for (size_t i = 0; i < view->children.count; i++)
		if (view->children.rows[i].id.n == id.n) return &view->children.rows[i];
	return NULL;
}

struct text children_correction(struct arena *arena, const struct enquiry_view *view, size_t version)
{
	const struct enquiry_child_version *row = &view->changes.versions.rows[version];
	const struct enquiry_child *child = child_of(view, row->child);
	struct child_changes list = child_changes_of(arena, &view->changes, version, &view->children);
	struct text name = child ? child_name(arena, child) : TEXT("");
	struct text words = arena_printf(arena, "%lld. %.*s:", (long long)row->position, TEXT_ARG(name));

	for (size_t i = 0; i < list.count; i++)
		words = arena_printf(arena, "%.*s %s from %.*s to %.*s;", TEXT_ARG(words),
			field_describe(list.rows[i].field)->label, TEXT_ARG(list.rows[i].from), TEXT_ARG(list.rows[i].to));
	return arena_printf(
		arena, "%.*s by %.*s: %.*s", TEXT_ARG(words), TEXT_ARG(row->corrected_by), TEXT_ARG(row->reason));
}

struct text children_event(struct arena *arena, const struct enquiry_step *row)
{
	struct text words = code_words_of(CODES_transition, row->transition);
	struct text place = text_slice(row->detail, 0, text_index(row->detail, ';'));

	return arena_printf(arena, "%.*s (child %.*s) by %.*s", TEXT_ARG(words), TEXT_ARG(place), TEXT_ARG(row->actor));
}

bool children_incident(const struct enquiry_view *view)
{
	return view->changes.links.count || view->changes.duplicates.count ||
		   next_steps_have(&view->next_steps, ACTION_LINK);
}

struct text children_link(struct arena *arena, const struct enquiry_link *link)
{
	struct text words = code_words_of(CODES_state, link->state), rag = code_words_of(CODES_rag, link->rag);
	struct text because = step_because(arena, link->linked_by, link->at, link->reason);

	if (link->rag.len) words = arena_printf(arena, "%.*s, %.*s", TEXT_ARG(words), TEXT_ARG(rag));
	if (link->allocated_to.len)
		words = arena_printf(arena, "%.*s, with %.*s", TEXT_ARG(words), TEXT_ARG(link->allocated_to));
	return arena_printf(arena, "%.*s. Linked by %.*s", TEXT_ARG(words), TEXT_ARG(because));
}

bool children_may_unlink(const struct enquiry_view *view, const struct enquiry_link *link)
{
	return next_steps_have(&view->next_steps, ACTION_LINK) && lifecycle_may(state_of(link->state), TRANSITION_UNLINKED);
}

struct text children_agreeing(const struct step_view *view)
{
	const struct enquiry_head *head = &view->enquiry.head;
	struct text count = children_count(view->arena, head->child_count);

	if (!head->allocated_to.len)
		return arena_printf(view->arena, "Agreeing ends it with %.*s and no outcome.", TEXT_ARG(count));
	return arena_printf(view->arena,
		"Agreeing ends it with %.*s and no outcome, and takes it from the caseload of %.*s.", TEXT_ARG(count),
		TEXT_ARG(head->allocated_to));
}

const struct enquiry_proposal *children_withdrawal(const struct enquiry_view *view)
{
	for (size_t i = view->proposals.count; i > 0; i--) {
		const struct enquiry_proposal *row = &view->proposals.rows[i - 1];

		if (proposal_kind_of(row->kind) != PROPOSAL_WITHDRAWAL) continue;
		if (row->answered_at == INSTANT_NONE || answer_of(row->answer) == ANSWER_AGREED) return row;
	}
	return NULL;
}

struct text children_withdrawn_words(struct arena *arena, const struct enquiry_proposal *row)
{
	struct text why = code_words_of(CODES_withdrawn_reason, row->content);
	struct text proposed = step_because(arena, row->proposed_by, row->proposed_at, row->reason), agreed;

	if (row->answered_at == INSTANT_NONE)
		return arena_printf(arena, "(%.*s) by %.*s.", TEXT_ARG(why), TEXT_ARG(proposed));
	agreed = step_because(arena, row->answered_by, row->answered_at, TEXT_NONE);
	return arena_printf(arena, "(%.*s) by %.*s. Agreed by %.*s.", TEXT_ARG(why), TEXT_ARG(proposed), TEXT_ARG(agreed));
}

static const char *kept(const struct enquiry_episode *row)
{
	if (row->due_at == INSTANT_NONE || row->ended_at == INSTANT_NONE || text_is(row->ended, "withdrawn")) return "";
	return row->ended_at <= row->due_at ? ", in time" : ", LATE";
}

struct text children_episode(struct arena *arena, const struct enquiry_episode *row)
{
	struct text began = london_short(arena, row->started_at), ended = TEXT("not yet");
	struct text state = code_words_of(CODES_ended, row->ended);
	struct text words = arena_printf(
		arena, "Episode %lld: %.*s, from %.*s", (long long)row->n, TEXT_ARG(row->workstream), TEXT_ARG(began));

	if (row->worker_name.len)
		words = arena_printf(arena, "%.*s, with %.*s", TEXT_ARG(words), TEXT_ARG(row->worker_name));
	if (row->ended_at != INSTANT_NONE) ended = london_short(arena, row->ended_at);
	return arena_printf(
		arena, "%.*s; ended %.*s (%.*s)%s", TEXT_ARG(words), TEXT_ARG(ended), TEXT_ARG(state), kept(row));
}

bool children_overtakes(const struct step_view *view)
{
	const struct enquiry_proposal *waiting = enquiry_view_pending(&view->enquiry);

	if (!waiting) return false;
	for (size_t i = 0; i < view->enquiry.recommendations.count; i++) {
		const struct enquiry_recommendation *row = &view->enquiry.recommendations.rows[i];

		if (row->proposal.n == waiting->id.n && row->position == view->children.child->position) return true;
	}
	return false;
}

static struct text stored(struct arena *arena, const struct enquiry_child *child, enum field field)
{
	for (size_t i = 0; i < enquiry_child_record.column_count; i++) {
		const struct column *column = &enquiry_child_record.columns[i];
		const char *at = (const char *)child + column->offset;

		if (column->field != field) continue;
		if (column->type == COLUMN_DAY)
			return *(const day *)at == DAY_NONE ? TEXT_NONE : day_iso(arena, *(const day *)at);
		return *(const struct text *)at;
	}
	return TEXT_NONE;
}

static struct text now_words(struct arena *arena, enum field field, struct text value)
{
	const struct field_description *f = field_describe(field);
	day on;

	if (field == FIELD_nhs_number) return step_nhs_number(arena, value);
	if (f->codes != CODES_none) return code_words_of(f->codes, value);
	return f->type == TYPE_DAY && day_parse(value, &on) ? day_words(arena, on) : value;
}

static const char *hint_of(const struct step_view *view, enum field field, struct text value)
{
	const char *said = field_describe(field)->hint;
	struct text now = now_words(view->arena, field, value);

	if (!view->children.child) return said;
	if (!value.len) return said ? arena_printf(view->arena, "Now: not known. %s", said).ptr : "Now: not known.";
	return arena_printf(view->arena, "Now: %.*s.%s%s", TEXT_ARG(now), said ? " " : "", said ? said : "").ptr;
}

static const char *width_of(enum field field)
{
	if (field == FIELD_address) return "govuk-input--width-30";
	return field_describe(field)->type == TYPE_TEXT ? "govuk-input--width-20" : NULL;
}

void children_fields(struct html *h, const struct step_view *view)
{
	for (size_t i = 0; i < child_receive_input.member_count; i++) {
		enum field field = child_receive_input.members[i].field;
		struct text value = view->children.child ? stored(view->arena, view->children.child, field) : TEXT_NONE;

		form_field(h, &view->form,
			&(struct field_view){.field = field,
				.value = value,
				.hint = hint_of(view, field, value),
				.classes = width_of(field),
				.optional = !view->children.child});
	}
}

static const struct enquiry_child *child_asked(const struct step_view *view, struct text given)
{
	int64_t position;

	if (!text_int(given, &position)) return NULL;
	for (size_t i = 0; i < view->enquiry.children.count; i++)
		if (view->enquiry.children.rows[i].position == position) return &view->enquiry.children.rows[i];
	return NULL;
}

static struct text asked(const struct request *req, const char *in_address, const char *in_form)
{
	struct text given = request_query(req, in_address);

	return text_none(given) ? request_value(req, in_form) : given;
}

static bool load_workstreams(struct hub *hub, struct step_view *view, struct error *err)
{
	struct moving_choices_rows rows;
	struct choice *choices;

	if (!moving_workstreams(hub, &rows, err)) return false;
	choices = arena_new_array(hub->arena, rows.count, struct choice);
	for (size_t i = 0; i < rows.count; i++) {
		if (text_equal(rows.rows[i].workstream, view->enquiry.head.workstream)) continue;
		choices[view->children.workstreams.count++] =
			(struct choice){.value = rows.rows[i].workstream, .text = rows.rows[i].title};
	}
	view->children.workstreams.rows = choices;
	return true;
}

bool children_load(struct hub *hub, const struct request *req, struct step_view *view, struct error *err)
{
	enum action action = view->step->action;

	if (action == ACTION_MOVE) return load_workstreams(hub, view, err);
	if (action == ACTION_LINK) view->children.link = asked(req, "link", "linked_to");
	if (action != ACTION_CORRECT_CHILD && action != ACTION_REMOVE_CHILD) return true;
	view->children.child = child_asked(view, asked(req, "child", "child"));
	if (!view->children.child) return error_not_found(err, "the enquiry has no such child");
	return action != ACTION_REMOVE_CHILD || child_removal_ends(hub, &view->enquiry.episode,
												view->children.child->position, &view->children.removal_ends, err);
}
