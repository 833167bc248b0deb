#include "db/database.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/lock.h"

static bool path_of_url(struct text url, char **ret, struct error *err)
{
	struct text scheme = TEXT("sqlite:"), path = text_slice(url, scheme.len, url.len);

	if (!text_starts(url, scheme) || !path.len) {
		error_failed(err, "cannot open the database %.*s", TEXT_ARG(url));
		return error_hint(err, "Write it as sqlite:PATH.");
	}
	*ret = strndup(path.ptr, path.len);
	return *ret || error_failed(err, "out of memory");
}

/* The file and the directory it stands in; nobody else may read them. */
static bool make_file(const char *path, struct error *err)
{
	const char *slash = strrchr(path, '/');
	int fd;

	if (slash && slash != path) {
		char *directory = strndup(path, (size_t)(slash - path));

		if (directory) mkdir(directory, 0700);
		free(directory);
	}
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

static bool open_parts(struct db *db, const struct db_options *options, struct error *err)
{
	if (!check_file(db->path, options, err)) return false;
	db->looks = options->look;
	changes_init(&db->changes);
	db->writer.changes = &db->changes;
	if (db->looks) {
		readers_init(&db->readers, db->path, options->readers, options->stop);
		return true;
	}
	if (!lock_take(db->path, options->hold_lock, &db->lock, err)) return false;
	readers_init(&db->readers, db->path, options->readers, options->stop);
	if (writer_start(&db->writer, db->path, options->queue_limit, options->stop, err)) return true;
	readers_release(&db->readers);
	lock_release(db->lock);
	return false;
}

bool db_open(struct text url, const struct db_options *options, struct db **ret, struct error *err)
{
	struct db *db = calloc(1, sizeof *db);

	if (!db) return error_failed(err, "out of memory");
	if (!path_of_url(url, &db->path, err) || !open_parts(db, options, err)) {
		free(db->path);
		free(db);
		return false;
	}
	*ret = db;
	return true;
}

void db_close(struct db *db)
{
	readers_release(&db->readers);
	if (!db->looks) {
		writer_end(&db->writer);
		lock_release(db->lock);
	}
	free(db->path);
	free(db);
}

const char *db_sqlite_version(void)
{
	return sqlite3_libversion();
}

bool tx_read_begin(struct db *db, struct arena *arena, struct tx **ret, struct error *err)
{
	struct connection *c;
	int64_t number = db_change_number(db);
	int code;

	if (!readers_take(&db->readers, &c, err)) return false;
	code = connection_control(c, CONTROL_BEGIN_READ);
	if (code != SQLITE_OK) {
		connection_failed(c, code, err);
		readers_give(&db->readers, c);
		return false;
	}
	c->tx = (struct tx){.connection = c, .arena = arena, .owner = db, .change_number = number};
	*ret = &c->tx;
	return true;
}

void tx_read_end(struct tx *tx)
{
	struct db *db = tx->owner;

	connection_control(tx->connection, CONTROL_ROLLBACK);
	readers_give(&db->readers, tx->connection);
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

bool db_submit(struct db *db, struct db_job *job)
{
	return writer_submit(&db->writer, job, false);
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
	if (!writer_submit(&db->writer, job, true)) return DB_NOT_SAVED;
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
