/*
 * A hub of its own for each test: a real database in a folder that goes when the test does (or in a cluster of
 * PostgreSQL: test/suites/31-engines), with the policy that ships, the teams and services of init, and these people
 * (e-mail address NAME@hub.example):
 *
 *   rahman, byrne   social workers of the MASH team     okafor   social worker of the accumulation team
 *   nair, ellis     practice managers                   ashworth administrator
 *   frost           EDT manager                         gale     EDT worker
 *   hart            service manager                     ives     project manager
 *   jones           director                            kemp     system administrator
 *   lowe            auditor                             moss     partner
 *   operator        the built-in one
 *
 * Somebody acts at an instant in a transaction of their own: fixture_act writes, fixture_read doesn't. What comes back
 * lives as long as the fixture.
 */
#ifndef TEST_HUB_FIXTURE_H
#define TEST_HUB_FIXTURE_H

#include "unit.h"

#include "db/db.h"
#include "hub/hub.h"

struct fixture {
	char folder[64];
	char url[320];
	const char *cluster; /* on PostgreSQL, where FANLIGHT_TEST_POSTGRESQL says which; NULL: on SQLite */
	char name[48];       /* the database's, there */
	void *session;       /* what looks at it beside the hub */
	struct db *db;
	struct arena arena;
	struct random_source random;
};

/* For cmocka: *state is a struct fixture. */
int fixture_make(void **state);
int fixture_remove(void **state);
#define fixture_test(f) cmocka_unit_test_setup_teardown((f), fixture_make, fixture_remove)

struct as {
	const char *name; /* "rahman"; "operator" */
	const char *at;   /* "2015-06-01T10:00:00+01:00" */
	bool from_file;
};

typedef bool deed(struct hub *, void *with, struct error *);

/* Runs it in the writer as this person at this instant; false undid it, and err says why. */
bool fixture_act(struct fixture *, struct as, deed *, void *with, struct error *);
bool fixture_read(struct fixture *, struct as, deed *, void *with, struct error *);

/* The same, failing the test where it doesn't succeed. */
void fixture_must(struct fixture *, struct as, deed *, void *with);

struct account_id fixture_account(struct fixture *, const char *name);

/* The instant of an ISO text. */
instant at(const char *iso);

struct given {
	const char *received_at; /* also when it is recorded */
	const char *workstream;  /* NULL: new */
	const char *concern;     /* NULL: neglect */
	const char *source_code; /* NULL: 2A */
	const char *external_ref;
	const char *summary;     /* NULL: what the school said */
	const char *family_name; /* of the children; NULL: Silva */
	const char *address;     /* of the children, with a postcode; NULL: none */
	int children;            /* 0: one */
	bool immediate_danger;
};

/* Takes an enquiry in and gives its reference. */
struct text fixture_receive(struct fixture *, struct given);

/* The first column of the first row of an SQL query, as text ("" for none); for looking at what was written. */
struct text fixture_sql(struct fixture *, const char *sql, ...) __attribute__((format(printf, 2, 3)));

/* Changes the database past the actions, for what none of them does; what it is refused with, where it is. */
void fixture_change(struct fixture *, const char *sql, ...) __attribute__((format(printf, 2, 3)));
struct text fixture_refused(struct fixture *, const char *sql, ...) __attribute__((format(printf, 2, 3)));

/* fixture_sql.c: this test's database in the cluster. True where it is empty yet; kept, it is what the next are copied from. */
bool fixture_database(struct fixture *);
void fixture_database_keep(struct fixture *);
void fixture_database_drop(struct fixture *);

/* For a test of what only SQLite has, or says so. */
#define fixture_only_on_sqlite(fixture, why)                                                                           \
	do {                                                                                                               \
		if ((fixture)->cluster) {                                                                                      \
			print_message("# on SQLite only: %s\n", (why));                                                            \
			skip();                                                                                                    \
		}                                                                                                              \
	} while (0)

#define assert_sql(fixture, expected, ...) assert_text(fixture_sql((fixture), __VA_ARGS__), (expected))

#endif
