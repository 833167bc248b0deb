#include "hub/daily_return_part.h"
#include "measure/median.h"
#include "measure/wilson.h"

static struct return_share share_of(int64_t n, int64_t of)
{
	struct interval interval = wilson(n, of);

	return (struct return_share){.n = n, .of = of, .low = interval.low, .high = interval.high};
}

static void share_add(struct return_share *share, bool in_time)
{
	share->n += in_time;
	share->of++;
}

/* An episode's ratings in order, each with the due time it set. */
struct ratings {
	const struct return_ratings_row *rows;
	size_t count;
};

static instant later(instant a, instant b)
{
	return a > b ? a : b;
}

/*
 * When the episode became late, or INSTANT_NONE: the moment the due of the rating then in force passed, or the moment
 * of that rating where it was given too late. What a later rating says of it changes nothing any more.
 */
static instant became_late(const struct ratings *ratings)
{
	const struct return_ratings_row *last = &ratings->rows[ratings->count - 1];

	for (size_t i = 0; i + 1 < ratings->count; i++) {
		instant moment = later(ratings->rows[i].due_at, ratings->rows[i].at);

		if (moment < ratings->rows[i + 1].at) return moment;
	}
	if (last->ended_at != INSTANT_NONE && last->ended_at <= last->episode_due_at) return INSTANT_NONE;
	return later(last->episode_due_at, last->at);
}

/*
 * Adds the episode where it settles in this window, with all that happened later left out. What was recorded after the
 * window it settled in had frozen counts in the next, as the balance has it.
 */
static void ratings_settle(const struct ratings *ratings, struct window window, struct return_share *share)
{
	const struct return_ratings_row *last = &ratings->rows[ratings->count - 1];
	bool withdrawn = text_is(last->ended, "withdrawn");
	instant late_at = became_late(ratings), settled_at = late_at == INSTANT_NONE ? last->ended_at : late_at;

	if (withdrawn && (late_at == INSTANT_NONE || last->ended_at <= late_at)) return;
	settled_at = later(settled_at, last->counts_at);
	if (settled_at < window.start || settled_at >= window.end) return;
	share_add(share, late_at == INSTANT_NONE);
}

bool return_in_time(struct hub *hub, struct window window, struct return_share *ret, struct error *err)
{
	struct return_ratings_in in = {.window_start = window.start, .window_end = window.end};
	struct return_ratings_rows rows;
	struct return_share share = {0};

	if (!return_ratings(hub->tx, &in, &rows, err)) return false;
	for (size_t from = 0, to; from < rows.count; from = to) {
		for (to = from + 1; to < rows.count && rows.rows[to].episode.n == rows.rows[from].episode.n;) to++;
		ratings_settle(&(struct ratings){rows.rows + from, to - from}, window, &share);
	}
	*ret = share_of(share.n, share.of);
	return true;
}

bool return_same_day(struct hub *hub, struct window window, struct return_share *ret, struct error *err)
{
	struct return_screenings_in in = {.window_start = window.start, .window_end = window.end};
	struct return_screenings_rows rows;
	struct return_share share = {0};

	if (!return_screenings(hub->tx, &in, &rows, err)) return false;
	for (size_t i = 0; i < rows.count; i++) {
		const struct return_screenings_row *row = &rows.rows[i];
		bool withdrawn = row->screened_at == INSTANT_NONE && text_is(row->ended, "withdrawn");
		struct clocked clocked = {.due_at = row->screening_due_at,
			.done_at = row->screened_at,
			.withdrawn_at = withdrawn ? row->ended_at : INSTANT_NONE,
			.counts_at = row->counts_at};

		if (settle_in_window(&clocked, window)) share_add(&share, settle_in_time(&clocked));
	}
	*ret = share_of(share.n, share.of);
	return true;
}

bool return_fill_reds(struct returning *r, struct error *err)
{
	struct return_reds_in in = {.window_start = r->window.start, .window_end = r->window.end};
	struct return_reds_rows rows;
	int64_t *minutes;

	if (!return_reds(r->hub->tx, &in, &rows, err)) return false;
	minutes = arena_new_array(r->hub->arena, rows.count + 1, int64_t);
	r->view->red_minutes_longest = rows.count ? 0 : INT_NONE;
	for (size_t i = 0; i < rows.count; i++) {
		minutes[i] = (rows.rows[i].at - rows.rows[i].started_at) / MINUTE_MS;
		if (minutes[i] > r->view->red_minutes_longest) r->view->red_minutes_longest = minutes[i];
		r->view->reds_after_screening += rows.rows[i].screened;
	}
	r->view->red_minutes_median = median(minutes, rows.count);
	return true;
}
