/*
 * A hub whose power is cut at every sync of a story of forty actions, in groups as they come: what is left on the disk is
 * opened as a new process would, and has everything that anybody was told was saved, once, and nothing by halves.
 *
 * Beside what each action says of itself (its entries on the access log carry its request), what is left is compared
 * whole: a cut leaves the hub as it was before the group, or as it is after it, and never anything between.
 */
#include "steps.h"

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "db/statement.h"
#include "disk.h"
#include "hub/contact.h"
#include "hub/enquiry.h"
#include "hub/enquiry_view.h"

#define ACTS_MOST    64
#define SOURCES      12
#define PATIENCE_MS  20000
#define SAID_BYTES   512
#define CUT_VARIANTS 2 /* of the ones that are chosen by a seed */

struct act {
	struct db_job job;
	struct arena arena;
	struct fixture *fixture;
	struct as as;
	deed *what;
	void *with;
	char request_id[16];
	int64_t entries; /* on the access log, when it was run last */
	struct error err;
	enum db_outcome outcome;
	bool submitted, told;
};

static struct {
	struct fixture *fixture;
	struct act acts[ACTS_MOST];
	_Atomic size_t count;
	_Atomic size_t told;
	char path[128], cut[128];
	char said[SAID_BYTES]; /* what was wrong first; "" for nothing */
	int64_t cuts;
	uint64_t seed;
} story;

/* Acting */

static const struct column request_columns[] = {{"request_id", 0, COLUMN_TEXT, FIELD_NONE}};
static const struct record_type count_record = {
	"count", sizeof(int64_t), (const struct column[]){{"count", 0, COLUMN_INT, FIELD_NONE}}, 1};
static const struct query count_entries = {
	.name = "count_entries",
	.sql = "select count(*) from access_log where request_id = $request_id",
	.parameters = request_columns,
	.parameter_count = 1,
	.row = &count_record,
	.index = 3000,
};

static bool begin(struct act *act, struct tx *tx, struct hub *hub)
{
	struct text email = arena_printf(tx_arena(tx), "%s@hub.example", act->as.name);
	struct hub_edge edge = {
		.tx = tx, .now = at(act->as.at), .random = &act->fixture->random, .request_id = text_of(act->request_id)};

	error_clear(&act->err);
	return hub_begin(&edge, hub, &act->err) && hub_act_as_email(hub, email, &act->err);
}

static bool run(struct db_job *job, struct tx *tx)
{
	struct act *act = (struct act *)job;
	struct text request = text_of(act->request_id);
	struct hub hub;

	act->entries = 0;
	return begin(act, tx, &hub) && act->what(&hub, act->with, &act->err) &&
		   statement_one(tx, &count_entries, &request, &act->entries, &act->err);
}

static void refused(struct db_job *job, struct tx *tx)
{
	struct act *act = (struct act *)job;
	struct audit_entry entry = {.action = ACTION_SCREEN, .refused = true};
	struct error why = act->err;
	struct hub hub;

	if (begin(act, tx, &hub) && audit_write(&hub, &entry, NULL, &act->err)) act->entries = 1;
	act->err = why;
}

static void told(struct db_job *job, enum db_outcome outcome)
{
	struct act *act = (struct act *)job;

	act->outcome = outcome;
	act->told = true;
	story.told++;
}

static void start(struct as as, deed *what, void *with)
{
	struct act *act = &story.acts[story.count];

	*act = (struct act){.job = {.run = run, .refused = refused, .done = told},
		.fixture = story.fixture,
		.as = as,
		.what = what,
		.with = with};
	arena_init(&act->arena, ARENA_REQUEST_BYTES);
	act->job.arena = &act->arena;
	act->submitted = true;
	snprintf(act->request_id, sizeof act->request_id, "act-%zu", (size_t)story.count);
	story.count++;
	assert_true(db_submit(story.fixture->db, &act->job));
}

