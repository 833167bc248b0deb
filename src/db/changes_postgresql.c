#include "db/changes_part.h"
#include "db/postgresql.h"

#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock_source.h"
#include "base/log.h"

#define AWAY_MS   500  /* between two tries to connect; each time something may have changed */
#define SILENT_MS 2000 /* after which a connection is asked whether it is still there */
#define ANSWER_MS 3000 /* within which it says so, else it isn't */

/*
 * By the database's clock, so that it is the same for every node and grows over a restart of any, and a failover to a
 * server that hadn't all of the sequence; the sequence makes two of one millisecond two.
 */
#define NUMBER                                                                                                         \
	"(select cast(extract(epoch from clock_timestamp()) * 1000 as bigint) * 1024"                                      \
	" + (nextval('change_number') & 1023) as n) x"

#define EVERYTHING "fanlight"
#define SOME       "fanlight_of"
#define SQL_MOST   (512 + 24 * CHANGE_LIST_MOST)

struct changes_teller {
	struct changes *changes;
	struct place *place;
	bool listens;
	pthread_t thread;
	int wakes; /* an eventfd */
	atomic_bool ending;
	pthread_mutex_t lock;
	struct change_list pending; /* committed and not told yet; under the lock */
	bool known; /* the database's number was had: before, it is the machine's time, and nobody was told of it */

	/* The thread's own. */
	PGconn *session;
	bool asked;                 /* an answer is to come */
	struct change_list telling; /* and it is to this, which was told */
	int64_t told_what;          /* the number of the latest notification that said what it is about */
	int64_t asked_ms;
	int64_t told_ms;
	int64_t heard_ms;
};

void changes_tell(struct changes_teller *teller, const struct change_list *list)
{
	uint64_t one = 1;
	bool awake;

	pthread_mutex_lock(&teller->lock);
	awake = teller->pending.any;
	change_list_join(&teller->pending, list);
	pthread_mutex_unlock(&teller->lock);
	if (!awake && write(teller->wakes, &one, sizeof one) != sizeof one) return; /* full: it is awake */
}

static bool has_pending(struct changes_teller *teller)
{
	bool any;

	pthread_mutex_lock(&teller->lock);
	any = teller->pending.any;
	pthread_mutex_unlock(&teller->lock);
	return any;
}

static bool take_pending(struct changes_teller *teller)
{
	pthread_mutex_lock(&teller->lock);
	teller->telling = teller->pending;
	teller->pending = (struct change_list){0};
	pthread_mutex_unlock(&teller->lock);
	return teller->telling.any;
}

static void lose(struct changes_teller *teller, const char *why)
{
	pthread_mutex_lock(&teller->lock);
	change_list_join(&teller->pending, &teller->telling);
	pthread_mutex_unlock(&teller->lock);
	if (!atomic_load(&teller->ending)) log_event(LOG_WARNING, "changes_not_heard", LOG_TEXT("why", why));
	PQfinish(teller->session);
	teller->session = NULL;
	teller->asked = false;
	teller->telling = (struct change_list){0};
	changes_count(teller->changes);
}

static bool hear_first(struct changes_teller *teller)
{
	PGresult *result = PQexec(teller->session, "listen " EVERYTHING "; listen " SOME);
	bool heard = PQresultStatus(result) == PGRES_COMMAND_OK;
	int64_t number = 0;

	PQclear(result);
	if (!heard) return false;
	result = PQexec(teller->session, "select n from " NUMBER);
	heard = PQresultStatus(result) == PGRES_TUPLES_OK && text_int(text_of(PQgetvalue(result, 0, 0)), &number);
	PQclear(result);
	if (heard && teller->known)
		changes_hear_all(teller->changes, number);
	else if (heard)
		changes_start_at(teller->changes, number);
	teller->known = teller->known || heard;
	return heard;
}

static bool connect_now(struct changes_teller *teller, struct error *err)
{
	if (!postgresql_connect(teller->place, &teller->session, err)) {
		teller->session = NULL;
		return false;
	}
	teller->heard_ms = clock_source_monotonic_ms();
	if (!teller->listens || hear_first(teller)) return true;
	lose(teller, PQerrorMessage(teller->session));
	return error_failed(err, "the database gives no change number");
}

static bool ask(struct changes_teller *teller, const char *sql)
{
	teller->asked_ms = clock_source_monotonic_ms();
	teller->asked = PQsendQuery(teller->session, sql) == 1;
	return teller->asked;
}

/*
 * What it is about goes first, by itself: a node of the release before listens for the number alone, and takes it to be of
 * everything.
 */
static const char *telling_sql(const struct change_list *list, char sql[SQL_MOST])
{
	int len = 0;

	if (list->all) return "select pg_notify('" EVERYTHING "', cast(n as text)) from " NUMBER;
	len += snprintf(sql, SQL_MOST, "select pg_notify('" SOME "', cast(n as text) || '");
	for (int i = 0; i < list->count; i++)
		len += snprintf(sql + len, SQL_MOST - (size_t)len, " %lld", (long long)list->each[i]);
	snprintf(sql + len, SQL_MOST - (size_t)len, "'), pg_notify('" EVERYTHING "', cast(n as text)) from " NUMBER);
	return sql;
}

/* Tells what was committed, not more often than agreed; else, where it has been silent, asks whether it is there. */
static bool speak(struct changes_teller *teller, int64_t now)
{
	if (teller->asked) return now - teller->asked_ms < ANSWER_MS;
	if (now - teller->told_ms >= CHANGES_EVERY_MS && take_pending(teller)) {
		char sql[SQL_MOST];

		teller->told_ms = now;
		return ask(teller, telling_sql(&teller->telling, sql));
	}
	return now - teller->heard_ms < SILENT_MS || ask(teller, "select 1");
}

