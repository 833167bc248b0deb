#include "crash.h"

#include <stdlib.h>
#include <unistd.h>

#define RECENT     12 /* a client goes on with one of its latest */
#define SENT_AGAIN 8  /* of those that were acknowledged, a client sends so many again */
#define BREATH_US  20000
#define BODY_BYTES 1024
#define CHILD      "\"children\":[{\"given_name\":\"Ana\",\"family_name\":\"Silva\"}]"
#define OUTCOME    "{\"child\":1,\"outcome\":\"no_further_action\",\"threshold_level\":1,\"reason\":\"x\"}"

/* What a step's address ends in and what it sends; allocating and contacts write their own. */
static const struct {
	const char *slug, *body;
	bool manages; /* a manager's; otherwise the worker's */
} steps[OP_COUNT] = {
	[OP_SCREEN] = {"/screen", "{\"rag\":\"green\",\"rag_reason\":\"x\"}", false},
	[OP_RERATE] = {"/rerate", "{\"rag\":\"red\",\"rag_kind\":\"new_information\",\"rag_reason\":\"x\"}", true},
	[OP_ALLOCATE] = {"/allocate", NULL, true},
	[OP_RECOMMEND] = {"/recommend", "{\"analysis\":\"x\",\"children\":[" OUTCOME "]}", false},
	[OP_AUTHORISE] = {"/authorise", "{\"necessary\":\"yes\",\"necessary_reason\":\"at_or_above_threshold\"}", true},
	[OP_CONTACT] = {"/contact", NULL, false},
	[OP_VIEW] = {"", NULL, false},
};

static struct written *add_written(struct client *client)
{
	if (client->count == client->room) {
		client->room = client->room ? client->room * 2 : 256;
		client->written = realloc(client->written, client->room * sizeof *client->written);
		if (!client->written) abort();
	}
	client->written[client->count] = (struct written){0};
	snprintf(client->written[client->count].key, KEY_BYTES, "%llx-%d-%zu", (unsigned long long)client->run->seed,
		client->number, client->count);
	return &client->written[client->count++];
}

static void count(struct run *run, enum op op, enum belief belief)
{
	switch (belief) {
	case BELIEF_DONE:
		run->totals.acknowledged++;
		run->totals.each[op]++;
		break;
	case BELIEF_REFUSED: run->totals.refused++; break;
	case BELIEF_NOT_SAVED: run->totals.not_saved++; break;
	case BELIEF_UNKNOWN: run->totals.unknown++; break;
	default: break;
	}
}

/* Every step shows the enquiry in its answer, which is an entry too. */
static void note(struct written *w, enum op op, enum belief belief)
{
	switch (belief) {
	case BELIEF_DONE:
		w->done[op].sure++;
		if (op != OP_VIEW) w->done[OP_VIEW].sure++;
		break;
	case BELIEF_UNKNOWN:
		w->doubted = true;
		w->done[op].unknown++;
		w->refused[op].unknown++;
		if (op != OP_VIEW) w->done[OP_VIEW].unknown++;
		break;
	case BELIEF_REFUSED: w->refused[op].sure++; break;
	default: break;
	}
}

static void keep_reference(struct written *w, const struct reply *reply)
{
	const char *slash = strrchr(reply->location, '/');

	snprintf(w->reference, sizeof w->reference, "%s", slash ? slash + 1 : "");
	w->version = reply->version;
}

static void surprised(struct client *client, const char *path, struct reply *reply)
{
	struct text body = buffer_text(&reply->body);

	client->run->totals.surprises++;
	wrong(client->run, "%s answered %ld: %.*s", path, reply->status, (int)(body.len < 160 ? body.len : 160), body.ptr);
}

static enum belief send_receive(struct client *client, struct written *w)
{
	struct text body;
	char sent[BODY_BYTES];
	struct reply reply;
	enum belief belief;

	snprintf(sent, sizeof sent,
		"{\"channel\":\"phone\",\"source_code\":\"2A\",\"concern\":\"neglect\",\"consent\":\"obtained\",\"summary\":\"%"
		"s\"," CHILD "}",
		w->key);
	belief = send_op(client, &client->run->receiver, "POST", "/api/v1/enquiries", w->key, 0, sent, &reply);
	body = buffer_text(&reply.body);
	if (belief == BELIEF_DONE) {
		if (w->answer && !text_is(body, w->answer)) wrong(client->run, "%s sent again has another answer", w->key);
		if (!w->answer) w->answer = strndup(body.ptr, body.len);
		if (!w->reference[0]) keep_reference(w, &reply);
	}
	if (belief == BELIEF_SURPRISED) surprised(client, "/api/v1/enquiries", &reply);
	reply_release(&reply);
	return belief;
}

static enum belief receive(struct client *client)
{
	struct written *w = client->unsaved ? &client->written[client->count - 1] : add_written(client);
	enum belief belief = send_receive(client, w);

	count(client->run, OP_RECEIVE, belief);
	client->unsaved = belief == BELIEF_NOT_SAVED || (client->unsaved && belief == BELIEF_NOT_SENT);
	if (belief == BELIEF_NOT_SENT) {
		if (!client->unsaved) client->count--;
		return belief;
	}
	note(w, OP_RECEIVE, belief);
	if (belief == BELIEF_DONE) client->open[client->open_count++] = client->count - 1;
	return belief;
}

static enum belief send_step(struct client *client, struct written *w, enum op op, const char *body)
{
	const struct session *as = steps[op].manages ? &client->run->manager : &client->worker;
	struct reply reply;
	enum belief belief;
	char path[128];

