#include "http/drafts.h"
#include "http/exchange.h"
#include "http/header.h"

#include "base/log.h"

static void on_lane(struct lane_item *item)
{
	struct exchange *x = (struct exchange *)(void *)((char *)item - offsetof(struct exchange, item));

	x->step(x);
}

static struct exchange *of_job(struct db_job *job)
{
	return (struct exchange *)(void *)((char *)job - offsetof(struct exchange, job));
}

static void fail_and_finish(struct exchange *x)
{
	exchange_fail(x);
	exchange_finish(x);
}

static void turn_away(struct exchange *x)
{
	atomic_fetch_add(&x->server->metrics.turned_away, 1);
	if (!x->request.api && !x->request.form.count) (void)exchange_decode(x); /* so that its page can send it again */
	x->request.fault = FAULT_NONE;
	error_busy(&x->err, "the hub is very busy just now");
	error_hint(&x->err, "Nothing was saved. Try again in a few seconds.");
	fail_and_finish(x);
}

static void start_on(struct exchange *x, struct lane *lane, void (*step)(struct exchange *))
{
	x->step = step;
	x->item.run = on_lane;
	if (!lane_push(lane, &x->item)) turn_away(x);
}

static void go_on(struct exchange *x, void (*step)(struct exchange *))
{
	x->step = step;
	x->item.run = on_lane;
	lane_push_accepted(x->server->workers, &x->item);
}

/* The writer runs a group's jobs, then tells each that it is done: a run after a done begins a group. */
static void count_run(struct server *server)
{
	struct metrics *m = &server->metrics;

	if (!atomic_exchange(&m->in_group, true)) atomic_fetch_add(&m->groups, 1);
	atomic_fetch_add(&m->jobs, 1);
}

static void submit(struct exchange *x, const struct db_job *job)
{
	x->job = *job;
	x->job.arena = &x->arena;
	if (!db_submit(x->server->options.db, &x->job)) turn_away(x);
}

/* Refusals */

static bool refusal_is_logged(const struct exchange *x)
{
	const struct route *route = x->request.route;

	if (!(route->flags & ROUTE_LOGS_REFUSAL) || !request_signed_in(&x->request)) return false;
	if (x->err.kind == ERROR_NOT_FOUND) return x->request.unseen;
	return x->err.kind == ERROR_DENIED || x->err.kind == ERROR_REFUSED;
}

static bool log_refusal(struct exchange *x, struct hub *hub, struct error *err)
{
	struct audit_entry entry = {
		.action = x->request.route->action,
		.enquiry = x->request.about,
		.refused = true,
		.detail = text_of(response_error_kind(&x->request, &x->err)),
	};

	return audit_write(hub, &entry, NULL, err);
}

/* By the number that the person was told; what was behind it, the database has said in the log. */
static void log_unsaved(const struct exchange *x, const char *event)
{
	log_event(LOG_ERROR, event, LOG_TEXT("request", x->request.id.ptr), LOG_TEXT("route", x->request.route->id),
		LOG_TEXT("why", x->err.message));
}

/* After an answer was made by reading: what it showed is written down before it is let out. */

static bool write_after(struct exchange *x, struct hub *hub, struct error *err)
{
	const struct session *session = &x->request.session;

	if (!hub_act_as(hub, session->account, err)) return false;
	if (x->views && !hub_write_views(hub, x->views, err)) return false;
	if (x->touch && !session_touch(hub, session->id, err)) return false;
	return !x->refused || log_refusal(x, hub, err);
}

static bool after_run(struct db_job *job, struct tx *tx)
{
	struct exchange *x = of_job(job);
	struct error *err = arena_new(&x->arena, struct error);
	struct hub hub;

	count_run(x->server);
	if (gate_hub(x, tx, &hub, err) && write_after(x, &hub, err)) return true;
	log_event(LOG_ERROR, "view_not_logged", LOG_TEXT("route", x->request.route->id), LOG_TEXT("why", err->message));
	return false;
}

/* Whatever the reason: asking again is right. That a step was not saved, where that was to be shown, matters more. */
static void leave_unshown(struct exchange *x, enum db_outcome outcome)
{
	if (x->err.kind != ERROR_BUSY) {
		error_busy(&x->err, "%s",
			outcome == DB_UNKNOWN
				? "we cannot tell yet whether it was written down that you looked at this, so it is not shown"
				: "that you looked at this could not be written down, so it cannot be shown");
		error_hint(&x->err, "Try again in a moment. If it goes on, tell whoever looks after Fanlight.");
	}
	log_unsaved(x, "not_shown");
	x->request.fault = FAULT_NONE;
	fail_and_finish(x);
}