/* "1838420606407689 246 9": its number, and what it is about. */
static void hear_some(struct changes_teller *teller, struct text words)
{
	struct change_list list = {0};
	int64_t number = 0, one;
	struct text word;
	bool heard = text_split(&words, ' ', &word) && text_int(word, &number);

	while (heard && text_split(&words, ' ', &word)) {
		heard = text_int(word, &one);
		if (heard) change_list_add(&list, one);
	}
	if (!heard) return; /* then what comes with it is taken to be about everything */
	changes_hear(teller->changes, number, &list);
	teller->told_what = number;
}

static void hear(struct changes_teller *teller, const PGnotify *note)
{
	int64_t number;

	if (strcmp(note->relname, SOME) == 0)
		hear_some(teller, text_of(note->extra));
	else if (!text_int(text_of(note->extra), &number))
		changes_count(teller->changes);
	else if (number != teller->told_what)
		changes_hear_all(teller->changes, number);
}

static void hear_all(struct changes_teller *teller)
{
	PGnotify *note;

	while ((note = PQnotifies(teller->session))) {
		hear(teller, note);
		PQfreemem(note);
	}
}

/* What came: notifications, and the answer to what was asked. False: the connection is of no use. */
static bool take(struct changes_teller *teller)
{
	if (!PQconsumeInput(teller->session)) return false;
	teller->heard_ms = clock_source_monotonic_ms();
	while (teller->asked && !PQisBusy(teller->session)) {
		PGresult *result = PQgetResult(teller->session);
		bool good = !result || PQresultStatus(result) == PGRES_TUPLES_OK;

		if (!result) {
			teller->asked = false;
			teller->telling = (struct change_list){0};
		}
		PQclear(result);
		if (!good) return false;
	}
	hear_all(teller);
	return true;
}

/* How long there is nothing to do unless something comes. */
static int patience(struct changes_teller *teller)
{
	int64_t until = teller->told_ms + CHANGES_EVERY_MS - clock_source_monotonic_ms();

	if (!teller->session && teller->listens) return AWAY_MS;
	if (!teller->session) return has_pending(teller) ? AWAY_MS : -1;
	if (teller->asked || !has_pending(teller)) return AWAY_MS;
	return until > 0 ? (int)until : 0;
}

/* Waits for the server, for whoever commits, or for the time. */
static bool wait_for_news(struct changes_teller *teller)
{
	struct pollfd of[] = {{.fd = teller->wakes, .events = POLLIN},
		{.fd = teller->session ? PQsocket(teller->session) : -1, .events = POLLIN}};
	uint64_t woken;

	if (poll(of, 2, patience(teller)) <= 0) return true;
	if (of[0].revents && read(teller->wakes, &woken, sizeof woken) < 0) return true;
	return !of[1].revents || take(teller);
}

static void live(struct changes_teller *teller)
{
	struct error err;

	if (!teller->session && (teller->listens || has_pending(teller)) && !connect_now(teller, &err))
		changes_count(teller->changes);
	if (teller->session && !speak(teller, clock_source_monotonic_ms())) lose(teller, PQerrorMessage(teller->session));
	if (!wait_for_news(teller)) lose(teller, PQerrorMessage(teller->session));
}

/* The last thing: what was committed is told, if the database is there. */
static void tell_last(struct changes_teller *teller)
{
	struct error err;
	char sql[SQL_MOST];

	while (teller->session && teller->asked)
		if (!wait_for_news(teller) || !speak(teller, clock_source_monotonic_ms())) lose(teller, "at the end");
	if (!take_pending(teller)) return;
	if (teller->session || connect_now(teller, &err))
		PQclear(PQexec(teller->session, telling_sql(&teller->telling, sql)));
}

static void *teller_thread(void *arg)
{
	struct changes_teller *teller = arg;

	while (!atomic_load(&teller->ending)) live(teller);
	tell_last(teller);
	PQfinish(teller->session);
	return NULL;
}

static bool start(struct changes_teller *teller, struct error *err)
{
	if (teller->wakes < 0) return error_failed(err, "could not make what wakes who tells of changes");
	if (teller->listens && !connect_now(teller, err)) teller->known = true; /* what the machine's time says counts on */
	if (pthread_create(&teller->thread, NULL, teller_thread, teller) == 0) return true;
	PQfinish(teller->session);
	return error_failed(err, "could not start who tells of changes");
}

bool changes_start(struct changes *changes, struct place *place, bool listens, struct error *err)
{
	struct changes_teller *teller = calloc(1, sizeof *teller);

	if (!teller) return error_failed(err, "out of memory");
	*teller = (struct changes_teller){.changes = changes,
		.place = place,
		.listens = listens,
		.wakes = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
		.told_ms = -CHANGES_EVERY_MS};
	pthread_mutex_init(&teller->lock, NULL);
	/* Whoever was killed before it told of its last commits comes back so: then everybody looks. */
	if (listens) change_list_add_all(&teller->pending);
	if (start(teller, err)) {
		atomic_store(&changes->teller, teller);
		return true;
	}
	if (teller->wakes >= 0) close(teller->wakes);
	pthread_mutex_destroy(&teller->lock);
	free(teller);
	return false;
}

void changes_end(struct changes *changes)
{
	struct changes_teller *teller = atomic_exchange(&changes->teller, NULL);
	uint64_t one = 1;

	if (!teller) return;
	atomic_store(&teller->ending, true);
	if (write(teller->wakes, &one, sizeof one) != sizeof one) atomic_store(&teller->ending, true);
	pthread_join(teller->thread, NULL);
	close(teller->wakes);
	pthread_mutex_destroy(&teller->lock);
	free(teller);
}