	snprintf(path, sizeof path, "/api/v1/enquiries/%s%s", w->reference, steps[op].slug);
	belief = op == OP_VIEW ? send_op(client, as, "GET", path, NULL, 0, NULL, &reply)
						   : send_op(client, as, "POST", path, NULL, w->version, body, &reply);
	if (belief == BELIEF_DONE && reply.version) w->version = reply.version;
	if (belief == BELIEF_SURPRISED) surprised(client, path, &reply);
	reply_release(&reply);
	note(w, op, belief);
	count(client->run, op, belief);
	return belief;
}

/* The next step of its way; an enquiry past its first rating is now and then rated higher, or screened a second time. */
static enum op next_step(struct client *client, const struct written *w)
{
	if (!w->done[OP_SCREEN].sure) return OP_SCREEN;
	if (!w->done[OP_ALLOCATE].sure) {
		uint64_t turn = random_below(&client->random, 4);

		if (turn == 0 && !w->done[OP_RERATE].sure) return OP_RERATE;
		return turn == 1 ? OP_SCREEN : OP_ALLOCATE;
	}
	return w->done[OP_RECOMMEND].sure ? OP_AUTHORISE : OP_RECOMMEND;
}

static enum belief allocate(struct client *client, struct written *w)
{
	char body[BODY_BYTES];

	snprintf(body, sizeof body, "{\"worker\":%lld,\"reason\":\"x\"}", (long long)client->worker.account);
	return send_step(client, w, OP_ALLOCATE, body);
}

static enum belief work(struct client *client, struct written *w)
{
	enum op op = next_step(client, w);

	return op == OP_ALLOCATE ? allocate(client, w) : send_step(client, w, op, steps[op].body);
}

static enum belief add_contact(struct client *client, struct written *w)
{
	char body[BODY_BYTES];

	snprintf(body, sizeof body,
		"{\"contact_kind\":\"call\",\"with_whom\":\"school\",\"reached\":true,\"said\":\"%s/"
		"%lld\",\"family_told\":\"yes\"}",
		w->key, (long long)client->contacts++);
	return send_step(client, w, OP_CONTACT, body);
}

static void drop_closed(struct client *client)
{
	size_t kept = 0;

	for (size_t i = 0; i < client->open_count; i++)
		if (!client->written[client->open[i]].done[OP_AUTHORISE].sure) client->open[kept++] = client->open[i];
	client->open_count = kept;
}

/* One that is open and not in doubt; NULL where chance picks none. */
static struct written *pick(struct client *client)
{
	struct written *w;

	drop_closed(client);
	if (!client->open_count) return NULL;
	w = &client->written[client->open[random_below(&client->random, client->open_count)]];
	return w->doubted ? NULL : w;
}

static enum belief do_something(struct client *client)
{
	const struct mix *mix = &client->run->mix;
	struct written *w = pick(client);
	int turn = (int)random_below(&client->random, 100);

	if (client->unsaved || (client->open_count < OPEN_MOST && (!w || turn < mix->receive))) return receive(client);
	if (!w) return BELIEF_NOT_SENT;
	if (turn < mix->receive + mix->work) return work(client, w);
	if (turn < mix->receive + mix->work + mix->contact) return add_contact(client, w);
	return send_step(client, w, OP_VIEW, NULL);
}

/* While the cluster is away a client goes on; a server that is away is waited for by nobody. */
static void *live(void *arg)
{
	struct client *client = arg;

	while (!client->run->stopping) {
		enum belief belief = do_something(client);

		if (belief != BELIEF_DONE && belief != BELIEF_REFUSED) usleep(BREATH_US);
	}
	return NULL;
}

void load_start(struct run *run)
{
	run->stopping = false;
	for (int i = 0; i < run->client_count; i++)
		if (pthread_create(&run->clients[i].thread, NULL, live, &run->clients[i]) != 0) abort();
}

void load_stop(struct run *run)
{
	run->stopping = true;
	for (int i = 0; i < run->client_count; i++) pthread_join(run->clients[i].thread, NULL);
}

bool load_story(struct run *run)
{
	static const enum op ops[] = {
		OP_SCREEN, OP_SCREEN, OP_RERATE, OP_ALLOCATE, OP_CONTACT, OP_VIEW, OP_RECOMMEND, OP_AUTHORISE};
	struct client *client = &run->clients[0];
	struct written *w;

	client->unanswered = false;
	if (receive(client) != BELIEF_DONE) return !client->unanswered;
	w = &client->written[client->count - 1];
	(void)send_receive(client, w);
	for (size_t i = 0; i < sizeof ops / sizeof ops[0] && !w->doubted && !client->unanswered; i++) {
		if (ops[i] == OP_ALLOCATE)
			allocate(client, w);
		else if (ops[i] == OP_CONTACT)
			add_contact(client, w);
		else
			send_step(client, w, ops[i], steps[ops[i]].body);
	}
	client->open_count = 0;
	return !client->unanswered;
}

/* With the same key: what is there already is answered as it was the first time, what isn't is made. */
static void send_again(struct client *client, struct written *w)
{
	bool there = w->done[OP_RECEIVE].sure > 0;
	enum belief belief = send_receive(client, w);

	if (belief != BELIEF_DONE) {
		wrong(client->run, "%s sent again was not taken", w->key);
		return;
	}
	client->run->totals.again++;
	if (!there) note(w, OP_RECEIVE, belief);
	w->doubted = false;
}

void load_send_again(struct run *run)
{
	for (int i = 0; i < run->client_count; i++) {
		struct client *client = &run->clients[i];

		for (size_t j = 0; j < client->count; j++)
			if (client->written[j].doubted) send_again(client, &client->written[j]);
		client->unsaved = false;
		for (size_t j = 0; j < SENT_AGAIN && j < client->count; j++)
			send_again(client, &client->written[random_below(&client->random, client->count)]);
	}
}
