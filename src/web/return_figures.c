#include <math.h>

#include "base/london.h"
#include "rules/clock.h"
#include "web/returns.h"

#define FACTS_MOST 24
#define LINES_MOST 14

static struct return_facts facts_begin(struct arena *arena)
{
	return (struct return_facts){.rows = arena_new_array(arena, FACTS_MOST, struct return_fact)};
}

static struct return_fact *fact(struct return_facts *facts, const char *label, struct text value)
{
	struct return_fact *row = &facts->rows[facts->count++];

	*row = (struct return_fact){.label = label, .value = value, .beside = TEXT_NONE};
	return row;
}

struct text return_number(struct arena *arena, int64_t n)
{
	return n == INT_NONE ? TEXT("not kept") : arena_printf(arena, "%lld", (long long)n);
}

struct text return_median(struct arena *arena, double median)
{
	if (median != median) return TEXT("none");
	return arena_printf(arena, median == floor(median) ? "%.0f" : "%.1f", median);
}

struct text return_share_words(struct arena *arena, const struct return_share *share)
{
	return arena_printf(arena, "%lld of %lld", (long long)share->n, (long long)share->of);
}

struct text return_heading(struct arena *arena, day date)
{
	return arena_printf(arena, "%s %.*s", weekday_name(day_weekday(date)), TEXT_ARG(day_words(arena, date)));
}

struct text return_status(struct arena *arena, const struct daily_return_view *view)
{
	struct text end = london_clock(arena, view->window_end);

	if (view->collated_at != INSTANT_NONE)
		return arena_printf(arena, "Collated %.*s by %.*s", TEXT_ARG(london_short(arena, view->collated_at)),
			TEXT_ARG(view->collated_by));
	if (view->frozen) return TEXT("Frozen with a later return; nobody collated this day");
	if (london_midnight(view->date + 1) == view->window_end) return TEXT("The whole day, not yet collated");
	return arena_printf(arena, "As at %.*s, not yet collated", TEXT_ARG(end));
}

struct text return_line_status(struct arena *arena, const struct daily_return_line *line)
{
	if (line->collated_at != INSTANT_NONE)
		return arena_printf(
			arena, "%.*s, %.*s", TEXT_ARG(london_short(arena, line->collated_at)), TEXT_ARG(line->collated_by));
	return line->frozen ? TEXT("Nobody; frozen") : TEXT("Not yet");
}

struct text return_workstream_words(struct text key)
{
	if (text_is(key, "new")) return TEXT("New enquiries");
	return text_is(key, "accumulation") ? TEXT("Accumulation") : key;
}

struct text return_group_words(enum code_list codes, struct text key)
{
	return text_is(key, "unrated") ? TEXT("Not yet rated") : code_words_of(codes, key);
}

struct text return_href(struct arena *arena, day date)
{
	return date == DAY_NONE ? TEXT_NONE : arena_printf(arena, "/returns/%.*s", TEXT_ARG(day_iso(arena, date)));
}

struct text return_label(struct arena *arena, day date)
{
	return date == DAY_NONE ? TEXT_NONE : day_words(arena, date);
}

/* "2 fewer", "the same". */
static struct text change(struct arena *arena, const struct balance *balance)
{
	int64_t more = balance->closing - balance->opening;

	if (more == 0) return TEXT("as many as the day before");
	return arena_printf(
		arena, "%lld %s than the day before", (long long)(more < 0 ? -more : more), more < 0 ? "fewer" : "more");
}

static struct text oldest_words(struct arena *arena, instant oldest, instant at)
{
	if (oldest == INSTANT_NONE) return TEXT("nothing is open");
	return arena_printf(arena, "oldest %.*s", TEXT_ARG(clock_length_words(arena, (at - oldest) / MINUTE_MS)));
}

static const struct return_workstream *workstream(const struct daily_return_view *view, const char *key)
{
	for (size_t i = 0; i < view->workstream_count; i++)
		if (text_is(view->workstreams[i].key, key)) return &view->workstreams[i];
	return NULL;
}

static void open_figure(struct arena *arena, const struct daily_return_view *view, struct return_facts *facts)
{
	const struct balance *all = &view->enquiries.balance;
	struct text oldest = oldest_words(arena, view->oldest_received_at, view->window_end);

	fact(facts, "Open", return_number(arena, all->closing))->beside = arena_printf(
		arena, "%.*s; %lld late, %.*s", TEXT_ARG(change(arena, all)), (long long)view->overdue, TEXT_ARG(oldest));
}

struct return_facts return_figures(struct arena *arena, const struct daily_return_view *view)
{
	const struct return_workstream *accumulation = workstream(view, "accumulation");
	const struct balance *all = &view->enquiries.balance;
	struct return_facts facts = facts_begin(arena);

	fact(&facts, "In time", return_share_words(arena, &view->in_time))->beside = TEXT("new enquiries that settled");
	fact(&facts, "Same-day risk", return_share_words(arena, &view->same_day_risk))->beside = TEXT("new enquiries");
	open_figure(arena, view, &facts);
	fact(&facts, "Received", return_number(arena, all->received))->beside = arena_printf(arena,
		"about %lld children; %lld completed, %lld of %lld progressed", (long long)view->children.balance.received,
		(long long)all->completed, (long long)view->progressed, (long long)view->target);
	if (accumulation)
		fact(&facts, "Accumulation", return_number(arena, accumulation->enquiries.balance.closing))->beside =
			change(arena, &accumulation->enquiries.balance);
	return facts;
}

