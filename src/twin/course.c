#include "twin/course.h"

struct teller {
	const char *source;
	const char *channel;
	const char *role;
};

static const struct teller tellers[] = {{"6", "police_notification", "Officer"}, {"2A", "web_form", "Teacher"},
	{"3A", "email", "GP"}, {"3E", "email", "Nurse"}, {"1B", "phone", "Neighbour"}, {"1A", "phone", "Grandmother"},
	{"9", "phone", NULL}, {"3F", "web_form", "Midwife"}, {"5A", "email", "Social worker"},
	{"8", "web_form", "Volunteer"}, {"4", "email", "Housing officer"}, {"3C", "web_form", "School nurse"},
	{"3B", "web_form", "Health visitor"}, {"5B", "email", "Youth worker"}, {"5C", "email", "Social worker"},
	{"2B", "web_form", "Welfare officer"}, {"3D", "web_form", "Practice nurse"}, {"7", "email", "Probation officer"},
	{"1C", "phone", "Young person"}, {"10", "letter", NULL}};
static const uint16_t teller_weights[] = {
	618, 155, 56, 49, 47, 46, 38, 36, 33, 32, 27, 26, 25, 25, 22, 20, 15, 15, 7, 4};

/* What isn't domestic abuse. */
static const char *const concerns[] = {"neglect", "physical_abuse", "parental_mental_health", "emotional_abuse",
	"family_dysfunction", "parental_substance_misuse", "sexual_abuse", "homelessness", "child_sexual_exploitation",
	"missing", "self_harm", "child_criminal_exploitation"};
static const uint16_t concern_weights[] = {195, 130, 94, 75, 72, 66, 48, 30, 25, 17, 15, 11};

void told_draw(struct draw *draw, struct told *ret)
{
	const struct teller *teller = &tellers[draw_weighted(draw, teller_weights, sizeof tellers / sizeof *tellers)];
	bool police = teller == tellers;

	*ret = (struct told){.source = teller->source, .channel = teller->channel, .role = teller->role};
	ret->domestic_abuse_notification = police && draw_chance(draw, 0.84);
	ret->danger = draw_chance(draw, 0.02);
	ret->concern = ret->domestic_abuse_notification
					   ? "domestic_abuse"
					   : concerns[draw_weighted(draw, concern_weights, sizeof concerns / sizeof *concerns)];
}

/* Necessary ones are red 17%, amber 58% and green 25%; the others are green. */
static void draw_rating(const struct course_drawing *in, struct course *ret)
{
	static const uint16_t weights[RAG_COUNT] = {17, 58, 25};

	ret->necessary = in->told->danger || draw_chance(in->draw, in->told->domestic_abuse_notification ? 0.31 : 0.84);
	ret->rag = ret->necessary ? (enum rag)draw_weighted(in->draw, weights, RAG_COUNT) : RAG_GREEN;
	if (in->told->danger) ret->rag = RAG_RED;
	if (in->stage == COURSE_CLOSED) ret->screened_out = !ret->necessary && draw_chance(in->draw, 0.12);
}

static enum outcome draw_outcome(const struct course_drawing *in, const struct course *course)
{
	if (!course->necessary) return draw_chance(in->draw, 0.8) ? OUTCOME_NO_FURTHER_ACTION : OUTCOME_UNIVERSAL_SERVICES;
	if (course->rag == RAG_RED) return draw_chance(in->draw, 0.85) ? OUTCOME_SECTION_47 : OUTCOME_ASSESSMENT;
	if (draw_chance(in->draw, 0.75)) return OUTCOME_ASSESSMENT;
	return draw_chance(in->draw, 0.6) ? OUTCOME_UNIVERSAL_SERVICES : OUTCOME_NO_FURTHER_ACTION;
}

static void draw_outcomes(const struct course_drawing *in, struct course *ret)
{
	enum outcome first = draw_outcome(in, ret);

	if (in->stage == COURSE_DECIDED && first == OUTCOME_NO_FURTHER_ACTION) first = OUTCOME_UNIVERSAL_SERVICES;
	for (size_t i = 0; i < in->children; i++) {
		ret->outcomes[i] = i && draw_chance(in->draw, 0.2) ? draw_outcome(in, ret) : first;
		if (ret->outcomes[i] != OUTCOME_NO_FURTHER_ACTION && !ret->screened_out) ret->hands_over = true;
	}
}

