#include "unit.h"

#include <stdlib.h>
#include <unistd.h>

/* The schema that the queries below are held against. */
static const char schema[] = "create table account (\n"
							 "\tid id primary key,\n"
							 "\tname text not null\n"
							 ");\n"
							 "-- case data\n"
							 "create table child (\n"
							 "\tid id primary key,\n"
							 "\tname text not null,\n"
							 "\tborn day,\n"
							 "\tworker id references account\n"
							 ");\n"
							 "create table note (\n"
							 "\tid id primary key,\n"
							 "\tborn instant\n"
							 ");\n"
							 "create view visible_child as\n"
							 "select c.*, v.id as viewer from account v join child c on c.worker = v.id;\n"
							 "create view child_sheet as select id, name from child;\n";

static const char fields[] = "FIELD(id, \"\")\nFIELD(name, \"\")\nFIELD(born, \"\")\nFIELD(viewer, \"\")\n";

struct example {
	const char *file; /* what is wrong: a migration where it starts with "create", else queries */
	const char *said; /* NULL: nothing is */
};

static char directory[] = "/tmp/sqlc_test.XXXXXX";

static void put(const char *name, const char *content)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", directory, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(content, file);
	fclose(file);
}

/* What sqlc said, and whether it let them through. */
static bool run_sqlc(const char *migration, const char *queries, char *said, size_t said_bytes)
{
	char command[512];
	size_t len;
	FILE *pipe;

	put("0001_x.sql", migration);
	put("q.sql", queries);
	snprintf(command, sizeof command, "cd %s && %s . fields.def 0001_x.sql q.sql 2>&1", directory, SQLC);
	pipe = popen(command, "r");
	assert_non_null(pipe);
	len = fread(said, 1, said_bytes - 1, pipe);
	said[len] = '\0';
	return pclose(pipe) == 0;
}

static void check(const struct example *examples, size_t count, bool migrations)
{
	char said[4096];

	for (size_t i = 0; i < count; i++) {
		const struct example *e = &examples[i];
		bool passed = run_sqlc(migrations ? e->file : schema, migrations ? "" : e->file, said, sizeof said);

		if (passed != !e->said) fail_msg("%s\n%s: \"%s\"", e->file, passed ? "passed" : "refused", said);
		if (e->said && strcmp(said, e->said) != 0) fail_msg("%s\nsaid \"%s\", expected \"%s\"", e->file, said, e->said);
	}
}

#define SYSTEM_ACCESS "; if it must: '-- access: system, REASON'\n"

