#include "db/database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/new_file.h"
#include "db/lock.h"

static const struct {
	const char *scheme;
	const struct engine *engine;
	size_t where; /* in the URL, what the engine is told of it */
} schemes[] = {
	{"sqlite:", &sqlite_engine, sizeof "sqlite:" - 1},
	{"postgresql://", &postgresql_engine, 0},
	{"postgres://", &postgresql_engine, 0},
};

#define SCHEME_COUNT (sizeof schemes / sizeof schemes[0])

/* SCHEME_COUNT where there is none. */
static size_t scheme_of(struct text url)
{
	for (size_t i = 0; i < SCHEME_COUNT; i++)
		if (text_starts(url, text_of(schemes[i].scheme)) && url.len > schemes[i].where) return i;
	return SCHEME_COUNT;
}

bool db_url_engine(struct text url, enum db_engine *ret)
{
	size_t scheme = scheme_of(url);

	if (scheme == SCHEME_COUNT) return false;
	*ret = schemes[scheme].engine->name;
	return true;
}

static bool choose_place(struct db *db, struct text url, void (*stop)(const char *why), struct error *err)
{
	size_t scheme = scheme_of(url);
	char *where;

	if (scheme == SCHEME_COUNT) {
		error_failed(err, "cannot open the database %.*s", TEXT_ARG(url));
		return error_hint(err, "Write it as sqlite:PATH or postgresql://HOST/NAME.");
	}
	where = strndup(url.ptr + schemes[scheme].where, url.len - schemes[scheme].where);
	if (!where) return error_failed(err, "out of memory");
	place_init(&db->place, schemes[scheme].engine, where, stop);
	return true;
}

/* The file and the directory it stands in; nobody else may read them. */
static bool make_file(const char *path, struct error *err)
{
	int fd;

	make_directory_of(path);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0) return error_failed(err, "could not make %s: %s", path, strerror(errno));
	close(fd);
	return true;
}

static bool check_file(const char *path, const struct db_options *options, struct error *err)
{
	if (options->create) return make_file(path, err);
	if (access(path, R_OK | W_OK) == 0) return true;
	if (errno != ENOENT) return error_failed(err, "could not open %s: %s", path, strerror(errno));
	error_failed(err, "there is no hub at %s", path);
	return error_hint(err, "Make one with 'fanlight init', or say where it is with --db.");
}

static bool open_sqlite(struct db *db, const struct db_options *options, struct error *err)
{
	if (!lock_take(db->place.where, options->hold_lock, &db->lock, err)) return false;
	if (writer_start(&db->writer, &db->place, options->queue_limit, err)) return true;
	lock_release(db->lock);
	return false;
}

/* Its first reader, so that who opens it is told at once why it can't be had. */
static bool open_postgresql(struct db *db, const struct db_options *options, struct error *err)
{
	struct connection *c;

	if (!readers_take(&db->readers, &c, err)) return false;
	readers_give(&db->readers, c);
	if (options->look) return true;
	if (!changes_start(&db->changes, &db->place, options->hold_lock, err)) return false;
	if (writers_start(&db->writers, &db->place, options, err)) return true;
	changes_end(&db->changes);
	return false;
}

static bool open_parts(struct db *db, const struct db_options *options, struct error *err)
{
	bool sqlite = db_engine(db) == DB_SQLITE, opened;

	db->place.fresh = options->fresh;
	if (sqlite && !check_file(db->place.where, options, err)) return false;
	db->looks = options->look;
	changes_init(&db->changes);
	db->writer.changes = db->writers.changes = &db->changes;
	readers_init(&db->readers, &db->place, options->readers);
	opened = sqlite ? options->look || open_sqlite(db, options, err) : open_postgresql(db, options, err);
	if (!opened) readers_release(&db->readers);
	return opened;
}

bool db_open(struct text url, const struct db_options *options, struct db **ret, struct error *err)
{
	struct db *db = calloc(1, sizeof *db);
	bool placed;

	if (!db) return error_failed(err, "out of memory");
	placed = choose_place(db, url, options->stop, err);
	if (!placed || !open_parts(db, options, err)) {
		if (placed) place_release(&db->place);
		free(db);
		return false;
	}
	*ret = db;
	return true;
}

void db_close(struct db *db)
{
	bool sqlite = db_engine(db) == DB_SQLITE;

	readers_release(&db->readers);
	if (!db->looks && sqlite) {
		writer_end(&db->writer);
		lock_release(db->lock);
	} else if (!db->looks) {
		writers_end(&db->writers);
		changes_end(&db->changes);
	}
	place_release(&db->place);
	free(db);
}

enum db_engine db_engine(const struct db *db)
{
	return db->place.engine->name;
}

enum db_engine tx_engine(const struct tx *tx)
{
	return tx->connection->engine->name;
}

const char *db_sqlite_version(void)
{
	return sqlite3_libversion();
}

