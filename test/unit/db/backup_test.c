#include "db/backup.h"

#include <sodium.h>

#include "db/load.h"
#include "db/target.h"
#include "db/thing.h"

/* A hub in small: references both ways round, a guard that would refuse the rows, a counter that would count them again. */
#define FIRST                                                                                                          \
	"create table place (\n\tid id primary key,\n\tname text not null unique,\n\tvisits int not null default 0,\n"     \
	"\tlatest id references visit\n);\n"                                                                               \
	"create table visit (\n\tid id primary key,\n\tplace id not null references place,\n\tbefore id references "       \
	"visit,\n"                                                                                                         \
	"\twords text\n);\n"                                                                                               \
	"insert into place (name) values ('made with the schema');\n"                                                      \
	"create index visit_place on visit (place, id);\n"                                                                 \
	"-- engine: sqlite\n"                                                                                              \
	"-- statement\ncreate trigger visit_counted after insert on visit begin\n"                                         \
	"update place set visits = visits + 1 where id = new.place; end\n-- end\n"                                         \
	"-- statement\ncreate trigger visit_full before insert on visit when new.words = 'full' begin\n"                   \
	"select raise(abort, 'full'); end\n-- end\n"                                                                       \
	"-- engine: both\n"
#define SECOND "alter table visit add column late bool not null default 1;\n"

static const struct migration migrations[] = {{1, "0001_first", FIRST}, {2, "0002_second", SECOND}};
static const struct migration_set set_of_one = {migrations, 1}, set_of_two = {migrations, 2};

#define SOME                                                                                                           \
	"insert into place (id, name) values (40, 'school');"                                                              \
	"insert into visit (id, place, words) values (7, 40, 'a'), (3, 40, null), (9, 1, '');"                             \
	"update visit set before = 9 where id = 3; update visit set words = 'full' where id = 7;"                          \
	"update place set latest = 7 where id = 40;"

#define FILE_MOST 65536

struct file {
	char path[160];
	char bytes[FILE_MOST];
	size_t len;
	struct sealed_key key;
};

static void read_back(struct file *f)
{
	FILE *file = fopen(f->path, "rb");

	assert_non_null(file);
	f->len = fread(f->bytes, 1, sizeof f->bytes, file);
	fclose(file);
}