static void wait_for_all(void)
{
	for (int waited = 0; story.told < story.count; waited++) {
		assert_in_range(waited, 0, PATIENCE_MS);
		usleep(1000);
	}
}

/* Looking at what is left; on the writer's thread, so what is wrong is told later. */

static void wrong(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void wrong(const char *format, ...)
{
	va_list args;

	if (story.said[0]) return;
	va_start(args, format);
	vsnprintf(story.said, sizeof story.said, format, args);
	va_end(args);
}

/* The first column of the first row, "" for none; what SQLite says where it can't. */
static void ask(sqlite3 *left, char *into, const char *sql)
{
	sqlite3_stmt *stmt = NULL;
	int code = sqlite3_prepare_v2(left, sql, -1, &stmt, NULL);
	const char *text = NULL;

	if (code == SQLITE_OK) code = sqlite3_step(stmt);
	if (code == SQLITE_ROW) text = (const char *)sqlite3_column_text(stmt, 0);
	if (code != SQLITE_ROW && code != SQLITE_DONE) text = sqlite3_errmsg(left);
	snprintf(into, SAID_BYTES, "%s", text ? text : "");
	sqlite3_finalize(stmt);
}

static void expect(sqlite3 *left, const char *what, const char *expected, const char *sql)
{
	char said[SAID_BYTES];

	ask(left, said, sql);
	if (strcmp(said, expected) != 0) wrong("cut %lld: %s: %.300s, not %s", (long long)story.cuts, what, said, expected);
}

static void check_acts(sqlite3 *left)
{
	char sql[128], said[SAID_BYTES];

	for (size_t i = 0; i < story.count; i++) {
		const struct act *act = &story.acts[i];
		int64_t there;

		snprintf(sql, sizeof sql, "select count(*) from access_log where request_id = '%s'", act->request_id);
		ask(left, said, sql);
		there = strtoll(said, NULL, 10);
		if (act->told && act->outcome == DB_DURABLE && there != act->entries)
			wrong("cut %lld: %s was told and has %lld entries of %lld", (long long)story.cuts, act->request_id,
				(long long)there, (long long)act->entries);
		if (!act->told && there != 0 && there != act->entries)
			wrong("cut %lld: %s is there by halves", (long long)story.cuts, act->request_id);
	}
}

static void check_left(sqlite3 *left)
{
	expect(left, "integrity", "ok", "pragma integrity_check");
	expect(left, "references", "", "pragma foreign_key_check");
	expect(left, "numbering of records", "0",
		"select count(*) from (select 1 from access_log group by record_kind, record "
		"having max(n) <> count(*) or min(n) <> 1)");
	expect(left, "steps without their entry", "0",
		"select count(*) from history h left join access_log l on l.id = h.entry where l.id is null");
	expect(left, "caseloads", "0",
		"select count(*) from worker w where w.open <> (select count(*) from episode e where e.worker = w.account and "
		"e.is_current = 1 and e.ended_at is null)");
	check_acts(left);
}

static uint64_t mix(uint64_t sum, const void *ptr, size_t len)
{
	for (const unsigned char *p = ptr; len; p++, len--) sum = (sum ^ *p) * 0x100000001b3;
	return sum;
}

static uint64_t mix_table(sqlite3 *left, uint64_t sum, const char *table)
{
	sqlite3_stmt *stmt = NULL;
	char sql[256];

	snprintf(sql, sizeof sql, "select * from \"%s\"", table);
	if (sqlite3_prepare_v2(left, sql, -1, &stmt, NULL) != SQLITE_OK) wrong("%s: %s", table, sqlite3_errmsg(left));
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(stmt); i++) {
			const void *ptr = sqlite3_column_blob(stmt, i);

			sum = mix(sum, ptr, (size_t)sqlite3_column_bytes(stmt, i));
			sum = mix(sum, "|", 1);
		}
	}
	sqlite3_finalize(stmt);
	return sum;
}

