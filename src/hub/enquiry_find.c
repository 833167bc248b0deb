#include "hub/enquiry_list.h"

#include "hub/episode.h"
#include "rules/identifiers.h"
#include "sql/enquiry_view.h"

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

bool enquiry_search(struct hub *hub, struct text given, struct enquiry_found_list *ret, struct error *err)
{
	static const char *const kinds[] = {"reference", "nhs_number", "date_of_birth", "name"};
	struct enquiry_found_list list = {.by = FIND_BY_REFERENCE};
	struct text query = text_trim(given);
	bool found;

	if (!hub_may(hub, ACTION_FIND, err)) return false;
	if (query.len < 2) return error_field(err, "query", "Enter a reference, a name, a date of birth or an NHS number");
	if (!by_reference(hub, query, &list, &found, err)) return false;
	if (!found && access_sees(hub->actor.role, SEE_CASE, hub_relation(hub)) && !by_child(hub, query, &list, err))
		return false;
	record_hide_all(&enquiry_found_record, list.rows, list.count, hub->actor.role, hub_relation(hub));
	*ret = list;
	return hub_viewed(hub, ACTION_FIND, (struct enquiry_id){0},
		arena_printf(hub->arena, "find by=%s found=%zu", kinds[list.by], list.count), err);
}