static void after_done(struct db_job *job, enum db_outcome outcome)
{
	struct exchange *x = of_job(job);

	atomic_store(&x->server->metrics.in_group, false);
	if (outcome == DB_DURABLE && job->kept)
		exchange_finish(x);
	else
		leave_unshown(x, outcome);
}

static void finish_after(struct exchange *x)
{
	static const struct db_job after = {.run = after_run, .done = after_done};

	if (request_signed_in(&x->request) && (x->views || x->touch || x->refused))
		submit(x, &after);
	else
		exchange_finish(x);
}

/* What was typed is kept before anything is answered that can't say it was taken. */

static bool keep_run(struct db_job *job, struct tx *tx)
{
	struct exchange *x = of_job(job);

	count_run(x->server);
	drafts_keep_quietly(x, tx);
	return true;
}

static void keep_done(struct db_job *job, enum db_outcome outcome)
{
	struct exchange *x = of_job(job);

	(void)outcome;
	atomic_store(&x->server->metrics.in_group, false);
	go_on(x, x->after_keep);
}

static void keep_then(struct exchange *x, void (*next)(struct exchange *))
{
	static const struct db_job keep = {.run = keep_run, .done = keep_done};

	x->after_keep = next;
	x->job = keep;
	x->job.arena = &x->arena;
	if (!drafts_marked(&x->request) || !db_submit(x->server->options.db, &x->job)) next(x);
}

/* Reading */

static bool in_read(struct exchange *x, bool (*work)(struct exchange *, struct hub *))
{
	struct hub hub = {0};
	struct tx *tx;
	bool ok;

	if (!tx_read_begin(x->server->options.db, &x->arena, &tx, &x->err)) return false;
	ok = gate_hub(x, tx, &hub, &x->err) && work(x, &hub);
	x->views = hub.views;
	tx_read_end(tx);
	return ok;
}

/* A form is shown again where the person can do something about it, and never to another site's making. */
static bool shown_again(const struct exchange *x)
{
	struct origin origin = gate_origin(&x->request);

	if (x->request.api || !x->request.route->on_error || x->request.draft.anothers) return false;
	switch (x->request.fault) {
	case FAULT_NONE: break;
	case FAULT_KEY_REUSED:
	case FAULT_VERSION_NEEDED: return true;
	case FAULT_FORGED: return origin_is_ours(&origin);
	default: return false;
	}
	return x->err.kind != ERROR_NOT_FOUND && x->err.kind != ERROR_DENIED && x->err.kind != ERROR_FAILED;
}

static bool show_again(struct exchange *x, struct hub *hub)
{
	const struct error why = x->err;

	response_reset(&x->response);
	if (!gate_session(x, hub, &x->err)) return false;
	if (!request_signed_in(&x->request) && !(x->request.route->flags & ROUTE_PUBLIC)) return false;
	if (!drafts_open(x, hub, &x->err)) return false;
	x->response.status = response_error_status(&x->request, &why);
	x->request.route->on_error(&x->request, hub, &why, &x->response);
	exchange_say_when(x);
	return x->response.body.len > 0;
}

static void failed(struct exchange *x)
{
	if (!shown_again(x) || !in_read(x, show_again)) {
		x->views = NULL;
		exchange_fail(x);
	}
	finish_after(x);
}

static bool read_handle(struct exchange *x, struct hub *hub)
{
	if (!gate_enter(x, hub, &x->err) || !drafts_open(x, hub, &x->err)) return false;
	if (!x->request.route->handle(&x->request, hub, &x->response, &x->err)) return false;
	if (!request_refreshes(&x->request)) return true;
	return hub_views_unlogged(hub, session_began(&x->request.session), &x->err);
}

static void adopt_refusal(struct exchange *x)
{
	x->err = *x->response.refusal;
	failed(x);
}

static void read_decoded(struct exchange *x)
{
	x->watch_begun = watch_begin(&x->server->watch);
	if (!in_read(x, read_handle)) {
		x->refused = refusal_is_logged(x);
		failed(x);
	} else if (x->response.refusal) {
		adopt_refusal(x);
	} else {
		if (request_signed_in(&x->request))
			watch_remember(&x->server->watch, x->request.token, x->response.watch_page, x->watch_begun);
		finish_after(x);
	}
}

static void read_step(struct exchange *x)
{
	if (exchange_decode(x))
		keep_then(x, read_decoded);
	else
		fail_and_finish(x);
}

static void plain_step(struct exchange *x)
{
	if (!exchange_decode(x) || !x->request.route->handle(&x->request, NULL, &x->response, &x->err)) exchange_fail(x);
	exchange_finish(x);
}

/* Writing */

