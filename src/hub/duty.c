#include "hub/duty.h"

#include "rules/clock.h"
#include "sql/duty.h"

static struct duty_people people_of(struct arena *arena, const struct duty_person_rows *rows)
{
	struct duty_people people = {arena_new_array(arena, rows->count, struct duty_person), rows->count};

	for (size_t i = 0; i < rows->count; i++)
		people.rows[i] = (struct duty_person){
			.account = rows->rows[i].account,
			.name = rows->rows[i].name,
			.telephone = rows->rows[i].telephone,
			.role = role_of(rows->rows[i].role),
			.duty = duty_of(rows->rows[i].duty),
		};
	return people;
}

bool duty_now(struct hub *hub, enum duty duty, struct duty_people *ret, struct error *err)
{
	struct duty_people_now_in in = {.kind = duty_text(duty), .at = hub->now};
	struct duty_person_rows rows;

	if (!duty_people_now(hub->tx, &in, &rows, err)) return false;
	*ret = people_of(hub->arena, &rows);
	return true;
}

static bool role_here(struct hub *hub, enum role role, struct duty_people *ret, struct error *err)
{
	struct duty_people_of_role_in in = {.role = role_text(role), .at = hub->now};
	struct duty_person_rows rows;

	if (!duty_people_of_role(hub->tx, &in, &rows, err)) return false;
	*ret = people_of(hub->arena, &rows);
	return true;
}

static bool role_ever(struct hub *hub, enum role role, struct duty_people *ret, struct error *err)
{
	struct duty_people_of_role_ever_in in = {.role = role_text(role), .at = hub->now};
	struct duty_person_rows rows;

	if (!duty_people_of_role_ever(hub->tx, &in, &rows, err)) return false;
	*ret = people_of(hub->arena, &rows);
	return true;
}

static bool deputies(struct hub *hub, struct duty_people *ret, struct error *err)
{
	struct duty_person_rows rows;

	if (!duty_deputies_now(hub->tx, &(struct duty_deputies_now_in){.at = hub->now}, &rows, err)) return false;
	*ret = people_of(hub->arena, &rows);
	return true;
}

/* Where to look for somebody, one after the other. */
enum place { ROTA, ROLE_HERE, ROLE_EVER, DEPUTY };

struct look {
	enum place place;
	int who; /* a duty for ROTA, else a role */
};

static bool look_at(struct hub *hub, const struct look *look, struct duty_people *ret, struct error *err)
{
	switch (look->place) {
	case ROTA: return duty_now(hub, (enum duty)look->who, ret, err);
	case ROLE_HERE: return role_here(hub, (enum role)look->who, ret, err);
	case ROLE_EVER: return role_ever(hub, (enum role)look->who, ret, err);
	case DEPUTY: break;
	}
	return deputies(hub, ret, err);
}

/* The people of the first place that has any. */
static bool first_of(
	struct hub *hub, const struct look *looks, size_t count, struct duty_people *ret, struct error *err)
{
	*ret = (struct duty_people){0};
	for (size_t i = 0; i < count && !ret->count; i++)
		if (!look_at(hub, &looks[i], ret, err)) return false;
	return true;
}

bool duty_holder(struct hub *hub, struct duty_person *ret, bool *ret_found, struct error *err)
{
	static const struct look looks[] = {
		{ROTA, DUTY_EDT_MANAGER},
		{ROTA, DUTY_ON_CALL},
		{ROTA, DUTY_EDT_WORKER},
		{ROLE_HERE, ROLE_EDT_MANAGER},
		{ROTA, DUTY_MANAGER},
		{ROLE_HERE, ROLE_PRACTICE_MANAGER},
		{DEPUTY, 0},
		{ROLE_HERE, ROLE_EDT_MANAGER},
		{ROLE_EVER, ROLE_PRACTICE_MANAGER},
	};
	size_t from = clock_is_open(hub->policy, hub->now) ? 4 : 0;
	struct duty_people people;

	if (!first_of(hub, looks + from, sizeof looks / sizeof *looks - from, &people, err)) return false;
	*ret_found = people.count > 0;
	if (people.count) *ret = people.rows[0];
	return true;
}

bool duty_on_call(struct hub *hub, struct duty_people *ret, struct error *err)
{
	static const struct look looks[] = {
		{ROTA, DUTY_ON_CALL}, {ROLE_HERE, ROLE_PRACTICE_MANAGER}, {ROLE_EVER, ROLE_PRACTICE_MANAGER}};

	return first_of(hub, looks, sizeof looks / sizeof *looks, ret, err);
}

bool duty_higher(struct hub *hub, struct duty_people *ret, struct error *err)
{
	static const struct look looks[] = {{ROLE_HERE, ROLE_SERVICE_MANAGER}, {ROLE_EVER, ROLE_SERVICE_MANAGER}};

	return first_of(hub, looks, sizeof looks / sizeof *looks, ret, err);
}

bool duty_is_on(struct hub *hub, struct account_id account, bool *ret, struct error *err)
{
	struct duty_on_now_row row;

	if (!duty_on_now(hub->tx, &(struct duty_on_now_in){.account = account, .at = hub->now}, &row, err)) return false;
	*ret = row.found;
	return true;
}