static const struct example wrong_queries[] = {
	{"-- a :one\nselect id, nmae from account;\n", "q.sql:2: a: no such column: nmae\n"},
	{"-- a :one\n-- Why.\n\nselect id,\n  name\nfrom account\nwhere nmae = 1;\n", "q.sql:7: a: no such column: nmae\n"},
	{"-- a :one\nselect id from acount;\n", "q.sql:2: a: no such table: acount\n"},
	{"-- a :exec\nupdate account set name = $neme;\n",
		"q.sql:1: a: parameter $neme has no type (no column has that name); say '-- in: neme TYPE'\n"},
	{"-- a :exec\ndelete from note where born = $born;\n",
		"q.sql:1: a: parameter $born has no type (columns of that name differ in type); say '-- in: born TYPE'\n"},
	{"-- a :exec\ndelete from note where id = ?;\n", "q.sql:1: a: parameters are written $name, not '?'\n"},
	{"-- a :exec\ndelete from note where id = :id;\n", "q.sql:1: a: parameters are written $name, not ':id'\n"},
	{"-- a :exec\n-- in: case int\ndelete from note where id = $case;\n",
		"q.sql:1: a: parameters are written $name, not '$case'\n"
		"q.sql:2: a: there is no parameter $case\n"},
	{"-- a :one\nselect 1 as born;\n", "q.sql:1: a: result column born is an expression; say '-- out: born TYPE'\n"},
	{"-- a :one\nselect name as title from account;\n",
		"q.sql:1: a: result column title is not a field of fields.def\n"},
	{"-- a :one\nselect count(*) from account;\n",
		"q.sql:1: a: result column 1 is called 'count(*)'; give it a name with 'as'\n"},
	{"-- a :one\nselect a.id, n.id from account a, note n;\n", "q.sql:1: a: two result columns are called id\n"},
	{"-- a :exec\ndelete from note;\n-- a :exec\ndelete from note;\n", "q.sql:3: duplicate query name: a\n"},
	{"-- a :exec\ndelete from note\n", "q.sql:1: a: missing ';' at the end\n"},
	{"-- a :exec\ndelete from note\n-- b :exec\ndelete from note;\n", "q.sql:1: a: missing ';' at the end\n"},
	{"-- a :exec\ndelete from note;\ndelete from account;\n", "q.sql:3: a: several statements in one query\n"},
	{"-- a :exec\n-- Nothing.\n", "q.sql:1: a: no statement\n"},
	{"-- a :one\ndelete from note;\n", "q.sql:1: a: returns no columns, so it is an :exec\n"},
	{"-- a :find\ndelete from note;\n", "q.sql:1: a: returns no columns, so it is an :exec\n"},
	{"-- a :many\ndelete from note;\n", "q.sql:1: a: returns no columns, so it is an :exec\n"},
	{"-- a :exec\nselect id, name from account;\n", "q.sql:1: a: :exec returns 2 columns\n"},
	{"-- a :some\nselect id from account;\n", "q.sql:1: a query is :one, :find, :many or :exec, not ':some'\n"},
	{"-- A :one\nselect id from account;\n", "q.sql:1: not a name: 'A'\n"},
	{"select id from account;\n", "q.sql:1: SQL before the first '-- NAME :CARD'\n"},
	{"-- a :one\n-- row: x_row\nselect id from account;\n-- b :one\n-- row: x_row\nselect id, name from account;\n",
		"q.sql:4: b: x_row has other columns in another query\n"},
	{"-- a :one\n-- row: X-row\nselect id from account;\n", "q.sql:2: not a name for a row: 'X-row'\n"},
	{"-- a :one\n-- in: limit int\nselect id from account;\n", "q.sql:2: a: there is no parameter $limit\n"},
	{"-- a :one\n-- out: name text, born day\nselect name from account;\n",
		"q.sql:2: a: there is no result column born\n"},
	{"-- a :one\n-- in: id id\nselect name from account where id = $id;\n",
		"q.sql:2: 'id id' is not a name and a type\n"
		"q.sql:1: a: parameter $id has no type (columns of that name differ in type); say '-- in: id TYPE'\n"},
};

static void a_wrong_query_is_refused_with_its_line(void **state)
{
	(void)state;
	check(wrong_queries, COUNT_OF(wrong_queries), false);
}

static const struct example unseen[] = {
	{"-- a :many\nselect name from child;\n",
		"q.sql:1: a reads case data of child not through a visible_* view" SYSTEM_ACCESS},
	{"-- a :many\nselect name from child_sheet;\n",
		"q.sql:1: a reads case data of child not through a visible_* view" SYSTEM_ACCESS},
	{"-- a :one\n-- out: born int\nselect count(*) as born from child;\n",
		"q.sql:1: a reads case data of child not through a visible_* view" SYSTEM_ACCESS},
	{"-- a :one\n-- out: born int\nselect count(*) as born from main.child;\n",
		"q.sql:1: a reads case data of child not through a visible_* view" SYSTEM_ACCESS},
	{"-- a :one\n-- out: born int\nselect count(*) as born from \"child\";\n",
		"q.sql:1: a reads case data of child not through a visible_* view" SYSTEM_ACCESS},
	{"-- a :one\n-- out: born int\nselect count(*) as born from child_sheet;\n",
		"q.sql:1: a reads case data of child not through a visible_* view" SYSTEM_ACCESS},
	{"-- a :many\nselect name from account where id in (select worker from child);\n",
		"q.sql:1: a reads case data of child not through a visible_* view" SYSTEM_ACCESS},
	{"-- a :exec\nupdate child set name = $name where id = 1;\n",
		"q.sql:1: a reads case data of child not through a visible_* view" SYSTEM_ACCESS},
	{"-- a :exec\ninsert into child (name, worker) select name, worker from child;\n",
		"q.sql:1: a reads case data of child not through a visible_* view" SYSTEM_ACCESS},
	{"-- a :one\ninsert into child (name) values ($name) returning id, name;\n",
		"q.sql:1: a reads case data of child not through a visible_* view" SYSTEM_ACCESS},
	/* SQLite names a common table expression as it names a view: taking a view's name would open the door. */
	{"-- a :many\nwith visible_child as (select * from child) select name from visible_child where 1 = $viewer;\n",
		"q.sql:1: a: 'with visible_child' takes the name of a view or trigger\n"},
	{"-- a :many\nwith visible_x (name) as not materialized (select name from child) select name from visible_x;\n",
		"q.sql:1: a reads case data of child not through a visible_* view" SYSTEM_ACCESS},
	{"-- a :many\nselect name from visible_child;\n",
		"q.sql:1: a reads visible_child without saying whose view: compare its viewer with $viewer\n"},
	{"-- a :many\nselect name from account where id = $viewer and name in (select name from visible_child);\n",
		"q.sql:1: a reads visible_child without saying whose view: compare its viewer with $viewer\n"},
	{"-- a :many\n-- access: because\nselect name from account;\n", "q.sql:2: access is said as 'system, REASON'\n"},
	{"-- a :many\n-- access: system, why not\nselect name from account;\n",
		"q.sql:1: a says 'access: system' and reads no case data\n"},
};