/* A button of the form that isn't its sending: the form comes again, so what stands in it is kept first. */
static bool keep_between(struct exchange *x, struct hub *hub)
{
	struct error *err = arena_new(&x->arena, struct error);
	struct draft_kept kept;

	if (x->request.json || text_none(request_value(&x->request, "do"))) return true;
	if (drafts_keep(&x->request, hub, false, &kept, err) || err->kind != ERROR_FAILED) return true;
	x->err = *err;
	return false;
}

static bool write_handle(struct exchange *x, struct hub *hub)
{
	if (!gate_enter(x, hub, &x->err)) return false;
	if (!replay_find(x, hub, &x->err)) return false;
	if (x->replayed || !drafts_find_sent(x, hub, &x->err)) return x->replayed;
	if (x->replayed) return true;
	if (!keep_between(x, hub)) return false;
	if (x->touch && !session_touch(hub, x->request.session.id, &x->err)) return false;
	if (!x->request.route->handle(&x->request, hub, &x->response, &x->err)) return false;
	return drafts_settle(x, hub, &x->err) && replay_save(x, hub, &x->err);
}

static bool write_run(struct db_job *job, struct tx *tx)
{
	struct exchange *x = of_job(job);
	struct hub hub = {0};

	count_run(x->server);
	response_reset(&x->response);
	error_clear(&x->err);
	x->request.fault = FAULT_NONE;
	x->request.about = (struct enquiry_id){0};
	x->replayed = x->touch = false;
	return gate_hub(x, tx, &hub, &x->err) && write_handle(x, &hub);
}

static void write_refused(struct db_job *job, struct tx *tx)
{
	struct exchange *x = of_job(job);
	struct error *err;
	struct hub hub;

	drafts_keep_quietly(x, tx);
	if (!refusal_is_logged(x)) return;
	err = arena_new(&x->arena, struct error);
	if (gate_hub(x, tx, &hub, err) && hub_act_as(&hub, x->request.session.account, err) && log_refusal(x, &hub, err))
		return;
	log_event(LOG_ERROR, "refusal_not_logged", LOG_TEXT("route", x->request.route->id), LOG_TEXT("why", err->message));
}

static void write_lost(struct exchange *x, enum db_outcome outcome)
{
	atomic_fetch_add(&x->server->metrics.not_saved, 1);
	x->request.fault = FAULT_NONE;
	if (outcome == DB_UNKNOWN) {
		error_failed(&x->err, "we cannot tell yet whether this was saved");
		error_hint(&x->err, "Look before you send it again. Sending the same form again is safe.");
		fail_and_finish(x);
		return;
	}
	error_busy(&x->err, "this was not saved");
	error_hint(&x->err, "Send it again in a moment. If it goes on, tell whoever looks after Fanlight.");
	log_unsaved(x, "not_saved");
	go_on(x, failed);
}

static void write_done(struct db_job *job, enum db_outcome outcome)
{
	struct exchange *x = of_job(job);

	atomic_store(&x->server->metrics.in_group, false);
	x->touch = false;
	if (outcome != DB_DURABLE) {
		write_lost(x, outcome);
	} else if (!job->kept && !shown_again(x)) {
		fail_and_finish(x);
	} else if (!job->kept) {
		go_on(x, failed);
	} else if (x->response.refusal) {
		go_on(x, adopt_refusal);
	} else {
		atomic_fetch_add(&x->server->metrics.written, 1);
		if (x->response.session_ended) watch_forget(&x->server->watch, x->request.token);
		exchange_finish(x);
	}
}

static void submit_write(struct exchange *x)
{
	static const struct db_job write = {.run = write_run, .refused = write_refused, .done = write_done};

	submit(x, &write);
}

static void decode_and_write(struct exchange *x)
{
	const struct route *route = x->request.route;

	if (!exchange_decode(x)) {
		fail_and_finish(x);
		return;
	}
	if (route->decode) route->decode(&x->request);
	submit_write(x);
}

/* Passwords: read, hash, write. */

static bool prepare(struct exchange *x, struct hub *hub)
{
	return gate_enter(x, hub, &x->err) && x->request.route->prepare(&x->request, hub, &x->err);
}

static void password_step(struct exchange *x)
{
	if (!exchange_decode(x))
		fail_and_finish(x);
	else if (in_read(x, prepare) && x->request.route->compute(&x->request, &x->err))
		submit_write(x);
	else
		keep_then(x, failed);
}

void perform_start(struct exchange *x)
{
	switch (x->request.route->kind) {
	case ROUTE_READ: start_on(x, x->server->workers, read_step); break;
	case ROUTE_PLAIN: start_on(x, x->server->workers, plain_step); break;
	case ROUTE_PASSWORD: start_on(x, x->server->hashing, password_step); break;
	case ROUTE_WRITE:
		if (x->body.len > DECODE_AT_ONCE_BYTES)
			start_on(x, x->server->workers, decode_and_write);
		else
			decode_and_write(x);
		break;
	}
}
