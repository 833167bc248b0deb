#include "base/csv.h"
#include "rules/policy.h"

#define BANK_HOLIDAYS_MOST 5000

/* Made by embed_text from data/bank-holidays-england-and-wales.csv. */
extern const unsigned char bank_holidays_csv[];
extern const size_t bank_holidays_csv_len;

static int compare_days(const void *left, const void *right)
{
	const struct named_day *a = left, *b = right;

	return (a->day > b->day) - (a->day < b->day);
}

static bool read_header(struct csv *csv, struct error *err)
{
	struct csv_record record;
	bool end;

	if (!csv_next(csv, &record, &end, err)) return false;
	if (!end && record.field_count == 2 && text_is(record.fields[0], "date") && text_is(record.fields[1], "title"))
		return true;
	return error_invalid(err, "a list of bank holidays starts with the columns date,title");
}

static bool read_row(struct arena *arena, const struct csv_record *record, struct named_day *into, struct error *err)
{
	if (record->field_count != 2 || !day_parse(text_trim(record->fields[0]), &into->day))
		return error_invalid(
			err, "line %lld: a bank holiday is a date like 2026-12-25 and a title", (long long)record->line);
	into->name = arena_text(arena, text_trim(record->fields[1]));
	if (into->name.len == 0) return error_invalid(err, "line %lld: the title is missing", (long long)record->line);
	return true;
}

bool bank_holidays_parse(struct arena *arena, struct text input, struct named_days *ret, struct error *err)
{
	struct named_day *days = arena_new_array(arena, BANK_HOLIDAYS_MOST, struct named_day);
	struct csv_record record;
	struct csv csv;
	size_t count = 0;

	csv_init(&csv, input, arena);
	if (!read_header(&csv, err)) return false;
	for (bool end = false; !end;) {
		if (!csv_next(&csv, &record, &end, err)) return false;
		if (end) break;
		if (count == BANK_HOLIDAYS_MOST) return error_invalid(err, "more than %d bank holidays", BANK_HOLIDAYS_MOST);
		if (!read_row(arena, &record, &days[count++], err)) return false;
	}
	qsort(days, count, sizeof *days, compare_days);
	*ret = named_days_merge(arena, (struct named_days){days, count}, (struct named_days){NULL, 0});
	return true;
}

struct named_days bank_holidays_shipped(struct arena *arena)
{
	struct named_days ret;
	struct error err;

	error_clear(&err);
	if (!bank_holidays_parse(arena, (struct text){(const char *)bank_holidays_csv, bank_holidays_csv_len}, &ret, &err))
		abort(); /* the program was built from a list that doesn't parse: a test guards it */
	return ret;
}

struct named_days named_days_merge(struct arena *arena, struct named_days a, struct named_days b)
{
	struct named_day *days = arena_new_array(arena, a.count + b.count + 1, struct named_day);
	size_t count = 0, i = 0, k = 0;

	while (i < a.count || k < b.count) {
		bool left = k == b.count || (i < a.count && a.days[i].day <= b.days[k].day);
		struct named_day next = left ? a.days[i++] : b.days[k++];

		if (count == 0 || days[count - 1].day != next.day) days[count++] = next;
	}
	return (struct named_days){days, count};
}

const struct named_day *named_days_find(struct named_days list, day wanted)
{
	struct named_day key = {.day = wanted};

	if (list.count == 0) return NULL;
	return bsearch(&key, list.days, list.count, sizeof key, compare_days);
}
