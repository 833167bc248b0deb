#include "cli/people.h"

#include <ctype.h>

#include "hub/account.h"

/* No mail ever goes there (RFC 2606). */
#define NOBODYS_DOMAIN "people.invalid"

struct text people_email(struct arena *arena, struct text name, const char *domain)
{
	char *local = arena_cstr(arena, name);

	for (size_t i = 0; i < name.len; i++)
		local[i] = isalnum((unsigned char)local[i]) ? (char)tolower((unsigned char)local[i]) : '.';
	return arena_printf(arena, "%s@%s", local, domain);
}

static void keep(struct people *people, struct text name, struct account_id account)
{
	if (people->count == people->capacity) {
		struct person *rows;

		people->capacity = people->capacity ? 2 * people->capacity : 32;
		rows = arena_new_array(people->arena, people->capacity, struct person);
		if (people->count) memcpy(rows, people->rows, people->count * sizeof *rows);
		people->rows = rows;
	}
	people->rows[people->count++] = (struct person){arena_text(people->arena, name), account};
}

static bool make(struct hub *hub, const struct person_wanted *wanted, struct account_row *ret, struct error *err)
{
	struct account_add add = {
		.email = people_email(hub->arena, wanted->name, NOBODYS_DOMAIN),
		.name = wanted->name,
		.role = role_text(wanted->role),
		.team = wanted->team,
		.hours_percent = INT_NONE,
		.ends_on = DAY_NONE,
	};

	return account_add(hub, &add, ret, err);
}

bool people_find(struct people *people, struct hub *hub, const struct person_wanted *wanted, struct account_id *ret,
	struct error *err)
{
	struct account_row account;
	bool found;

	for (size_t i = 0; i < people->count; i++) {
		if (!text_equal(people->rows[i].name, wanted->name)) continue;
		*ret = people->rows[i].account;
		return true;
	}
	if (!account_find_named(hub, wanted->name, &account, &found, err)) return false;
	if (!found && people->create) {
		if (!make(hub, wanted, &account, err)) return false;
		found = true;
	}
	*ret = found ? account.id : (struct account_id){0};
	if (found) keep(people, wanted->name, account.id);
	return true;
}
