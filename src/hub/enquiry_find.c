#include "hub/enquiry_list.h"

#include "hub/episode.h"
#include "rules/identifiers.h"
#include "sql/enquiry_view.h"
#include "sql/restriction.h"

/* The least text that sorts after everything beginning with a prefix: U+10FFFF behind it. */
static struct text prefix_end(struct arena *arena, struct text prefix)
{
	return arena_printf(arena, "%.*s\xf4\x8f\xbf\xbf", TEXT_ARG(prefix));
}

static struct text small_letters(struct arena *arena, struct text t)
{
	char *made = arena_cstr(arena, t);

	for (size_t i = 0; i < t.len; i++)
		if (made[i] >= 'A' && made[i] <= 'Z') made[i] = (char)(made[i] + 32);
	return (struct text){made, t.len};
}

/* "13 7 2009", "13/7/2009", "13-07-2009", "2009-07-13". */
static bool parse_day(struct text query, day *ret)
{
	struct civil_date date = {0};
	int64_t parts[3];
	size_t count = 0, start = 0;

	if (day_parse(query, ret)) return true;
	for (size_t i = 0; i <= query.len; i++) {
		char c = i < query.len ? query.ptr[i] : ' ';

		if (c != ' ' && c != '/' && c != '-' && c != '.') continue;
		if (count == 3 || !text_int(text_slice(query, start, i - start), &parts[count])) return false;
		count++;
		start = i + 1;
	}
	if (count != 3 || parts[2] < 1800 || parts[2] > 9999) return false;
	date = (struct civil_date){(int)parts[2], (int)(parts[1] % 100), (int)(parts[0] % 100)};
	if (parts[0] > 31 || parts[1] > 12 || !civil_valid(date)) return false;
	*ret = day_of_civil(date);
	return true;
}

static bool by_reference(
	struct hub *hub, struct text query, struct enquiry_found_list *ret, bool *ret_found, struct error *err)
{
	struct enquiry_head head;
	struct enquiry_id enquiry;

	*ret_found = enquiry_find(hub, query, &enquiry, err);
	if (!*ret_found && err->kind != ERROR_NOT_FOUND) return false;
	error_clear(err);
	if (!*ret_found) return true;
	if (!enquiry_head(
			hub->tx, &(struct enquiry_head_in){.viewer = hub->actor.account, .id = enquiry}, &head, ret_found, err))
		return false;
	ret->rows = arena_new(hub->arena, struct enquiry_found);
	ret->count = 1;
	ret->rows[0] = (struct enquiry_found){.enquiry = enquiry,
		.reference = head.reference,
		.received_at = head.received_at,
		.date_of_birth = DAY_NONE,
		.expected_date = DAY_NONE,
		.state = head.state};
	return true;
}

static bool by_name(struct hub *hub, struct text query, struct enquiry_found_rows *rows, struct error *err)
{
	struct text name = small_letters(hub->arena, query);
	size_t space = text_index(name, ' ');
	struct text first = text_slice(name, 0, space), rest = text_trim(text_slice(name, space, name.len));

	if (!rest.len)
		return enquiry_find_by_one_name(hub->tx,
			&(struct enquiry_find_by_one_name_in){.viewer = hub->actor.account,
				.low = first,
				.high = prefix_end(hub->arena, first),
				.limit = FOUND_MOST + 1},
			rows, err);
	return enquiry_find_by_two_names(hub->tx,
		&(struct enquiry_find_by_two_names_in){.viewer = hub->actor.account,
			.given_low = first,
			.given_high = prefix_end(hub->arena, first),
			.family_low = rest,
			.family_high = prefix_end(hub->arena, rest),
			.limit = FOUND_MOST + 1},
		rows, err);
}

static bool by_child(struct hub *hub, struct text query, struct enquiry_found_list *ret, struct error *err)
{
	struct enquiry_find_by_nhs_number_in nhs = {.viewer = hub->actor.account, .limit = FOUND_MOST + 1};
	struct enquiry_find_by_birth_in birth = {.viewer = hub->actor.account, .limit = FOUND_MOST + 1};
	struct enquiry_found_rows rows;
	const char *why;
	bool done;

	ret->by = nhs_number_parse(hub->arena, query, &nhs.nhs_number, &why) ? FIND_BY_NHS_NUMBER
			  : parse_day(query, &birth.date_of_birth)                   ? FIND_BY_BIRTH
																		 : FIND_BY_NAME;
	if (ret->by == FIND_BY_NHS_NUMBER)
		done = enquiry_find_by_nhs_number(hub->tx, &nhs, &rows, err);
	else if (ret->by == FIND_BY_BIRTH)
		done = enquiry_find_by_birth(hub->tx, &birth, &rows, err);
	else
		done = by_name(hub, query, &rows, err);
	if (!done) return false;
	ret->rows = rows.rows;
	ret->more = rows.count > FOUND_MOST;
	ret->count = ret->more ? FOUND_MOST : rows.count;
	return true;
}

