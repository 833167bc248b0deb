#include "base/london.h"
#include "hub/accumulation_part.h"
#include "rules/clock.h"

static const int band_ends[AGE_BANDS] = {2, 5, 10, 20, INT32_MAX};

const char *age_band_words(int band)
{
	static const char *const words[AGE_BANDS] = {"0 to 2", "3 to 5", "6 to 10", "11 to 20", "21 or more"};

	return words[band];
}

/* Working days after each day until today, counted once for all: `after[d - from]`. */
struct counted_days {
	day from, today;
	int *after;
};

static struct counted_days count_days(struct hub *hub, day from)
{
	struct counted_days days = {.from = from, .today = london_day(hub->now)};
	size_t count = days.today >= from ? (size_t)(days.today - from) + 1 : 1;

	days.after = arena_new_array(hub->arena, count, int);
	for (size_t i = count - 1; i > 0; i--)
		days.after[i - 1] = days.after[i] + clock_working_day(hub->policy, from + (day)i);
	return days;
}

static int band_of(const struct counted_days *days, day received)
{
	int age = received > days->today ? 0 : days->after[received - days->from], band = 0;

	while (age > band_ends[band]) band++;
	return band;
}

bool accumulation_fill_ages(
	struct hub *hub, struct workstream_id workstream, struct accumulation_view *view, struct error *err)
{
	struct accumulation_open_rows open;
	struct counted_days days;

	if (!accumulation_open(hub->tx, &(struct accumulation_open_in){workstream}, &open, err)) return false;
	for (int r = 0; r < AGE_ROWS; r++) view->ages[r].rag = r < RAG_COUNT ? (enum rag)r : RAG_NONE;
	if (!open.count) return true;
	days = count_days(hub, london_day(open.rows[0].received_at));
	for (size_t i = 0; i < open.count; i++) {
		enum rag rag = rag_of(open.rows[i].rag);
		struct age_row *row = &view->ages[rag == RAG_NONE ? RAG_COUNT : (int)rag];

		row->bands[band_of(&days, london_day(open.rows[i].received_at))]++;
		row->total++;
		row->late += open.rows[i].due_at != INSTANT_NONE && open.rows[i].due_at < hub->now;
	}
	return true;
}