static void write_bytes(const struct file *f, const char *bytes, size_t len)
{
	FILE *file = fopen(f->path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	fclose(file);
}

static void migrated(struct temporary *t, const struct migration_set *set)
{
	struct error err = {0};
	int applied;

	if (!migrate_up(t->db, set, 1435660920000, &applied, &err)) fail_msg("%s", err.message);
}

/* The hub in small, and a backup of it. */
static void back_up(struct temporary *t, struct file *f, const struct migration_set *set)
{
	struct backup_head head = {
		.program = TEXT("0"), .engine = TEXT("sqlite"), .authority = TEXT("Small"), .reference_prefix = TEXT("S")};
	struct backup_writer *writer;
	struct error err = {0};
	ARENA_SCOPE arena;
	struct tx *tx;
	FILE *file;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	migrated(t, set);
	thing_script(t->db, SOME);
	snprintf(f->path, sizeof f->path, "%s/backup", t->folder);
	assert_true(sealed_key_from(TEXT("a key of thirty-two bytes or more"), &f->key, &err));
	assert_non_null(file = fopen(f->path, "wb"));
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	assert_true(migrate_applied(tx, &head.migrations, &head.migration_count, &err));
	assert_true(rows_schema(&arena, set, set->count, &head.schema, &err));
	assert_true(backup_begin(file, &f->key, &head, &writer, &err));
	if (!backup_write(writer, tx, &err)) fail_msg("%s", err.message);
	assert_int_equal(backup_written(writer)[1].rows, 3);
	backup_end(writer);
	tx_read_end(tx);
	fclose(file);
	read_back(f);
}

static bool verified(const struct file *f, const struct sealed_key *key, struct error *err)
{
	FILE *file = fopen(f->path, "rb");
	struct backup_reader *reader;
	bool whole;

	assert_non_null(file);
	whole = backup_open(file, key, &reader, err);
	if (whole) {
		whole = backup_verify(reader, err);
		backup_close(reader);
	}
	fclose(file);
	return whole;
}

/* Restoring, as the command does it. */
struct filling {
	struct db_job job;
	const struct file *file;
	struct load_from from;
	bool spoil; /* expects other rows than there are */
	struct error err;
};

static bool give(struct filling *filling, struct backup_reader *reader, struct load *load)
{
	struct backup_part part = {0};
	struct rows_sum sums[8];

	while (!part.end) {
		if (!backup_next(reader, &part, &filling->err)) return false;
		if (!part.end && !load_block(load, part.table, &part.block, &filling->err)) return false;
	}
	memcpy(sums, backup_sums(reader), backup_head(reader)->schema.count * sizeof *sums);
	if (filling->spoil) sums[1].hash[0] ^= 1;
	return load_end(load, sums, 1435660921000, &filling->err);
}

static bool fill(struct db_job *job, struct tx *tx)
{
	struct filling *filling = (struct filling *)job;
	FILE *file = fopen(filling->file->path, "rb");
	struct backup_reader *reader;
	struct load *load;
	bool filled;

	assert_non_null(file);
	assert_true(backup_open(file, &filling->file->key, &reader, &filling->err));
	filling->from.migrations = backup_head(reader)->migrations;
	filling->from.migration_count = backup_head(reader)->migration_count;
	filling->from.schema = &backup_head(reader)->schema;
	filled = load_begin(tx, &filling->from, &load, &filling->err);
	if (filled) {
		filled = give(filling, reader, load);
		load_release(load);
	}
	backup_close(reader);
	fclose(file);
	return filled;
}

static bool restored(struct filling *filling, struct text url, struct error *err)
{
	struct target *target;

	if (!target_open(url, filling->job.arena, &target, err)) return false;
	filling->job.run = fill;
	if (target_fill(target, &filling->job, &filling->err, err)) return target_keep(target, err);
	target_abandon(target);
	return false;
}

static int64_t number_in(struct temporary *t, const char *sql)
{
	struct query query = {.name = "number", .sql = sql, .row = &count_record, .index = 300};
	struct error err = {0};
	int64_t number = -1;
	ARENA_SCOPE arena;
	struct tx *tx;

	arena_init(&arena, ARENA_REQUEST_BYTES);
	assert_true(tx_read_begin(t->db, &arena, &tx, &err));
	if (!statement_one(tx, &query, NULL, &number, &err)) fail_msg("%s: %s", sql, err.message);
	statement_forget(tx, &query);
	tx_read_end(tx);
	return number;
}

static void open_restored(struct temporary *t, struct text url)
{
	struct db_options options = {.readers = 2, .queue_limit = 8};
	struct error err = {0};

	db_close(t->db);
	t->db = NULL;
	if (!db_open(url, &options, &t->db, &err)) fail_msg("%s", err.message);
}

/* A backup of the hub in small, and what it takes to restore it. */
struct scene {
	struct temporary *t;
	struct arena arena;
	struct file file;
	struct filling filling;
	struct error err;
};

static int set_scene(void **state, const struct migration_set *set)
{
	struct scene *scene = calloc(1, sizeof *scene);

	if (!scene || temporary_make((void **)&scene->t)) return -1;
	arena_init(&scene->arena, ARENA_REQUEST_BYTES);
	back_up(scene->t, &scene->file, set);
	scene->filling = (struct filling){.job.arena = &scene->arena, .file = &scene->file, .from.set = set};
	*state = scene;
	return 0;
}

static int of_one(void **state)
{
	return set_scene(state, &set_of_one);
}

static int of_two(void **state)
{
	return set_scene(state, &set_of_two);
}

static int clear_scene(void **state)
{
	struct scene *scene = *state;
	int failed = temporary_remove((void **)&scene->t);

	arena_release(&scene->arena);
	free(scene);
	return failed;
}

#define scene_test(f, set) cmocka_unit_test_setup_teardown((f), (set), clear_scene)

static struct text url_of(struct scene *scene, const char *name)
{
	return arena_printf(&scene->arena, "sqlite:%s/%s", scene->t->folder, name);
}

/* Into a new database, which is the test's from now on; its path. */
static const char *restore_anew(struct scene *scene)
{
	struct text url = url_of(scene, "restored.db");

	if (!restored(&scene->filling, url, &scene->err)) fail_msg("%s", scene->err.message);
	open_restored(scene->t, url);
	return url.ptr + 7;
}

/* Of what a database is called until it is whole. */
static void assert_not_there(struct scene *scene, const char *path)
{
	static const char *const suffixes[] = {"", ".lock", ".turn.lock"};

	for (size_t i = 0; i < COUNT_OF(suffixes); i++)
		assert_int_equal(access(arena_printf(&scene->arena, "%s.restoring%s", path, suffixes[i]).ptr, F_OK), -1);
}

static void a_backup_says_what_it_is_of(void **state)
{
	struct scene *scene = *state;
	struct backup_reader *reader;
	FILE *file = fopen(scene->file.path, "rb");

	assert_non_null(file);
	assert_true(backup_open(file, &scene->file.key, &reader, &scene->err));
	assert_text(backup_head(reader)->authority, "Small");
	assert_int_equal(backup_head(reader)->migration_count, 2);
	assert_text(backup_head(reader)->migrations[1].name, "0002_second");
	assert_int_equal(backup_head(reader)->schema.tables[1].columns[4].type, COLUMN_BOOL);
	assert_true(backup_verify(reader, &scene->err));
	assert_int_equal(backup_sums(reader)[0].rows, 2);
	assert_int_equal(backup_sums(reader)[1].rows, 3);
	backup_close(reader);
	fclose(file);
}

static void another_key_is_refused(void **state)
{
	struct scene *scene = *state;
	struct error *err = &scene->err;
	struct sealed_key other;

	assert_true(sealed_key_from(TEXT("another key of thirty-two bytes.."), &other, err));
	assert_false(verified(&scene->file, &other, err));
	assert_error(err, ERROR_INVALID, "the key is another's");
	assert_false(sealed_key_from(TEXT("thirty-one bytes are too few..."), &other, err));
	assert_error(err, ERROR_INVALID, "at least 32 bytes");
}

static void any_changed_byte_is_refused(void **state)
{
	struct scene *scene = *state;
	struct file *f = &scene->file;

	for (size_t at = 0; at < f->len; at++) {
		f->bytes[at] = (char)(f->bytes[at] ^ 1 << at % 8);
		write_bytes(f, f->bytes, f->len);
		if (verified(f, &f->key, &scene->err)) fail_msg("byte %zu of %zu was changed and it was taken", at, f->len);
		f->bytes[at] = (char)(f->bytes[at] ^ 1 << at % 8);
	}
	write_bytes(f, f->bytes, f->len);
	assert_true(verified(f, &f->key, &scene->err));
}

static void a_file_that_was_cut_or_goes_on_is_refused(void **state)
{
	struct scene *scene = *state;
	struct file *f = &scene->file;

	for (size_t len = 0; len < f->len; len++) {
		write_bytes(f, f->bytes, len);
		if (verified(f, &f->key, &scene->err)) fail_msg("it was cut to %zu of %zu bytes and taken", len, f->len);
	}
	f->bytes[f->len] = 'x';
	write_bytes(f, f->bytes, f->len + 1);
	assert_false(verified(f, &f->key, &scene->err));
}

/* Written by another implementation of the format, in python (hashlib's blake2b): two tables, two rows, one value missing. */
static const char written_by_another[] =
	"48d6010205302e312e300673716c6974658093f9c0c85305536d616c6c01530101020a303030315f6669727374026162"
	"8093f9c0c8530205706c6163650269640107026964026964046e616d65047465787402617407696e7374616e74046d61"
	"646504626f6f6c057368617265047265616c046d61726b056279746573066f6e5f6461790364617905656d7074790269"
	"640107026964026964046e616d65047465787402617407696e7374616e74046d61646504626f6f6c0573686172650472"
	"65616c046d61726b056279746573066f6e5f64617903646179424700020002067363686f6f6c8093f9c0c85302000000"
	"000000e03f0200ff0a323031352d30362d333002048093f9c0c85302000000000000e03f0200ff0a323031352d30362d"
	"33304d440202a7a9edc687b4e378a8e23f8e2f5301f79ac63c72711b68865c592d234748335a000e5751c026e543b2e8"
	"ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a802";

struct given {
	struct backup_source source;
	unsigned char bytes[1024];
	size_t len;
	size_t read;
};

static bool read_given(struct backup_source *source, void *into, size_t most, size_t *ret_len, struct error *err)
{
	struct given *given = (struct given *)source;

	(void)err;
	*ret_len = given->len - given->read < most ? given->len - given->read : most;
	memcpy(into, given->bytes + given->read, *ret_len);
	given->read += *ret_len;
	return true;
}

static void given_init(struct given *given)
{
	*given = (struct given){.source.read = read_given};
	assert_int_equal(sodium_hex2bin(given->bytes, sizeof given->bytes, written_by_another, strlen(written_by_another),
						 NULL, &given->len, NULL),
		0);
}

static void what_another_wrote_is_read(void **state)
{
	struct backup_reader *reader;
	struct error err = {0};
	struct given given;

	(void)state;
	given_init(&given);
	if (!backup_open_source(&given.source, &reader, &err)) fail_msg("%s", err.message);
	assert_text(backup_head(reader)->authority, "Small");
	assert_int_equal(backup_head(reader)->taken_at, 1435660920000);
	if (!backup_verify(reader, &err)) fail_msg("%s", err.message);
	assert_int_equal(backup_sums(reader)[0].rows, 2);
	assert_int_equal(backup_sums(reader)[1].rows, 0);
	backup_close(reader);
}

/* Without the seal too, the manifest finds what became of the rows. */
static void a_changed_row_is_found_by_the_manifest(void **state)
{
	struct backup_reader *reader;
	struct error err = {0};
	struct given given;

	(void)state;
	given_init(&given);
	*(unsigned char *)memmem(given.bytes, given.len, "school", 6) = 'S';
	assert_true(backup_open_source(&given.source, &reader, &err));
	assert_false(backup_verify(reader, &err));
	assert_error(&err, ERROR_INVALID, "place has 2 rows");
	backup_close(reader);
}

static void a_restored_hub_has_its_rows_and_its_guards(void **state)
{
	struct scene *scene = *state;
	struct temporary *t = scene->t;
	const char *path = restore_anew(scene);

	assert_int_equal(number_in(t, "select visits from place where id = 40"), 2);
	assert_int_equal(number_in(t, "select count(*) from visit where words = 'full'"), 1);
	assert_int_equal(number_in(t, "select latest from place where id = 40"), 7);
	assert_int_equal(number_in(t, "select count(*) from sqlite_schema where type = 'trigger'"), 2);
	assert_int_equal(number_in(t, "select count(*) from sqlite_schema where name = 'visit_place'"), 1);
	assert_int_equal(number_in(t, "select count(*) from migration where applied_at = 1435660920000"), 1);
	thing_script(t->db, "insert into visit (place) values (40)");
	assert_int_equal(number_in(t, "select visits from place where id = 40"), 3);
	assert_int_equal(number_in(t, "select max(id) from visit"), 10);
	assert_not_there(scene, path);
}

static void a_backup_of_an_older_schema_is_brought_up(void **state)
{
	struct scene *scene = *state;

	scene->filling.from.set = &set_of_two;
	restore_anew(scene);
	assert_int_equal(number_in(scene->t, "select count(*) from visit where late = 1"), 3);
	assert_int_equal(number_in(scene->t, "select count(*) from migration"), 2);
}

static void refused(struct scene *scene, const char *name, const char *why)
{
	struct text url = url_of(scene, name);

	error_clear(&scene->err);
	assert_false(restored(&scene->filling, url, &scene->err));
	if (!strstr(scene->err.message, why)) fail_msg("%s", scene->err.message);
	assert_not_there(scene, url.ptr + 7);
}

static void what_cannot_be_restored_leaves_nothing(void **state)
{
	struct scene *scene = *state;

	scene->filling.from.set = &set_of_one;
	refused(scene, "new.db", "a newer program (0002_second)");
	refused(scene, "hub.db", "holds a hub already");
	scene->filling.from.set = &set_of_two;
	scene->filling.spoil = true;
	refused(scene, "new.db", "visit came out otherwise");
	assert_int_equal(access(arena_printf(&scene->arena, "%s/new.db", scene->t->folder).ptr, F_OK), -1);
	assert_int_equal(number_in(scene->t, "select count(*) from visit"), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scene_test(a_backup_says_what_it_is_of, of_two),
		scene_test(another_key_is_refused, of_one),
		scene_test(any_changed_byte_is_refused, of_one),
		scene_test(a_file_that_was_cut_or_goes_on_is_refused, of_one),
		cmocka_unit_test(what_another_wrote_is_read),
		cmocka_unit_test(a_changed_row_is_found_by_the_manifest),
		scene_test(a_restored_hub_has_its_rows_and_its_guards, of_one),
		scene_test(a_backup_of_an_older_schema_is_brought_up, of_one),
		scene_test(what_cannot_be_restored_leaves_nothing, of_two),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
