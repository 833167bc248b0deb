#include "stub.h"

#include "hub/draft.h"

#include <pthread.h>

struct stub stub;

struct tx {
	struct arena *arena;
	bool writes;
};

struct db {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t work;
	struct db_job *first, **last;
	bool stopping;
};

static struct db_job *take(struct db *db)
{
	struct db_job *job;

	pthread_mutex_lock(&db->lock);
	while (!db->first && !db->stopping) pthread_cond_wait(&db->work, &db->lock);
	job = db->first;
	if (job) db->first = job->next;
	if (!db->first) db->last = &db->first;
	pthread_mutex_unlock(&db->lock);
	return job;
}

static void *writer(void *arg)
{
	struct db_job *job;

	while ((job = take(arg))) {
		struct tx tx = {job->arena, true};

		job->kept = job->run(job, &tx);
		if (stub.runs_twice) job->kept = job->run(job, &tx);
		if (!job->kept && job->refused) job->refused(job, &tx);
		stub.kept += job->kept;
		job->done(job, (enum db_outcome)stub.outcome);
	}
	return NULL;
}

struct db *stub_db_start(void)
{
	struct db *db = calloc(1, sizeof *db);

	if (!db) abort();
	db->last = &db->first;
	pthread_mutex_init(&db->lock, NULL);
	pthread_cond_init(&db->work, NULL);
	if (pthread_create(&db->thread, NULL, writer, db) != 0) abort();
	return db;
}

void stub_db_stop(struct db *db)
{
	pthread_mutex_lock(&db->lock);
	db->stopping = true;
	pthread_cond_signal(&db->work);
	pthread_mutex_unlock(&db->lock);
	pthread_join(db->thread, NULL);
	free(db);
}

bool db_submit(struct db *db, struct db_job *job)
{
	if (stub.full) return false;
	pthread_mutex_lock(&db->lock);
	job->next = NULL;
	*db->last = job;
	db->last = &job->next;
	pthread_cond_signal(&db->work);
	pthread_mutex_unlock(&db->lock);
	return true;
}

bool tx_read_begin(struct db *db, struct arena *arena, struct tx **ret, struct error *err)
{
	(void)db;
	(void)err;
	*ret = arena_new(arena, struct tx);
	(*ret)->arena = arena;
	return true;
}

void tx_read_end(struct tx *tx)
{
	(void)tx;
}

bool hub_begin(const struct hub_edge *edge, struct hub *ret, struct error *err)
{
	(void)err;
	*ret = (struct hub){.tx = edge->tx, .arena = edge->tx->arena, .now = edge->now, .random = edge->random};
	return true;
}

bool hub_act_as(struct hub *hub, struct account_id account, struct error *err)
{
	(void)err;
	hub->actor.account = account;
	return true;
}

bool hub_write_views(struct hub *hub, const struct viewed *viewed, struct error *err)
{
	if (stub.no_views) return error_failed(err, "no views");
	for (; viewed && hub->tx->writes; viewed = viewed->next) stub.views++;
	return true;
}

bool audit_write(struct hub *hub, const struct audit_entry *entry, struct access_log_id *ret, struct error *err)
{
	(void)ret;
	(void)err;
	stub.refused += entry->refused && hub->actor.account.n != 0 && hub->tx->writes;
	return true;
}

bool session_find(struct hub *hub, struct text token, struct session *ret, bool *ret_found, struct error *err)
{
	*ret_found = text_is(token, STUB_TOKEN);
	if (!*ret_found) return true;
	*ret = (struct session){.id = {7}, .account = {2}, .csrf = TEXT(STUB_CSRF)};
	return hub_act_as(hub, ret->account, err);
}

bool session_wants_touch(const struct hub *hub, const struct session *session)
{
	(void)hub;
	(void)session;
	return stub.wants_touch;
}

bool session_touch(struct hub *hub, struct session_id id, struct error *err)
{
	(void)err;
	stub.touched += id.n == 7 && hub->tx->writes;
	return true;
}

bool session_csrf_anonymous(struct hub *hub, struct text *ret_token, struct error *err)
{
	(void)hub;
	(void)err;
	*ret_token = TEXT(STUB_FORM);
	return true;
}

