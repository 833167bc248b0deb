#include "cli/demo_staff.h"

#include "cli/people.h"
#include "hub/account.h"

#define NEW_TEAM          "MASH team"
#define ACCUMULATION_TEAM "Accumulation team"

static const struct demo_person staff[] = {
	{"Asha Rahman", ROLE_SOCIAL_WORKER, NEW_TEAM, NULL},
	{"Priya Nair", ROLE_PRACTICE_MANAGER, NEW_TEAM, NULL},
	{"Wendy Pike", ROLE_ADMINISTRATOR, NULL, NULL},
	{"Louise Hartnell", ROLE_PROJECT_MANAGER, NULL, NULL},
	{"Graham Tennant", ROLE_SERVICE_MANAGER, NULL, NULL},
	{"Judith Abara", ROLE_DIRECTOR, NULL, NULL},
	{"Colin Frayne", ROLE_EDT_WORKER, NULL, NULL},
	{"Bridget Osei", ROLE_EDT_MANAGER, NULL, NULL},
	{"Neil Draper", ROLE_PARTNER, NULL, "Police"},
	{"Eleanor Voss", ROLE_AUDITOR, NULL, NULL},
	{"Ivan Petrie", ROLE_SYSTEM_ADMINISTRATOR, NULL, NULL},
	{"Samir Patel", ROLE_PRACTICE_MANAGER, NEW_TEAM, NULL},
	{"Tom Ashworth", ROLE_PRACTICE_MANAGER, ACCUMULATION_TEAM, NULL},
	{"Ciaran Byrne", ROLE_SOCIAL_WORKER, NEW_TEAM, NULL},
	{"Dayo Okafor", ROLE_SOCIAL_WORKER, NEW_TEAM, NULL},
	{"Helen Marsh", ROLE_SOCIAL_WORKER, NEW_TEAM, NULL},
	{"Ruth Cole", ROLE_SOCIAL_WORKER, NEW_TEAM, NULL},
	{"Joan Tully", ROLE_SOCIAL_WORKER, ACCUMULATION_TEAM, NULL},
	{"Marek Zielinski", ROLE_SOCIAL_WORKER, ACCUMULATION_TEAM, NULL},
};

/* Short words that can't be misread; three of them and a number are enough for a hub that holds nothing real. */
static const char *const words[] = {
	"amber",
	"anchor",
	"apple",
	"arrow",
	"badge",
	"basket",
	"beacon",
	"birch",
	"bottle",
	"bridge",
	"button",
	"candle",
	"canvas",
	"carpet",
	"castle",
	"cedar",
	"cherry",
	"circle",
	"clover",
	"copper",
	"coral",
	"cotton",
	"cradle",
	"crayon",
	"dragon",
	"falcon",
	"feather",
	"fiddle",
	"forest",
	"garden",
	"ginger",
	"hammer",
	"harbour",
	"hazel",
	"heron",
	"island",
	"jigsaw",
	"kettle",
	"ladder",
	"lantern",
	"lemon",
	"linen",
	"marble",
	"meadow",
	"mirror",
	"napkin",
	"needle",
	"orchard",
	"otter",
	"paddle",
	"pebble",
	"pepper",
	"pillow",
	"pocket",
	"rabbit",
	"ribbon",
	"river",
	"saddle",
	"silver",
	"spindle",
	"thimble",
	"timber",
	"violet",
	"willow",
};

static const char *draw_word(struct random_source *random)
{
	return words[random_below(random, sizeof words / sizeof *words)];
}

void demo_staff_draw(struct demo_staff *drawn, struct arena *arena, struct random_source *random)
{
	*drawn = (struct demo_staff){0};
	for (size_t i = 0; i < sizeof staff / sizeof *staff; i++) {
		const char *first = draw_word(random), *second = draw_word(random), *third = draw_word(random);

		drawn->people[i] = &staff[i];
		drawn->emails[i] = people_email(arena, text_of(staff[i].name), "example.org");
		drawn->passwords[i] =
			arena_printf(arena, "%s-%s-%s-%02d", first, second, third, (int)random_below(random, 100));
		drawn->count++;
	}
}

bool demo_staff_add(struct demo_staff *drawn, struct hub *hub, struct error *err)
{
	for (size_t i = 0; i < drawn->count; i++) {
		const struct demo_person *person = drawn->people[i];
		struct account_row account;
		struct account_add add = {
			.email = drawn->emails[i],
			.name = text_of(person->name),
			.role = role_text(person->role),
			.team = text_of(person->team),
			.agency = text_of(person->agency),
			.password = drawn->passwords[i],
			.telephone = arena_printf(hub->arena, "01632 9600%02zu", i + 1), /* kept free of real ones by Ofcom */
			.hours_percent = INT_NONE,
			.ends_on = DAY_NONE,
		};

		if (!account_add(hub, &add, &account, err)) return false;
		drawn->accounts[i] = account.id;
		if (person->role == ROLE_ADMINISTRATOR) drawn->administrator = account.id;
	}
	return true;
}

void demo_staff_json(struct json *json, const struct demo_staff *drawn)
{
	json_open_list(json);
	for (size_t i = 0; i < drawn->count; i++) {
		json_open(json);
		json_member_cstr(json, "name", drawn->people[i]->name);
		json_member_text(json, "role", role_text(drawn->people[i]->role));
		json_member_text(json, "email", drawn->emails[i]);
		json_member_text(json, "password", drawn->passwords[i]);
		json_close(json);
	}
	json_close_list(json);
}

void demo_staff_say(struct cli *cli, const struct demo_staff *drawn)
{
	for (size_t i = 0; i < drawn->count; i++)
		cli_say(cli, "%-32.*s %-21.*s %.*s\n", TEXT_ARG(drawn->emails[i]), TEXT_ARG(role_text(drawn->people[i]->role)),
			TEXT_ARG(drawn->passwords[i]));
}
