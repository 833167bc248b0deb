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

struct changes_teller {
	struct changes *changes;
	struct place *place;
	bool listens;
	pthread_t thread;
	int wakes; /* an eventfd */
	atomic_bool ending;
	atomic_bool pending; /* committed and not told yet */
	bool known; /* the database's number was had: before, it is the machine's time, and nobody was told of it */

	/* The thread's own. */
	PGconn *session;
	bool asked;   /* an answer is to come */
	bool telling; /* and it is to what was told */
	int64_t asked_ms;
	int64_t told_ms;
	int64_t heard_ms;
};

void changes_tell(struct changes_teller *teller)
{
	uint64_t one = 1;

	if (atomic_exchange(&teller->pending, true)) return;
	if (write(teller->wakes, &one, sizeof one) != sizeof one) return; /* full: it is awake */
}

static void lose(struct changes_teller *teller, const char *why)
{
	if (teller->telling) atomic_store(&teller->pending, true);
	if (!atomic_load(&teller->ending)) log_event(LOG_WARNING, "changes_not_heard", LOG_TEXT("why", why));
	PQfinish(teller->session);
	teller->session = NULL;
	teller->asked = teller->telling = false;
	changes_count(teller->changes);
}

static bool hear_first(struct changes_teller *teller)
{
	PGresult *result = PQexec(teller->session, "listen fanlight");
	bool heard = PQresultStatus(result) == PGRES_COMMAND_OK;
	int64_t number = 0;

	PQclear(result);
	if (!heard) return false;
	result = PQexec(teller->session, "select n from " NUMBER);
	heard = PQresultStatus(result) == PGRES_TUPLES_OK && text_int(text_of(PQgetvalue(result, 0, 0)), &number);
	PQclear(result);
	if (heard && teller->known)
		changes_hear(teller->changes, number);
	else if (heard)
		atomic_store(&teller->changes->number, number);
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

/* Tells what was committed, not more often than agreed; else, where it has been silent, asks whether it is there. */
static bool speak(struct changes_teller *teller, int64_t now)
{
	if (teller->asked) return now - teller->asked_ms < ANSWER_MS;
	if (now - teller->told_ms >= CHANGES_EVERY_MS && atomic_exchange(&teller->pending, false)) {
		teller->told_ms = now;
		teller->telling = true;
		return ask(teller, "select pg_notify('fanlight', cast(n as text)) from " NUMBER);
	}
	return now - teller->heard_ms < SILENT_MS || ask(teller, "select 1");
}

static void hear_all(struct changes_teller *teller)
{
	PGnotify *note;
	int64_t number;

	while ((note = PQnotifies(teller->session))) {
		if (text_int(text_of(note->extra), &number))
			changes_hear(teller->changes, number);
		else
			changes_count(teller->changes);
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

		if (!result) teller->asked = teller->telling = false;
		PQclear(result);
		if (!good) return false;
	}
	hear_all(teller);
	return true;
}

/* How long there is nothing to do unless something comes. */
static int patience(const struct changes_teller *teller)
{
	int64_t until = teller->told_ms + CHANGES_EVERY_MS - clock_source_monotonic_ms();

	if (!teller->session && teller->listens) return AWAY_MS;
	if (!teller->session) return atomic_load(&teller->pending) ? AWAY_MS : -1;
	if (teller->asked || !atomic_load(&teller->pending)) return AWAY_MS;
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

	if (!teller->session && (teller->listens || atomic_load(&teller->pending)) && !connect_now(teller, &err))
		changes_count(teller->changes);
	if (teller->session && !speak(teller, clock_source_monotonic_ms())) lose(teller, PQerrorMessage(teller->session));
	if (!wait_for_news(teller)) lose(teller, PQerrorMessage(teller->session));
}

/* The last thing: what was committed is told, if the database is there. */
static void tell_last(struct changes_teller *teller)
{
	struct error err;

	while (teller->session && teller->asked)
		if (!wait_for_news(teller) || !speak(teller, clock_source_monotonic_ms())) lose(teller, "at the end");
	if (!atomic_load(&teller->pending)) return;
	if (teller->session || connect_now(teller, &err))
		PQclear(PQexec(teller->session, "select pg_notify('fanlight', cast(n as text)) from " NUMBER));
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
	if (start(teller, err)) {
		atomic_store(&changes->teller, teller);
		return true;
	}
	if (teller->wakes >= 0) close(teller->wakes);
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
	free(teller);
}
