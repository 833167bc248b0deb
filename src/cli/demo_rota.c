#include "cli/demo_rota.h"

#include "base/london.h"
#include "hub/absence.h"
#include "hub/deputy.h"
#include "hub/shift.h"
#include "rules/clock.h"

static const char *const managers[] = {"Priya Nair", "Samir Patel"};
static const char *const screeners[] = {"Asha Rahman", "Ciaran Byrne", "Helen Marsh", "Ruth Cole"};

#define DEPUTY "Ruth Cole"
#define AWAY   "Dayo Okafor"

static struct account_id account_of(const struct demo_staff *staff, const char *name)
{
	for (size_t i = 0; i < staff->count; i++)
		if (strcmp(staff->people[i]->name, name) == 0) return staff->accounts[i];
	return (struct account_id){0};
}

struct term {
	const struct demo_staff *staff;
	instant from;
	instant to;
};

static bool name(struct hub *hub, const struct term *term, enum duty duty, const char *who, struct error *err)
{
	struct shifts made;
	struct shift_add in = {.account = account_of(term->staff, who),
		.duty = duty_text(duty),
		.from = term->from,
		.to = term->to,
		.repeats = repeats_text(REPEATS_ONCE),
		.until = DAY_NONE};

	return shift_add(hub, &in, &made, err);
}

static int week_of(day on)
{
	return (on - (day)day_weekday(on)) / WEEKDAY_COUNT;
}

/* The managers take turns by the week, the screeners by the day. */
static bool name_day(struct hub *hub, const struct term *term, day on, struct error *err)
{
	return name(hub, term, DUTY_MANAGER, managers[week_of(on) % 2], err) &&
		   name(hub, term, DUTY_SCREENER, screeners[on % 4], err);
}

static bool name_night(struct hub *hub, const struct term *term, day on, struct error *err)
{
	return name(hub, term, DUTY_EDT_WORKER, "Colin Frayne", err) &&
		   name(hub, term, DUTY_EDT_MANAGER, "Bridget Osei", err) &&
		   name(hub, term, DUTY_ON_CALL, managers[(week_of(on) + 1) % 2], err);
}

bool demo_rota_make(const struct demo_staff *staff, struct hub *hub, instant from, instant to, struct error *err)
{
	struct term term = {.staff = staff};

	if (!hub_act_as(hub, staff->administrator, err)) return false;
	for (instant at = from; at < to; at = term.to) {
		bool open = clock_is_open(hub->policy, at);

		term.from = at;
		term.to = open ? clock_next_close(hub->policy, at) : clock_effective(hub->policy, at);
		if (!(open ? name_day : name_night)(hub, &term, london_day(at), err)) return false;
	}
	return true;
}

bool demo_rota_today(const struct demo_staff *staff, struct hub *hub, instant until, struct error *err)
{
	day today = london_day(until);
	struct deputy_add deputy = {account_of(staff, DEPUTY), today, today + 11};
	struct absence_add absence = {.account = account_of(staff, AWAY),
		.absence_kind = TEXT("sickness"),
		.first_day = today,
		.last_day = today + 2,
		.reason = TEXT("Rang in this morning.")};
	struct absence_row away;
	struct deputy_row named;

	hub->now = hub->recorded_at = until;
	hub->from_file = true; /* what is told here moves nothing of what the files hold */
	if (!hub_act_as(hub, account_of(staff, managers[0]), err)) return false;
	return deputy_add(hub, &deputy, &named, err) && absence_add(hub, &absence, &away, err);
}