/* A number for everything that is written in the hub. */
static uint64_t everything(sqlite3 *left)
{
	static const char sql[] = "select name from sqlite_schema where type = 'table' order by name";
	uint64_t sum = 0xcbf29ce484222325;
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(left, sql, -1, &stmt, NULL) != SQLITE_OK) wrong("no tables: %s", sqlite3_errmsg(left));
	while (sqlite3_step(stmt) == SQLITE_ROW) sum = mix_table(left, sum, (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	return sum;
}

static uint64_t look_at(enum disk_loss loss)
{
	sqlite3 *left = NULL;
	uint64_t sum = 0;

	story.cuts++;
	disk_cut(story.path, loss, ++story.seed, story.cut);
	if (sqlite3_open_v2(story.cut, &left, SQLITE_OPEN_READWRITE, "unix") != SQLITE_OK) {
		wrong("cut %lld: %s", (long long)story.cuts, sqlite3_errmsg(left));
	} else {
		check_left(left);
		sum = everything(left);
	}
	sqlite3_close(left);
	return sum;
}

static void cut_power(void *context, const char *path)
{
	uint64_t before = look_at(DISK_LOSES_UNSYNCED), after = look_at(DISK_LOSES_NOTHING);

	(void)context;
	for (int i = 0; i < CUT_VARIANTS; i++) {
		uint64_t some = look_at(DISK_LOSES_SOME), torn = look_at(DISK_TEARS_ONE);

		if ((some != before && some != after) || (torn != before && torn != after))
			wrong("cut %lld, of %s: what is left is neither what was nor what is", (long long)story.cuts, path);
	}
}

/* The story */

struct receiving {
	struct enquiry_receive in;
	struct child_receive child;
	struct received received;
	char ref[16];
};

static bool do_receive(struct hub *hub, void *with, struct error *err)
{
	struct receiving *r = with;

	r->child = (struct child_receive){
		.given_name = TEXT("Ana"), .family_name = TEXT("Silva"), .date_of_birth = DAY_NONE, .expected_date = DAY_NONE};
	r->in = (struct enquiry_receive){.external_ref = text_of(r->ref),
		.received_at = INSTANT_NONE,
		.channel = TEXT("phone"),
		.source_code = TEXT("2A"),
		.concern = TEXT("neglect"),
		.summary = TEXT("What the school said."),
		.children = {&r->child, 1}};
	return enquiry_receive(hub, &r->in, &r->received, err);
}

static bool do_contact(struct hub *hub, void *with, struct error *err)
{
	return contact_log(hub, with, err);
}

static bool do_view(struct hub *hub, void *with, struct error *err)
{
	struct enquiry_view *view = arena_new(hub->arena, struct enquiry_view);

	return enquiry_view(hub, *(struct text *)with, view, err);
}

static struct receiving receivings[SOURCES];
static struct enquiry_screen screenings[SOURCES];
static struct enquiry_allocate allocations[SOURCES];
static struct contact_log contacts[SOURCES];
static struct information_add informations[SOURCES];
static struct enquiry_recommend recommendations[SOURCES];
static struct enquiry_authorise authorisations[SOURCES];
static struct child_outcome outcomes[SOURCES];

static struct text ref(size_t i)
{
	return receivings[i].received.reference;
}

static void receive(size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		snprintf(receivings[i].ref, sizeof receivings[i].ref, "P-%zu", i);
		start(BY("ashworth", MONDAY_AT("10:00")), do_receive, &receivings[i]);
	}
}

/* Each twice: the second is refused, since it has been screened. */
static void screen(size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		screenings[i] = (struct enquiry_screen){ON(ref(i)), TEXT("green"), TEXT("The risk seen.")};
		start(BY("byrne", MONDAY_AT("10:20")), do_enquiry_screen, &screenings[i]);
		start(BY("byrne", MONDAY_AT("10:20")), do_enquiry_screen, &screenings[i]);
	}
}