/* One that was lost while it lay waiting is put away, and the next tried, which may be a new one. */
bool tx_read_begin(struct db *db, struct arena *arena, struct tx **ret, struct error *err)
{
	int64_t number = db_change_number(db);
	struct connection *c;
	bool begun, lost;

	do {
		if (!readers_take(&db->readers, &c, err)) return false;
		c->tx = (struct tx){.connection = c, .arena = arena, .owner = db, .change_number = number};
		begun = c->engine->control(c, CONTROL_BEGIN_READ, err);
		lost = !begun && c->engine->lost(c);
		if (!begun) readers_give(&db->readers, c);
	} while (lost);
	if (begun) *ret = &c->tx;
	return begun;
}

/* Who does this at once with another might hold one and wait for the other's: it is for a command, which is alone. */
static bool begin_twice(struct db *db, struct connection *c[2], bool *ret_same, struct error *err)
{
	if (!readers_take(&db->readers, &c[0], err)) return false;
	if (readers_take(&db->readers, &c[1], err)) {
		if (c[0]->engine->begin_twice(c[0], c[1], ret_same, err)) return true;
		readers_give(&db->readers, c[1]);
	}
	readers_give(&db->readers, c[0]);
	return false;
}

bool tx_read_begin_twice(struct db *db, struct arena *arena, struct tx **ret, struct error *err)
{
	int64_t number = db_change_number(db);
	struct connection *c[2];
	bool same;

	if (!db->place.engine->begin_twice || db->readers.limit < 2) return tx_read_begin(db, arena, ret, err);
	if (!begin_twice(db, c, &same, err)) return false;
	for (int i = 0; i < 2; i++)
		c[i]->tx = (struct tx){.connection = c[i], .arena = arena, .owner = db, .change_number = number};
	if (same)
		c[0]->tx.second = &c[1]->tx;
	else
		readers_give(&db->readers, c[1]);
	*ret = &c[0]->tx;
	return true;
}

void tx_read_end(struct tx *tx)
{
	struct connection *c = tx->connection;
	struct db *db = tx->owner;
	struct error err;

	if (tx->second) tx_read_end(tx->second);
	(void)c->engine->control(c, CONTROL_ROLLBACK, &err);
	readers_give(&db->readers, c);
}

static bool tx_control(struct tx *tx, enum control control, struct error *err)
{
	return tx->connection->engine->control(tx->connection, control, err);
}

bool tx_again(struct tx *tx, struct error *err)
{
	tx->again = true;
	return error_busy(err, "somebody else was changing the same thing");
}

bool tx_savepoint(struct tx *tx, struct error *err)
{
	if (!tx_control(tx, CONTROL_SAVEPOINT, err)) return false;
	tx->savepoints++;
	return true;
}

bool tx_release(struct tx *tx, struct error *err)
{
	tx->savepoints--;
	return tx_control(tx, CONTROL_RELEASE, err);
}

bool tx_undo(struct tx *tx, struct error *err)
{
	return tx_control(tx, CONTROL_UNDO, err) && tx_release(tx, err);
}

struct arena *tx_arena(struct tx *tx)
{
	return tx->arena;
}

bool tx_writes(const struct tx *tx)
{
	return tx->writes;
}

enum db_conflict db_last_conflict(const struct tx *tx)
{
	return tx->conflict;
}

static bool submit(struct db *db, struct db_job *job, bool wait)
{
	if (db_engine(db) == DB_SQLITE) return writer_submit(&db->writer, job, wait);
	return queue_put(&db->writers.queue, job, wait);
}

bool db_submit(struct db *db, struct db_job *job)
{
	return submit(db, job, false);
}

struct waiter {
	pthread_mutex_t mutex;
	pthread_cond_t answered;
	bool done;
	enum db_outcome outcome;
};

static void answer(struct db_job *job, enum db_outcome outcome)
{
	struct waiter *waiter = job->waits;

	pthread_mutex_lock(&waiter->mutex);
	waiter->outcome = outcome;
	waiter->done = true;
	pthread_cond_signal(&waiter->answered);
	pthread_mutex_unlock(&waiter->mutex);
}

enum db_outcome db_run(struct db *db, struct db_job *job)
{
	struct waiter waiter = {.mutex = PTHREAD_MUTEX_INITIALIZER, .answered = PTHREAD_COND_INITIALIZER};

	job->done = answer;
	job->waits = &waiter;
	if (!submit(db, job, true)) return DB_NOT_SAVED;
	pthread_mutex_lock(&waiter.mutex);
	while (!waiter.done) pthread_cond_wait(&waiter.answered, &waiter.mutex);
	pthread_mutex_unlock(&waiter.mutex);
	return waiter.outcome;
}

bool db_outcome_error(enum db_outcome outcome, struct error *err)
{
	if (outcome == DB_DURABLE) return true;
	if (outcome == DB_NOT_SAVED) {
		error_failed(err, "not saved");
		return error_hint(err, "Nothing was changed. Sending it again is right.");
	}
	error_failed(err, "we cannot tell yet whether this was saved");
	return error_hint(err, "Sending it again is safe.");
}