/* One submission is remembered. */
static char kept_key[64], kept_body[1000], kept_location[100], kept_hash[32];
static int kept_status;

static struct text keep(char *into, size_t size, struct text t)
{
	if (t.len >= size) abort();
	memcpy(into, t.ptr, t.len);
	into[t.len] = '\0';
	return (struct text){into, t.len};
}

bool submission_find(struct hub *hub, struct text key, struct submission *ret, bool *ret_found, struct error *err)
{
	(void)hub;
	(void)err;
	*ret_found = kept_status && text_is(key, kept_key);
	*ret = (struct submission){
		.key = key,
		.route = TEXT("enquiry_record"),
		.body_hash = {kept_hash, sizeof kept_hash},
		.status = kept_status,
		.location = text_of(kept_location),
		.content_type = TEXT("application/json"),
		.body = text_of(kept_body),
	};
	return true;
}

bool submission_save(struct hub *hub, const struct submission *submission, struct error *err)
{
	(void)hub;
	(void)err;
	keep(kept_key, sizeof kept_key, submission->key);
	keep(kept_body, sizeof kept_body, submission->body);
	keep(kept_location, sizeof kept_location, submission->location);
	memcpy(kept_hash, submission->body_hash.ptr, sizeof kept_hash);
	kept_status = submission->status;
	return true;
}

bool session_whose_pages(struct hub *hub, struct text csrf, struct account_id *ret, struct error *err)
{
	(void)hub;
	(void)err;
	*ret = (struct account_id){text_is(csrf, STUB_CSRF) ? 2 : 0};
	return true;
}

bool draft_keep(struct hub *hub, const struct draft_words *in, struct draft_kept *ret, struct error *err)
{
	(void)hub;
	(void)err;
	*ret = (struct draft_kept){.key = in->key, .version = in->version + 1};
	return true;
}

bool draft_sent(struct hub *hub, const struct draft_sending *in, struct error *err)
{
	(void)hub;
	(void)in;
	(void)err;
	return true;
}

bool draft_sent_before(struct hub *hub, struct text key, struct text hash, struct text *ret_led_to, struct error *err)
{
	(void)hub;
	(void)key;
	(void)hash;
	(void)err;
	*ret_led_to = TEXT_NONE;
	return true;
}

bool drafts_standing(struct hub *hub, struct draft_standing_rows *ret, struct error *err)
{
	(void)hub;
	(void)err;
	*ret = (struct draft_standing_rows){NULL, 0};
	return true;
}

bool draft_get(struct hub *hub, struct draft_id id, struct draft_row *ret, struct error *err)
{
	(void)hub;
	(void)id;
	(void)ret;
	return error_not_found(err, "no draft");
}

bool draft_fields_of(struct arena *arena, const struct draft_row *row, struct draft_fields *ret, struct error *err)
{
	(void)arena;
	(void)row;
	(void)ret;
	return error_failed(err, "no draft");
}

struct text draft_new_key(struct arena *arena, struct random_source *random)
{
	(void)arena;
	(void)random;
	return TEXT("00112233445566778899aabbccddeeff");
}

instant session_began(const struct session *session)
{
	return session->expires_at;
}

bool hub_views_unlogged(struct hub *hub, instant since, struct error *err)
{
	(void)since;
	(void)err;
	hub->views = NULL;
	return true;
}

int64_t tx_change_number(const struct tx *tx)
{
	(void)tx;
	return stub.change_number;
}

int64_t db_change_number(struct db *db)
{
	(void)db;
	return stub.change_number;
}

int64_t tx_change_number_of(const struct tx *tx, const struct followed *followed)
{
	return followed->count ? stub.followed_number : tx_change_number(tx);
}

int64_t db_change_number_of(struct db *db, const struct followed *followed)
{
	return followed->count ? stub.followed_number : db_change_number(db);
}

bool following_enquiry(struct hub *hub, struct text reference, struct followed *ret, struct error *err)
{
	(void)hub;
	(void)err;
	stub.followings++;
	*ret = (struct followed){.count = text_is(reference, "SEEN")};
	return true;
}
