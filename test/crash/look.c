/*
 * Looking at what is there, beside the running server, through the same interface as the program: on either engine.
 */
#include "crash.h"

#include <stdlib.h>

#include "db/db.h"
#include "db/statement.h"

/* What the access log calls each, in the order of enum op. */
static const char *const actions[OP_COUNT] = {
	[OP_RECEIVE] = "receive",
	[OP_SCREEN] = "screen",
	[OP_RERATE] = "rerate",
	[OP_ALLOCATE] = "allocate",
	[OP_RECOMMEND] = "recommend",
	[OP_AUTHORISE] = "authorise",
	[OP_CONTACT] = "log_contact",
	[OP_VIEW] = "view_enquiry",
};

struct enquiry_there {
	int64_t id;
	struct text reference, key;
	int64_t version;
};

static const struct column enquiry_columns[] = {
	{"id", offsetof(struct enquiry_there, id), COLUMN_INT, FIELD_NONE},
	{"reference", offsetof(struct enquiry_there, reference), COLUMN_TEXT, FIELD_NONE},
	{"summary", offsetof(struct enquiry_there, key), COLUMN_TEXT, FIELD_NONE},
	{"version", offsetof(struct enquiry_there, version), COLUMN_INT, FIELD_NONE},
};
static const struct record_type enquiry_record = {"enquiry", sizeof(struct enquiry_there), enquiry_columns, 4};
static const struct query list_enquiries = {
	.name = "crash_enquiries",
	.sql = "select q.id, q.reference, q.summary, e.version from enquiry q "
		   "join episode e on e.enquiry = q.id and e.is_current = 1 order by q.summary, q.id",
	.row = &enquiry_record,
	.index = 3000,
};

struct entries_there {
	int64_t enquiry;
	struct text action;
	bool refused;
	int64_t count;
};

static const struct column entry_columns[] = {
	{"record", offsetof(struct entries_there, enquiry), COLUMN_INT, FIELD_NONE},
	{"action", offsetof(struct entries_there, action), COLUMN_TEXT, FIELD_NONE},
	{"refused", offsetof(struct entries_there, refused), COLUMN_BOOL, FIELD_NONE},
	{"count", offsetof(struct entries_there, count), COLUMN_INT, FIELD_NONE},
};
static const struct record_type entries_record = {"entries", sizeof(struct entries_there), entry_columns, 4};
static const struct query count_entries = {
	.name = "crash_entries",
	.sql = "select record, action, refused, count(*) from access_log where record_kind = 'enquiry' "
		   "group by record, action, refused order by record, action, refused",
	.row = &entries_record,
	.index = 3001,
};

static const struct record_type number_record = {
	"number", sizeof(int64_t), (const struct column[]){{"count", 0, COLUMN_INT, FIELD_NONE}}, 1};

#define MISMATCH(steps, entries)                                                                                       \
	"select count(*) from (select 1 as x from enquiry q where "                                                        \
	"(select count(*) from " steps ") <> (select count(*) from access_log l where l.record_kind = 'enquiry' and "      \
	"l.record = q.id and l.refused = 0 and l.action = '" entries "')) m"
#define STEPS(transition) "history h where h.enquiry = q.id and h.transition = '" transition "'"

#define NONE(n, what, text)                                                                                            \
	{                                                                                                                  \
		what,                                                                                                          \
		{                                                                                                              \
			.name = "crash_none", .sql = text, .row = &number_record, .index = 3002 + n                                \
		}                                                                                                              \
	}

/* What must be none, whatever was sent. */
static const struct {
	const char *what;
	struct query query;
} nothing[] = {
	NONE(0, "records whose numbering has a hole",
		"select count(*) from (select 1 as x from access_log group by record_kind, record having max(n) <> count(*) or "
		"min(n) <> 1) m"),
	NONE(1, "steps without their entry",
		"select count(*) from history h left join access_log l on l.id = h.entry where l.id is null"),
	NONE(2, "workers whose counter is not their count",
		"select count(*) from worker w where w.open <> (select count(*) from episode e where e.worker = w.account and "
		"e.is_current = 1 and e.ended_at is null)"),
	NONE(3, "enquiries without a child, an episode or a first step",
		"select count(*) from enquiry q where not exists (select 1 from child c where c.enquiry = q.id) or not exists "
		"(select 1 from episode e where e.enquiry = q.id) or not exists (select 1 from history h where h.enquiry = "
		"q.id)"),
	NONE(4, "contacts that are there twice",
		"select count(*) from (select 1 as x from contact group by said having count(*) > 1) m"),
	NONE(5, "receipts that are not on the access log", MISMATCH(STEPS("received"), "receive")),
	NONE(6, "screenings that are not on the access log", MISMATCH(STEPS("screened"), "screen")),
	NONE(7, "allocations that are not on the access log", MISMATCH(STEPS("allocated"), "allocate")),
	NONE(8, "recommendations that are not on the access log", MISMATCH(STEPS("recommended"), "recommend")),
	NONE(9, "decisions that are not on the access log", MISMATCH(STEPS("decided"), "authorise")),
	NONE(10, "contacts that are not on the access log", MISMATCH("contact c where c.enquiry = q.id", "log_contact")),
};

