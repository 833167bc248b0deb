#include "web/beside.h"

#include "base/london.h"

/* Additions by their own name; whatever else was done by the action's. */
static struct text news_of(struct arena *arena, const struct looked_since_row *row)
{
	static const struct {
		enum action action;
		const char *one;
		const char *many;
	} nouns[] = {
		{ACTION_LOG_CONTACT, "contact", "contacts"},
		{ACTION_OVERSEE, "oversight note", "oversight notes"},
		{ACTION_ADVISE, "piece of advice", "pieces of advice"},
		{ACTION_ADD_INFORMATION, "piece of further information", "pieces of further information"},
	};
	enum action action = action_of(row->action);

	for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
		if (nouns[i].action == action)
			return arena_printf(arena, "%lld %s by %.*s", (long long)row->count,
				row->count == 1 ? nouns[i].one : nouns[i].many, TEXT_ARG(row->actor));
	return arena_printf(arena, "\"%.*s\" by %.*s", TEXT_ARG(action_words(action)), TEXT_ARG(row->actor));
}

struct text beside_news(struct arena *arena, const struct looked_news *news)
{
	struct text words = TEXT_NONE;

	for (size_t i = 0; i < news->count; i++) {
		struct text one = news_of(arena, &news->rows[i]);
		const char *between = i + 1 == news->count ? " and " : ", ";

		words = text_none(words) ? one : arena_printf(arena, "%.*s%s%.*s", TEXT_ARG(words), between, TEXT_ARG(one));
	}
	return words;
}

struct text beside_contact(struct arena *arena, const struct contact_row *row)
{
	struct text kind = code_words_of(CODES_contact_kind, row->contact_kind);
	struct text with = text_none(row->with_whom) ? TEXT("somebody") : row->with_whom;

	return arena_printf(arena, "%.*s, %.*s, with %.*s: %s", TEXT_ARG(london_short(arena, row->at)), TEXT_ARG(kind),
		TEXT_ARG(with), row->reached ? "reached" : "not reached");
}

struct text beside_family(struct arena *arena, const struct contact_row *row)
{
	if (yes_no_of(row->family_told) == ANSWERED_YES) return TEXT("The family was told.");
	if (yes_no_of(row->family_told) != ANSWERED_NO) return TEXT_NONE;
	if (text_none(row->family_not_told_reason)) return TEXT("The family was not told.");
	return arena_printf(arena, "The family was not told: %.*s", TEXT_ARG(row->family_not_told_reason));
}

struct beside_contacts beside_first(const struct contact_list *list)
{
	return (struct beside_contacts){list->rows, list->count < BESIDE_OPEN ? list->count : BESIDE_OPEN};
}

struct beside_contacts beside_rest(const struct contact_list *list)
{
	if (list->count <= BESIDE_OPEN) return (struct beside_contacts){NULL, 0};
	return (struct beside_contacts){list->rows + BESIDE_OPEN, list->count - BESIDE_OPEN};
}

struct text beside_named_words(struct arena *arena, const struct restriction_view *view)
{
	struct text words = TEXT("");

	for (size_t i = 0; i < view->people_count; i++)
		words =
			arena_printf(arena, "%.*s%s%.*s", TEXT_ARG(words), i ? ", " : "", TEXT_ARG(view->people[i].person_name));
	return words;
}

struct beside_glass beside_broken(const struct restriction_view *view)
{
	return (struct beside_glass){view->glass, view->glass_count};
}

static void offer(struct step_view *view, struct account_id id, struct text name, struct text role)
{
	view->people[view->people_count++] = (struct form_person){id, name, role};
}

static bool load_staff(struct hub *hub, struct step_view *view, struct error *err)
{
	struct restriction_staff_in in = {.at = hub->now, .enquiry = view->enquiry.head.id};
	struct restriction_staff_rows rows;

	if (!restriction_staff(hub->tx, &in, &rows, err)) return false;
	view->people = arena_new_array(hub->arena, rows.count, struct form_person);
	for (size_t i = 0; i < rows.count; i++) offer(view, rows.rows[i].id, rows.rows[i].name, rows.rows[i].role);
	return true;
}

static bool load_owners(struct hub *hub, struct step_view *view, struct error *err)
{
	struct restriction_owners_rows rows;

	if (!restriction_owners(hub->tx, &(struct restriction_owners_in){.at = hub->now}, &rows, err)) return false;
	view->people = arena_new_array(hub->arena, rows.count, struct form_person);
	for (size_t i = 0; i < rows.count; i++)
		if (role_of(rows.rows[i].role) != ROLE_EDT_WORKER)
			offer(view, rows.rows[i].id, rows.rows[i].name, rows.rows[i].role);
	return true;
}

static bool load_named(struct hub *hub, struct step_view *view)
{
	const struct restriction_view *restriction = &view->enquiry.records.restriction;

	view->people = arena_new_array(hub->arena, restriction->people_count, struct form_person);
	for (size_t i = 0; i < restriction->people_count; i++) {
		const struct restriction_person *person = &restriction->people[i];

		if (person->account.n != restriction->row.owner.n)
			offer(view, person->account, person->person_name, person->role);
	}
	return true;
}

bool beside_load(struct hub *hub, struct step_view *view, struct error *err)
{
	switch (view->step->action) {
	case ACTION_NAME_PERSON: return load_staff(hub, view, err);
	case ACTION_RESTRICT:
	case ACTION_REVIEW_RESTRICTION: return load_owners(hub, view, err);
	case ACTION_REMOVE_PERSON: return load_named(hub, view);
	default: return true;
	}
}

void beside_choose(struct html *h, const struct step_view *view, enum field field, const char *label, bool optional)
{
	form_people(h, &(struct form_people){.form = &view->form,
					   .field = field,
					   .label = label,
					   .rows = view->people,
					   .count = view->people_count,
					   .optional = optional,
					   .arena = view->arena});
}

struct text beside_looked(struct arena *arena, const struct looked_row *row)
{
	struct text words = action_words(action_of(row->action));

	if (row->refused) return arena_printf(arena, "%.*s, refused", TEXT_ARG(words));
	if (text_is(row->detail, "glass")) return arena_printf(arena, "%.*s, having broken the glass", TEXT_ARG(words));
	return words;
}
