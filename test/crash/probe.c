/*
 * Each way of asking, as a browser and as a program, about an enquiry that is in no client's ledger. While nothing can be
 * written all are answered with 503, in words, with when to try again and nothing of a record; afterwards as always.
 */
#include "crash.h"

#include <unistd.h>

#define PATIENCE_MS 30000
#define SENT_BYTES  512
#define CHILD       "Probationer"

/* "*" stands for the enquiry's reference, "^" for the form's token, "#" for another number each time. */
static const struct probe {
	const char *method, *path, *body;
	long usual;
} probes[] = {
	{"GET", "/enquiries/*", NULL, 200},
	{"GET", "/api/v1/enquiries/*", NULL, 200},
	{"GET", "/enquiries/*/contact", NULL, 200},
	{"GET", "/enquiries", NULL, 200},
	{"GET", "/api/v1/enquiries", NULL, 200},
	{"GET", "/caseload", NULL, 200},
	{"GET", "/api/v1/hub", NULL, 200},
	{"POST", "/find", "query=Ana&csrf=^", 200},
	{"POST", "/api/v1/find", "{\"query\":\"Ana\"}", 200},
	{"POST", "/enquiries/*/contact",
		"contact_kind=call&with_whom=school&reached=yes&said=probe+#&family_told=yes&csrf=^", 303},
	{"POST", "/api/v1/session", "{\"email\":\"person1@hub.example\",\"password\":\"a door with a fanlight over it\"}",
		201},
};

#define PROBE_COUNT (sizeof probes / sizeof probes[0])

/* What is said of it, one of these, in our own words. */
static const char *const sentences[] = {"could not be written down", "not saved", "Not saved",
	"cannot be reached just now", "cannot tell yet whether it was written down"};

static struct {
	char reference[32];
	int number;
} probed;

static void make_enquiry(struct run *run)
{
	static const char body[] = "{\"channel\":\"phone\",\"source_code\":\"2A\",\"concern\":\"neglect\",\"consent\":"
							   "\"obtained\",\"summary\":\"x\",\"children\":[{\"given_name\":\"Ana\",\"family_name\":"
							   "\"" CHILD "\"}]}";
	struct reply reply;
	const char *slash;

	ask(run, &run->receiver, "POST", "/api/v1/enquiries", body, &reply);
	slash = strrchr(reply.location, '/');
	snprintf(probed.reference, sizeof probed.reference, "%s", slash ? slash + 1 : "");
	if (reply.status != 201) wrong(run, "an enquiry to ask about was answered with %ld", reply.status);
	reply_release(&reply);
}

static void fill_in(const struct run *run, const char *pattern, char *into)
{
	struct buffer out;

	buffer_init(&out, SENT_BYTES);
	for (; pattern && *pattern; pattern++) {
		switch (*pattern) {
		case '*': buffer_append(&out, text_of(probed.reference)); break;
		case '^': buffer_append(&out, text_of(run->manager.csrf)); break;
		case '#': buffer_printf(&out, "%d", ++probed.number); break;
		default: buffer_char(&out, *pattern);
		}
	}
	snprintf(into, SENT_BYTES, "%.*s", TEXT_ARG(buffer_text(&out)));
	buffer_release(&out);
}

static long ask_once(struct run *run, const struct probe *probe, struct reply *reply)
{
	char path[SENT_BYTES], body[SENT_BYTES];
	bool signs_in = strcmp(probe->path, "/api/v1/session") == 0;

	fill_in(run, probe->path, path);
	fill_in(run, probe->body, body);
	ask(run, signs_in ? NULL : &run->manager, probe->method, path, probe->body ? body : NULL, reply);
	return reply->status;
}

static bool in_words(const struct reply *reply)
{
	for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++)
		if (says(reply, sentences[i])) return true;
	return false;
}

static void check_refusal(struct run *run, const char *method, const char *path, const struct reply *reply)
{
	const char *type = strncmp(path, "/api/", 5) == 0 ? "application/problem+json" : "text/html";
	struct text body = buffer_text(&reply->body);
	const char *heading = memmem(body.ptr, body.len, "<h1", 3);

	if (heading) body = (struct text){heading, body.len - (size_t)(heading - body.ptr)};
	if (!reply->retry_after) wrong(run, "%s %s: 503 does not say when to try again", method, path);
	if (says(reply, CHILD)) wrong(run, "%s %s: 503 shows who it is about", method, path);
	if (strncmp(reply->content_type, type, strlen(type)) != 0)
		wrong(run, "%s %s: 503 is %s", method, path, reply->content_type);
	if (!in_words(reply))
		wrong(run, "%s %s: 503 has no words for it: %.*s", method, path, (int)(body.len < 160 ? body.len : 160),
			body.ptr);
}

/* There may be room for a little at first: it is asked until there is none. */
static void until_refused(struct run *run, const struct probe *probe)
{
	long status = 0;

	for (int waited = 0; (!status || status == probe->usual) && waited < PATIENCE_MS; waited += 2) {
		struct reply reply;

		status = ask_once(run, probe, &reply);
		if (status == 503) check_refusal(run, probe->method, probe->path, &reply);
		if (status != 503 && status != probe->usual)
			wrong(run, "%s %s: %ld while nothing can be written", probe->method, probe->path, status);
		reply_release(&reply);
		usleep(2000);
	}
	if (status == probe->usual)
		wrong(run, "%s %s: never refused while nothing can be written", probe->method, probe->path);
}

static void sign_in_until_refused(struct run *run)
{
	struct reply reply;
	long status = 0;

	for (int waited = 0; (!status || status == 303) && waited < PATIENCE_MS; waited += 100) {
		ask_to_sign_in(run, &run->manager, &reply);
		status = reply.status;
		if (status == 503) check_refusal(run, "POST", "/sign-in", &reply);
		if (status != 503 && status != 303) wrong(run, "/sign-in: %ld while nothing can be written", status);
		reply_release(&reply);
	}
	if (status == 303) wrong(run, "/sign-in: never refused while nothing can be written");
}

void probe_begin(struct run *run)
{
	make_enquiry(run);
	probe_usual(run);
}

void probe_unwritable(struct run *run)
{
	for (size_t i = 0; i < PROBE_COUNT; i++) until_refused(run, &probes[i]);
	sign_in_until_refused(run);
}

void probe_usual(struct run *run)
{
	struct reply reply;

	for (size_t i = 0; i < PROBE_COUNT; i++) {
		if (ask_once(run, &probes[i], &reply) != probes[i].usual)
			wrong(run, "%s %s: %ld where nothing is wrong", probes[i].method, probes[i].path, reply.status);
		reply_release(&reply);
	}
}

/* A page whose connection is cut at the COMMIT of its view: until it was this one, and not a chore's. */
void probe_cut(struct run *run, enum cut cut)
{
	static const struct probe page = {"GET", "/enquiries/*", NULL, 200};
	const char *words = cut == CUT_BEFORE_COMMIT ? NULL : "cannot tell yet whether it was written down";
	struct reply reply;
	long status = 200;

	for (int tries = 0; status == 200 && tries < 100; tries++) {
		proxy_cut(cut, 1);
		status = ask_once(run, &page, &reply);
		if (status == 503) check_refusal(run, page.method, page.path, &reply);
		if (status != 200 && status != 503) wrong(run, "a page that was cut answered %ld", status);
		if (status == 503 && words && !says(&reply, words)) status = 200;
		reply_release(&reply);
	}
	proxy_cut(CUT_COUNT, 0);
	if (status == 200) wrong(run, "a page that is cut at its COMMIT is shown");
}
