/*
 * fill enquiries|decisions COUNT: writes, as the files that are imported, COUNT enquiries that are all still open. Of
 * ten, three are unscreened, four are screened and wait for somebody with room, three are held, 25 by each worker. What
 * the files say of the day after keeps them whole and isn't played.
 *
 * They came in one every eight minutes, day and night, up to ten in the morning of 30 June 2015: a hub with more open
 * has them from longer ago, and no more of today's work.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EVERY_SECONDS 480
#define HELD_BY_EACH  25

/* 30 June 2015, 10:00 in London. */
static const time_t last_received = 1435654800;

/* 1 July, 11:00: after all that is played. */
static const time_t later = 1435744800;

static const char *const words[] = {"police", "school", "mother", "shouting", "worried", "neighbour", "home", "child",
	"again", "Tuesday", "visit", "known", "support", "agreed", "call", "night", "stairs", "nothing", "earlier", "safe"};

static void print_instant(time_t at)
{
	char text[32];
	struct tm utc;

	gmtime_r(&at, &utc);
	strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
	fputs(text, stdout);
}

static void print_summary(unsigned number)
{
	for (unsigned i = 0; i < 48; i++) printf("%s%s", i ? " " : "", words[(number * 7 + i * i + i / 3) % 20]);
}

static void print_child(unsigned number, unsigned of, unsigned child)
{
	static const char *const channels[] = {"police_notification", "web_form", "email", "phone"};
	static const char *const concerns[] = {"domestic_abuse", "neglect", "physical_abuse", "parental_mental_health"};

	printf("B-%05u,", number);
	print_instant(last_received - (time_t)(of - number) * EVERY_SECONDS);
	printf(",%s,2A,Referrer %u,Teacher,A school,,,%s,no,no,not_sought,", channels[number % 4], number % 97,
		concerns[number / 3 % 4]);
	print_summary(number);
	printf(",Given%u,Family%u,20%02u-%02u-%02u,female,%u High Street,OX1 1AA\n", number * 3 + child, number,
		number % 14, 1 + number % 12, 1 + number % 28, 1 + number % 200);
}

static void print_enquiries(unsigned count)
{
	puts("external_ref,received_at,channel,source_code,referrer_name,referrer_role,referrer_organisation,"
		 "referrer_email,referrer_phone,concern,domestic_abuse_notification,immediate_danger,consent,summary,"
		 "child_given_name,child_family_name,child_date_of_birth,child_sex,address,postcode");
	for (unsigned number = 1; number <= count; number++)
		for (unsigned child = 0; child < 1 + number % 2 + (number % 5 == 0); child++) print_child(number, count, child);
}

/* The first worker is one of the demonstration's, who can sign in. */
static void print_worker(unsigned held)
{
	if (held < HELD_BY_EACH)
		printf("Asha Rahman");
	else
		printf("Worker %u", 1 + held / HELD_BY_EACH);
}

static void print_decision(unsigned number, unsigned of, unsigned child)
{
	static const char *const rags[] = {"red", "amber", "green", "amber", "green", "amber", "amber"};
	unsigned stage = number % 10, held = stage > 6 ? number / 10 * 3 + stage - 7 : 0;
	time_t received = last_received - (time_t)(of - number) * EVERY_SECONDS;

	printf("B-%05u,%u,", number, child + 1);
	print_worker(number * HELD_BY_EACH % (of * 3 / 10));
	putchar(',');
	print_instant(received + 300);
	printf(",%s,", rags[stage - 3]);
	print_worker(held);
	putchar(',');
	print_instant(stage > 6 ? received + 900 : later);
	printf(",yes,at_or_above_threshold,decision,assessment,3,Needs.,");
	print_worker(held);
	printf(",2015-07-01T12:00:00+01:00,Priya Nair,2015-07-01T13:00:00+01:00\n");
}

static void print_decisions(unsigned count)
{
	puts("external_ref,child,screened_by,screened_at,rag,allocated_to,allocated_at,necessary,necessary_reason,ended,"
		 "outcome,threshold_level,reason,recommended_by,recommended_at,authorised_by,authorised_at");
	for (unsigned number = 1; number <= count; number++)
		for (unsigned child = 0; number % 10 > 2 && child < 1 + number % 2 + (number % 5 == 0); child++)
			print_decision(number, count, child);
}

int main(int argc, char **argv)
{
	unsigned count = argc == 3 ? (unsigned)strtoul(argv[2], NULL, 10) : 0;

	if (!count) {
		fprintf(stderr, "usage: fill enquiries|decisions COUNT\n");
		return 2;
	}
	if (strcmp(argv[1], "decisions") == 0)
		print_decisions(count);
	else
		print_enquiries(count);
	return 0;
}