static void line(struct return_lines *lines, const char *label, struct text enquiries, struct text children)
{
	lines->rows[lines->count++] = (struct return_line){label, enquiries, children, ""};
}

/* One term of the balance, as it goes into the sum. */
static void term(
	struct arena *arena, struct return_lines *lines, const char *label, int64_t enquiries, int64_t children)
{
	line(lines, label, return_number(arena, enquiries), return_number(arena, children));
}

struct return_lines return_balance_lines(struct arena *arena, const struct daily_return_view *view)
{
	const struct balance *e = &view->enquiries.balance, *c = &view->children.balance;
	struct return_lines lines = {.rows = arena_new_array(arena, LINES_MOST, struct return_line)};

	term(arena, &lines, "Open at the start", e->opening, c->opening);
	term(arena, &lines, "+ received", e->received, c->received);
	term(arena, &lines, "+ re-opened", e->reopened, c->reopened);
	term(arena, &lines, "+ moved in", e->moved_in, c->moved_in);
	term(arena, &lines, "+ corrections", e->corrections, c->corrections);
	line(&lines, "+ added to an enquiry", TEXT(""), return_number(arena, c->added));
	term(arena, &lines, "− completed", e->completed, c->completed);
	term(arena, &lines, "of which screened out", view->enquiries.screened_out, view->children.screened_out);
	term(arena, &lines, "− withdrawn", e->withdrawn, c->withdrawn);
	term(arena, &lines, "− moved out", e->moved_out, c->moved_out);
	line(&lines, "− removed from an enquiry", TEXT(""), return_number(arena, c->removed));
	term(arena, &lines, "= open at the end", e->closing, c->closing);
	lines.rows[7].class = "fanlight-indented";
	lines.rows[lines.count - 1].class = "fanlight-total";
	return lines;
}

static struct text of_minutes(struct arena *arena, double minutes)
{
	if (minutes != minutes) return TEXT("none were red");
	return clock_length_words(arena, (int64_t)minutes);
}

static void risk_facts(struct arena *arena, const struct daily_return_view *view, struct return_facts *facts)
{
	struct text longest =
		view->red_minutes_longest == INT_NONE ? TEXT("not kept") : clock_length_words(arena, view->red_minutes_longest);
	bool reds = view->red_minutes_median == view->red_minutes_median;

	fact(facts, "From receipt to red, the median", of_minutes(arena, view->red_minutes_median))->beside =
		reds ? arena_printf(arena, "longest %.*s", TEXT_ARG(longest)) : TEXT_NONE;
	fact(facts, "Reds found after screening", return_number(arena, view->reds_after_screening));
}

static void finding_facts(struct arena *arena, const struct daily_return_view *view, struct return_facts *facts)
{
	fact(facts, "Completed that needed a MASH enquiry",
		arena_printf(arena, "%lld of %lld", (long long)view->necessary_yes,
			(long long)(view->necessary_yes + view->necessary_no)));
	fact(facts, "Domestic abuse notifications received", return_number(arena, view->domestic_abuse_received))->beside =
		arena_printf(arena, "%lld screened out, %lld completed as not necessary",
			(long long)view->domestic_abuse_screened_out, (long long)view->domestic_abuse_not_necessary);
	fact(facts, "Came before within 12 months", return_number(arena, view->repeat_enquiries));
	fact(facts, "Advice given", return_number(arena, view->advice_given));
	fact(facts, "Allegations against professionals", return_number(arena, view->allegations_received))->beside =
		arena_printf(arena, "%lld with the designated officer, not yet accepted", (long long)view->lado_waiting);
}

static void waiting_facts(struct arena *arena, const struct daily_return_view *view, struct return_facts *facts)
{
	struct return_fact *late = fact(facts, "Late and open", return_number(arena, view->overdue));

	if (view->overdue > 0)
		late->beside =
			arena_printf(arena, "the longest by %.*s", TEXT_ARG(clock_length_words(arena, view->overdue_hours * 60)));
	fact(facts, "Due on the day, still open", return_number(arena, view->due_today));
	fact(facts, "Due the day after", return_number(arena, view->due_tomorrow));
	fact(facts, "Not allocated", return_number(arena, view->unallocated));
	fact(facts, "Held for want of room", return_number(arena, view->held));
	fact(facts, "Waiting for a manager", return_number(arena, view->awaiting_manager));
	fact(facts, "Hand-overs not yet accepted", return_number(arena, view->hand_overs_waiting));
	fact(facts, "Handed over to EDT", return_number(arena, view->edt.to));
	fact(facts, "Handed over by EDT", return_number(arena, view->edt.from));
}

struct return_facts return_also(struct arena *arena, const struct daily_return_view *view)
{
	struct return_facts facts = facts_begin(arena);

	waiting_facts(arena, view, &facts);
	risk_facts(arena, view, &facts);
	finding_facts(arena, view, &facts);
	return facts;
}

struct return_facts return_since_facts(struct arena *arena, const struct daily_return_view *view)
{
	const struct return_since *since = &view->since_last_collated;
	struct return_facts facts = facts_begin(arena);

	if (since->start == INSTANT_NONE) return facts;
	fact(&facts, "In time", return_share_words(arena, &since->in_time));
	fact(&facts, "Same-day risk", return_share_words(arena, &since->same_day_risk));
	fact(&facts, "Received", return_number(arena, since->enquiries.balance.received))->beside =
		arena_printf(arena, "about %lld children", (long long)since->children.balance.received);
	fact(&facts, "Completed", return_number(arena, since->enquiries.balance.completed))->beside =
		arena_printf(arena, "%lld children", (long long)since->children.balance.completed);
	return facts;
}