#define RESTRICTED_MOST 5

static bool restricted_by_name(struct hub *hub, struct text query, struct restricted_found_rows *ret, struct error *err)
{
	struct text name = small_letters(hub->arena, query);
	size_t space = text_index(name, ' ');
	struct text first = text_slice(name, 0, space), rest = text_trim(text_slice(name, space, name.len));
	struct text first_end = prefix_end(hub->arena, first), rest_end = prefix_end(hub->arena, rest);

	if (!rest.len)
		return restricted_by_one_name(hub->tx,
			&(struct restricted_by_one_name_in){
				.viewer = hub->actor.account, .low = first, .high = first_end, .limit = RESTRICTED_MOST},
			ret, err);
	return restricted_by_two_names(hub->tx,
		&(struct restricted_by_two_names_in){.viewer = hub->actor.account,
			.given_low = first,
			.given_high = first_end,
			.family_low = rest,
			.family_high = rest_end,
			.limit = RESTRICTED_MOST},
		ret, err);
}

/* What matches in the same way and is kept from this person. */
static bool find_kept_from(struct hub *hub, struct text query, const struct enquiry_found_list *list,
	struct restricted_found_rows *ret, struct error *err)
{
	struct restricted_by_reference_in reference = {.viewer = hub->actor.account};
	struct restricted_by_nhs_number_in nhs = {.viewer = hub->actor.account, .limit = RESTRICTED_MOST};
	struct restricted_by_birth_in birth = {.viewer = hub->actor.account, .limit = RESTRICTED_MOST};
	const char *why;

	if (reference_parse(hub->arena, query, &reference.reference)) {
		if (!restricted_by_reference(hub->tx, &reference, ret, err)) return false;
		if (ret->count) return true;
	}
	if (list->by == FIND_BY_NHS_NUMBER && nhs_number_parse(hub->arena, query, &nhs.nhs_number, &why))
		return restricted_by_nhs_number(hub->tx, &nhs, ret, err);
	if (list->by == FIND_BY_BIRTH && parse_day(query, &birth.date_of_birth))
		return restricted_by_birth(hub->tx, &birth, ret, err);
	return list->by != FIND_BY_NAME || restricted_by_name(hub, query, ret, err);
}

/* That it was met by a search is on its access log; what is told is only that it is there, and not of an adoption. */
static bool tell_kept_from(
	struct hub *hub, const struct restricted_found_rows *rows, struct enquiry_found_list *list, struct error *err)
{
	list->restricted = arena_new_array(hub->arena, rows->count, struct restricted_found);
	for (size_t i = 0; i < rows->count; i++) {
		if (!hub_viewed(hub, ACTION_FIND, rows->rows[i].enquiry, TEXT("restricted"), err)) return false;
		if (restriction_kind_of(rows->rows[i].restriction_kind) != RESTRICTION_ADOPTION)
			list->restricted[list->restricted_count++] = rows->rows[i];
	}
	return true;
}

bool enquiry_search(struct hub *hub, struct text given, struct enquiry_found_list *ret, struct error *err)
{
	static const char *const kinds[] = {"reference", "nhs_number", "date_of_birth", "name"};
	struct enquiry_found_list list = {.by = FIND_BY_REFERENCE};
	struct restricted_found_rows kept = {NULL, 0};
	struct text query = text_trim(given);
	bool found;

	if (!hub_may(hub, ACTION_FIND, err)) return false;
	if (query.len < 2) return error_field(err, "query", "Enter a reference, a name, a date of birth or an NHS number");
	if (!by_reference(hub, query, &list, &found, err)) return false;
	if (!found && access_sees(hub->actor.role, SEE_CASE, hub_relation(hub)) && !by_child(hub, query, &list, err))
		return false;
	if (!found && !find_kept_from(hub, query, &list, &kept, err)) return false;
	if (!tell_kept_from(hub, &kept, &list, err)) return false;
	record_hide_all(&enquiry_found_record, list.rows, list.count, hub->actor.role, hub_relation(hub));
	*ret = list;
	return hub_viewed(hub, ACTION_FIND, (struct enquiry_id){0},
		arena_printf(hub->arena, "find by=%s found=%zu", kinds[list.by], list.count), err);
}