static void allocate(size_t from, size_t to, struct account_id worker)
{
	for (size_t i = from; i < to; i++) {
		allocations[i] = (struct enquiry_allocate){ON(ref(i)), worker, TEXT("Knows the school.")};
		start(BY("nair", MONDAY_AT("10:30")), do_enquiry_allocate, &allocations[i]);
	}
}

static void add(size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		contacts[i] = (struct contact_log){ON(ref(i)), .contact_kind = TEXT("call"), .at = INSTANT_NONE,
			.with_whom = TEXT("The school"), .reached = true, .said = TEXT("She is safe today."),
			.family_told = TEXT("yes")};
		informations[i] = (struct information_add){
			ON(ref(i)), .information_from = TEXT("Police"), INSTANT_NONE, TEXT("An earlier call to the house.")};
		start(BY("rahman", MONDAY_AT("11:00")), do_contact, &contacts[i]);
		start(BY("rahman", MONDAY_AT("11:10")), do_information_add, &informations[i]);
		start(BY("rahman", MONDAY_AT("11:20")), do_view, &receivings[i].received.reference);
		wait_for_all();
	}
}

static void decide(size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		outcomes[i] = child_with(1, "no_further_action", 1);
		recommendations[i] = (struct enquiry_recommend){ON(ref(i)), TEXT("The analysis."), {&outcomes[i], 1}};
		authorisations[i] = (struct enquiry_authorise){ON(ref(i)), TEXT("yes"), TEXT("at_or_above_threshold")};
		start(BY("rahman", MONDAY_AT("14:00")), do_enquiry_recommend, &recommendations[i]);
		start(BY("nair", MONDAY_AT("15:00")), do_enquiry_authorise, &authorisations[i]);
	}
}

/* Until the writer, with nothing to do, has emptied the log: its checkpoint's syncs are cut too. */
static void wait_for_checkpoint(void)
{
	char log[160];

	snprintf(log, sizeof log, "%s-wal", story.path);
	for (int waited = 0;; waited++) {
		long bytes = 0;
		FILE *file = fopen(log, "rb");

		if (file && fseek(file, 0, SEEK_END) == 0) bytes = ftell(file);
		if (file) fclose(file);
		if (bytes == 0) return;
		assert_in_range(waited, 0, PATIENCE_MS / 10);
		usleep(10000);
	}
}

static void tell_story(void)
{
	struct account_id worker = fixture_account(story.fixture, "rahman");

	receive(0, 5);
	wait_for_all();
	screen(0, 4);
	receive(5, SOURCES);
	wait_for_all();
	wait_for_checkpoint();
	allocate(0, 3, worker);
	screen(5, 7);
	wait_for_all();
	add(0, 3);
	wait_for_all();
	decide(0, 2);
	wait_for_all();
	wait_for_checkpoint();
}

static void power_cut_at_any_sync_loses_nothing_that_was_told_and_leaves_nothing_by_halves(void **state)
{
	size_t kept = 0;

	story.fixture = *state;
	snprintf(story.path, sizeof story.path, "%s/hub.db", story.fixture->folder);
	snprintf(story.cut, sizeof story.cut, "%s/cut.db", story.fixture->folder);
	disk_watch(cut_power, NULL);
	tell_story();
	disk_watch(NULL, NULL);
	if (story.said[0]) fail_msg("%s", story.said);
	for (size_t i = 0; i < story.count; i++) {
		assert_int_equal(story.acts[i].outcome, DB_DURABLE);
		kept += story.acts[i].job.kept;
		arena_release(&story.acts[i].arena);
	}
	assert_in_range(story.count, 40, ACTS_MOST);
	assert_int_equal(story.count - kept, 6);
	assert_in_range(story.cuts, 50, 100000);
	print_message("%zu actions, %lld cuts\n", (size_t)story.count, (long long)story.cuts);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(power_cut_at_any_sync_loses_nothing_that_was_told_and_leaves_nothing_by_halves),
	};

	disk_install();
	return cmocka_run_group_tests_name("power", tests, NULL, NULL);
}