struct looking {
	struct run *run;
	struct tx *tx;
	struct error err;
	struct statement_rows enquiries, entries;
};

static bool look_for_nothing(struct looking *l)
{
	for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
		int64_t count;

		if (!statement_one(l->tx, &nothing[i].query, NULL, &count, &l->err)) return false;
		if (count) wrong(l->run, "%lld %s", (long long)count, nothing[i].what);
		if (i == 0) l->run->totals.holes += count;
	}
	return true;
}

/* What is there is at least what was acknowledged and at most what may be; from now on it is known. */
static void settle(struct run *run, const struct written *w, const char *what, struct tally *tally, int64_t there)
{
	if (there < tally->sure) {
		run->totals.lost += tally->sure - there;
		wrong(run, "%s: %s was acknowledged %lld times and is there %lld times", w->key, what, (long long)tally->sure,
			(long long)there);
	}
	if (there > tally->sure + tally->unknown) {
		run->totals.twice += there - tally->sure - tally->unknown;
		wrong(run, "%s: %s is there %lld times, and was sent %lld times", w->key, what, (long long)there,
			(long long)(tally->sure + tally->unknown));
	}
	*tally = (struct tally){.sure = there};
}

static int by_key(const void *key, const void *row)
{
	const struct enquiry_there *there = row;

	return text_compare(text_of(key), there->key);
}

/* How often the access log has each action on this enquiry. */
static void count_entries_of(const struct looking *l, int64_t id, int64_t (*ret)[OP_COUNT])
{
	const struct entries_there *rows = l->entries.rows;
	size_t low = 0, high = l->entries.count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (rows[middle].enquiry < id)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < l->entries.count && rows[low].enquiry == id; low++)
		for (int op = 0; op < OP_COUNT; op++)
			if (text_is(rows[low].action, actions[op])) ret[rows[low].refused][op] = rows[low].count;
}

static void settle_all(struct run *run, struct written *w, int64_t (*there)[OP_COUNT])
{
	for (int op = 0; op < OP_COUNT; op++) {
		int64_t sure = w->done[op].sure + w->refused[op].sure, unknown = w->done[op].unknown;

		if (op != OP_VIEW && there[0][op] + there[1][op] > sure + unknown)
			wrong(run, "%s: %s was both done and refused", w->key, actions[op]);
		settle(run, w, actions[op], &w->done[op], there[0][op]);
		settle(run, w, actions[op], &w->refused[op], there[1][op]);
	}
}

/* One that its sender couldn't be sure of stays in doubt until it was sent again, so that its first answer is known. */
static void look_for(struct looking *l, struct written *w)
{
	const struct enquiry_there *rows = l->enquiries.rows, *end = rows + l->enquiries.count;
	const struct enquiry_there *there = bsearch(w->key, rows, l->enquiries.count, sizeof *rows, by_key);
	int64_t entries[2][OP_COUNT] = {0};

	if (there) {
		if ((there > rows && text_equal(there[-1].key, there->key)) ||
			(there + 1 < end && text_equal(there[1].key, there->key))) {
			l->run->totals.twice++;
			wrong(l->run, "%s is there twice", w->key);
		}
		count_entries_of(l, there->id, entries);
		snprintf(w->reference, sizeof w->reference, "%.*s", TEXT_ARG(there->reference));
		w->version = there->version;
	}
	settle_all(l->run, w, entries);
	w->doubted = !w->answer;
}

static bool look_in(struct looking *l)
{
	if (!statement_many(l->tx, &list_enquiries, NULL, &l->enquiries, &l->err)) return false;
	if (!statement_many(l->tx, &count_entries, NULL, &l->entries, &l->err)) return false;
	for (int i = 0; i < l->run->client_count; i++) {
		struct client *client = &l->run->clients[i];

		for (size_t j = 0; j < client->count; j++) look_for(l, &client->written[j]);
	}
	return look_for_nothing(l);
}

const char *op_name(enum op op)
{
	return actions[op];
}

bool look(struct run *run)
{
	struct db_options options = {.readers = 1, .look = true};
	struct looking l = {.run = run};
	ARENA_SCOPE arena;
	struct db *db;
	bool ok;

	arena_init(&arena, ARENA_COMMAND_BYTES);
	error_clear(&l.err);
	ok = db_open(text_of(run->look_url ? run->look_url : run->url), &options, &db, &l.err);
	if (ok) {
		ok = tx_read_begin(db, &arena, &l.tx, &l.err) && look_in(&l);
		if (l.tx) tx_read_end(l.tx);
		db_close(db);
	}
	if (!ok) wrong(run, "could not look: %s", l.err.message);
	return ok;
}