static instant minutes_after(const struct course_drawing *in, instant at, int least, int most)
{
	return at + draw_between(in->draw, least, most) * MINUTE_MS;
}

/* When somebody next works on it: what can't wait is worked on at any hour. */
static instant worked_on(const struct course_drawing *in, const struct course *course, instant at)
{
	return course->rag == RAG_RED ? at : clock_effective(in->policy, at);
}

/* Of the time between an instant and when it is due; after it for the two in a hundred that are late. */
static instant before_due(const struct course_drawing *in, instant from, instant due)
{
	double share = (0.2 + 0.75 * draw_share(in->draw)) * in->pace;
	instant at = from + (instant)((double)(due - from) * share) / MINUTE_MS * MINUTE_MS;

	return due > from ? at : from;
}

/* The worker's word: in hours, and of what falls into the night before it. */
static instant draw_recommended(const struct course_drawing *in, const struct course *course)
{
	instant at = before_due(in, course->allocated, course->due - HOUR_MS), evening;

	if (course->screened_out) return minutes_after(in, course->screened, 1, 15);
	if (course->rag == RAG_RED || clock_is_open(in->policy, at)) return at;
	evening = clock_last_close(in->policy, at) - draw_between(in->draw, 1, 180) * MINUTE_MS;
	if (evening > course->allocated) return evening;
	at = clock_effective(in->policy, at);
	return at < course->due ? at : course->due;
}

/* The manager's; two in a hundred are late. */
static instant draw_ended(const struct course_drawing *in, const struct course *course)
{
	instant at = worked_on(in, course, minutes_after(in, course->recommended, 8, 55));

	if (!course->screened_out && draw_chance(in->draw, 0.02))
		return worked_on(in, course, course->due + draw_between(in->draw, 5, 1500) * MINUTE_MS);
	return at > course->due && course->recommended <= course->due ? course->due : at;
}

static void draw_times(const struct course_drawing *in, struct course *ret)
{
	ret->screened = worked_on(in, ret, in->received);
	ret->screened = minutes_after(in, ret->screened, 4, ret->rag == RAG_RED ? 40 : 110);
	if (!ret->by_night && draw_chance(in->draw, 0.98) && ret->screened > ret->screening_due)
		ret->screened = ret->screening_due;
	ret->allocated = worked_on(in, ret, minutes_after(in, ret->screened, 1, 25));
	ret->recommended = draw_recommended(in, ret);
	ret->ended = draw_ended(in, ret);
	ret->closed = ret->ended;
	if (ret->hands_over)
		ret->closed = clock_effective(in->policy, minutes_after(in, ret->ended, 20, (int)(30 + 1400 * in->pace)));
}

/* Drawn together so that all of it is over before the hub's present: from its receipt, in the same order. */
static void draw_together(const struct course_drawing *in, struct course *ret, instant last)
{
	instant *times[] = {&ret->screened, &ret->allocated, &ret->recommended, &ret->ended, &ret->closed};
	double share = (double)(in->until - SECOND_MS - in->received) / (double)(last - in->received);

	if (last < in->until) return;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		*times[i] = instant_whole_second(in->received + (instant)((double)(*times[i] - in->received) * share));
}

static instant last_time(const struct course *course)
{
	const instant times[COURSE_CLOSED + 1] = {course->received, course->screened, course->allocated, course->allocated,
		course->recommended, course->ended, course->closed};

	return times[course->stage];
}

/* What stands open is mostly not late: the older of it is green. */
static void draw_due(const struct course_drawing *in, struct course *ret)
{
	ret->due = clock_decision_due(in->policy, ret->rag, in->received);
	if (in->stage >= COURSE_DECIDED || in->told->danger || ret->due > in->until || draw_chance(in->draw, 0.1)) return;
	ret->rag = RAG_GREEN;
	ret->due = clock_decision_due(in->policy, ret->rag, in->received);
}

void course_draw(const struct course_drawing *in, struct course *ret)
{
	*ret = (struct course){
		.received = in->received, .screening_due = clock_screening_due(in->policy, in->received), .stage = in->stage};
	draw_rating(in, ret);
	draw_due(in, ret);
	ret->by_night = ret->rag == RAG_RED && !clock_is_open(in->policy, in->received);
	draw_outcomes(in, ret);
	draw_times(in, ret);
	draw_together(in, ret, last_time(ret));
}