static void case_data_is_read_through_the_viewers_eyes_or_not_at_all(void **state)
{
	(void)state;
	check(unseen, COUNT_OF(unseen), false);
}

static const struct example right_queries[] = {
	{"", NULL},
	{"-- a :many\nselect id, name, born from visible_child v where v.viewer = $viewer;\n", NULL},
	{"-- a :many\nwith mine as (select * from visible_child where viewer = $viewer) select name from mine;\n", NULL},
	{"-- a :one\n-- out: born int\nselect count(*) as born from visible_child v where v.viewer = $viewer;\n", NULL},
	{"-- a :one\ninsert into child (name) values ($name) returning id;\n", NULL},
	{"-- a :exec\n-- access: system, the lock comes before the look\nupdate child set name = $name where worker = 1;\n",
		NULL},
	{"-- a :exec\n-- A name with ';' and -- in it.\ndelete from account where name = 'a;b -- c' /* ; */; -- done\n",
		NULL},
	{"-- a :one\n-- row: x_row\nselect id from account;\n-- b :one\n-- row: x_row\nselect id from account a;\n", NULL},
	{"-- a :many\n-- in: id note_id, limit int\nselect id, born from note where id > $id limit $limit;\n", NULL},
};

static void a_right_query_is_let_through(void **state)
{
	(void)state;
	check(right_queries, COUNT_OF(right_queries), false);
}

static const struct example wrong_migrations[] = {
	{"create table a (\n\tid id primary key,\n\tname string\n);\n", "0001_x.sql:3: unknown type: string\n"},
	{"create table a (\n\tid id primary key,\n\tb id\n);\n", "0001_x.sql:3: an id says which table it references: b\n"},
	{"create table a (\n\tid id primary key\n", "0001_x.sql:3: the statement has no end\n"},
	{"create table a (\n\tid id primary key\n);\n\ncreate index a on b (c);\n",
		"0001_x.sql:5: no such table: main.b\n"},
	{"create table a (\n\tid id primary key\n);\n\ncreate index a_b on a (\n\tb);\n",
		"0001_x.sql:6: no such column: b\n"},
};

static void a_wrong_migration_is_refused_with_its_line(void **state)
{
	(void)state;
	check(wrong_migrations, COUNT_OF(wrong_migrations), true);
}

static int make_directory(void **state)
{
	(void)state;
	if (!mkdtemp(directory)) return -1;
	put("fields.def", fields);
	return 0;
}

static int remove_directory(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof command, "rm -r %s", directory);
	return system(command);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wrong_query_is_refused_with_its_line),
		cmocka_unit_test(case_data_is_read_through_the_viewers_eyes_or_not_at_all),
		cmocka_unit_test(a_right_query_is_let_through),
		cmocka_unit_test(a_wrong_migration_is_refused_with_its_line),
	};

	return cmocka_run_group_tests_name("sqlc_complaints", tests, make_directory, remove_directory);
}
