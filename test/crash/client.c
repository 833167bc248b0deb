#include "crash.h"

#include <stdlib.h>

#define BODY_BYTES      ((size_t)4 << 20)
#define PATIENCE_MS     30000L
#define PASSWORD_IN_URL "a+door+with+a+fanlight+over+it"

void reply_release(struct reply *reply)
{
	buffer_release(&reply->body);
}

static size_t take_body(char *bytes, size_t one, size_t len, void *into)
{
	struct reply *reply = into;

	buffer_bytes(&reply->body, bytes, one * len);
	return reply->body.overflowed ? 0 : one * len;
}

static void keep_line(char *into, size_t room, const char *line, size_t len)
{
	while (len && (line[len - 1] == '\r' || line[len - 1] == '\n')) len--;
	snprintf(into, room, "%.*s", (int)len, line);
}

static size_t take_header(char *line, size_t one, size_t count, void *into)
{
	struct reply *reply = into;
	size_t len = one * count;

	if (len > 10 && strncasecmp(line, "Location: ", 10) == 0)
		keep_line(reply->location, sizeof reply->location, line + 10, len - 10);
	if (len > 14 && strncasecmp(line, "Content-Type: ", 14) == 0)
		keep_line(reply->content_type, sizeof reply->content_type, line + 14, len - 14);
	if (len > 7 && strncasecmp(line, "ETag: \"", 7) == 0) reply->version = strtoll(line + 7, NULL, 10);
	if (len > 13 && strncasecmp(line, "Retry-After: ", 13) == 0) reply->retry_after = strtoll(line + 13, NULL, 10);
	return len;
}

static bool request(CURL *curl, const struct run *run, const char *method, const char *path, struct reply *reply)
{
	char url[512];
	CURLcode got;

	*reply = (struct reply){0};
	buffer_init(&reply->body, BODY_BYTES);
	snprintf(url, sizeof url, "http://127.0.0.1:%d%s", run->port, path);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, method);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	/* On a connection that was used before it would send again by itself, and nobody would know. */
	curl_easy_setopt(curl, CURLOPT_FRESH_CONNECT, 1L);
	curl_easy_setopt(curl, CURLOPT_FORBID_REUSE, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, PATIENCE_MS);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, reply);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, reply);
	got = curl_easy_perform(curl);
	if (got == CURLE_OK) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply->status);
	reply->unsent = got == CURLE_COULDNT_CONNECT;
	return got == CURLE_OK;
}

bool says(const struct reply *reply, const char *words)
{
	struct text body = buffer_text(&reply->body);

	return memmem(body.ptr, body.len, words, strlen(words)) != NULL;
}

static enum belief belief_of(struct reply *reply)
{
	if (reply->unsent) return BELIEF_NOT_SENT;
	if (reply->status == 0 || reply->status == 500) return BELIEF_UNKNOWN;
	if (reply->status == 503) return says(reply, "we cannot tell yet") ? BELIEF_UNKNOWN : BELIEF_NOT_SAVED;
	if (reply->status < 300) return BELIEF_DONE;
	if (reply->status == 409 && says(reply, "\"REFUSED\"")) return BELIEF_REFUSED;
	return BELIEF_SURPRISED;
}

static struct curl_slist *header(struct curl_slist *list, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
static struct curl_slist *header(struct curl_slist *list, const char *format, ...)
{
	char line[400];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	return curl_slist_append(list, line);
}

enum belief send_op(struct client *client, const struct session *session, const char *method, const char *path,
	const char *key, int64_t version, const char *body, struct reply *reply)
{
	struct curl_slist *headers = header(NULL, "Cookie: %s", session->cookie);

	headers = header(headers, "X-CSRF-Token: %s", session->csrf);
	headers = header(headers, "Content-Type: application/json");
	headers = header(headers, "Expect:");
	if (key) headers = header(headers, "Idempotency-Key: %s", key);
	if (version) headers = header(headers, "If-Match: \"%lld\"", (long long)version);
	curl_easy_reset(client->curl);
	curl_easy_setopt(client->curl, CURLOPT_HTTPHEADER, headers);
	if (body) curl_easy_setopt(client->curl, CURLOPT_POSTFIELDS, body);
	(void)request(client->curl, client->run, method, path, reply);
	curl_slist_free_all(headers);
	if (reply->status == 0) client->unanswered = true;
	if (reply->status >= 500 && says(reply, "we cannot tell yet whether")) client->run->totals.cannot_tell++;
	return belief_of(reply);
}

/* What stands between `before` and the next quote, from the first place of `from` on. */
static bool between(const char *page, const char *from, const char *before, char *into, size_t room)
{
	const char *at = page ? strstr(page, from) : NULL;
	size_t len;

	at = at ? strstr(at, before) : NULL;
	if (!at) return false;
	at += strlen(before);
	len = strcspn(at, "\"");
	snprintf(into, room, "%.*s", (int)len, at);
	return len > 0;
}

/* "name=value; name=value", from the lines of Netscape's format: name and value are the last two of seven. */
static void keep_cookies(CURL *curl, struct session *session)
{
	struct curl_slist *cookies = NULL;
	size_t len = 0;

	curl_easy_getinfo(curl, CURLINFO_COOKIELIST, &cookies);
	session->cookie[0] = '\0';
	for (struct curl_slist *line = cookies; line; line = line->next) {
		const char *value = strrchr(line->data, '\t'), *name = value;

		while (name && name > line->data && name[-1] != '\t') name--;
		if (!name) continue;
		len += (size_t)snprintf(session->cookie + len, sizeof session->cookie - len, "%s%.*s=%s", len ? "; " : "",
			(int)(value - name), name, value + 1);
	}
	curl_slist_free_all(cookies);
}

static bool page(CURL *curl, struct run *run, const char *method, const char *path, struct reply *reply)
{
	if (!request(curl, run, method, path, reply)) return false;
	buffer_char(&reply->body, '\0');
	return true;
}

/* What the form was answered with; where there was none, that. */
static bool send_sign_in(CURL *curl, struct run *run, const struct session *session, struct reply *reply)
{
	char form[512], csrf[160];

	curl_easy_setopt(curl, CURLOPT_COOKIEFILE, "");
	if (!page(curl, run, "GET", "/sign-in", reply) ||
		!between(buffer_text(&reply->body).ptr, "name=\"csrf\"", "value=\"", csrf, sizeof csrf))
		return false;
	reply_release(reply);
	snprintf(form, sizeof form, "email=%s&password=" PASSWORD_IN_URL "&csrf=%s", session->email, csrf);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form);
	return page(curl, run, "POST", "/sign-in", reply);
}

void ask_to_sign_in(struct run *run, const struct session *session, struct reply *reply)
{
	CURL *curl = curl_easy_init();

	(void)send_sign_in(curl, run, session, reply);
	curl_easy_cleanup(curl);
}

static bool sign_in_with(CURL *curl, struct run *run, struct session *session)
{
	struct reply reply;
	bool ok = send_sign_in(curl, run, session, &reply) && reply.status == 303;

	reply_release(&reply);
	if (!ok) return false;
	curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
	ok = page(curl, run, "GET", "/api/v1/session", &reply) &&
		 between(buffer_text(&reply.body).ptr, "\"csrf\"", ":\"", session->csrf, sizeof session->csrf);
	reply_release(&reply);
	if (ok) keep_cookies(curl, session);
	return ok;
}

bool sign_in(struct run *run, struct session *session)
{
	CURL *curl = curl_easy_init();
	bool ok = sign_in_with(curl, run, session);

	curl_easy_cleanup(curl);
	if (!ok) wrong(run, "%s could not sign in", session->email);
	return ok;
}

bool sign_in_all(struct run *run)
{
	for (int i = 0; i < run->client_count; i++)
		if (!sign_in(run, &run->clients[i].worker)) return false;
	return sign_in(run, &run->receiver) && sign_in(run, &run->manager);
}

void ask(struct run *run, const struct session *session, const char *method, const char *path, const char *body,
	struct reply *reply)
{
	bool api = strncmp(path, "/api/", 5) == 0;
	struct curl_slist *headers = header(NULL, "Expect:");
	CURL *curl = curl_easy_init();

	if (session) headers = header(headers, "Cookie: %s", session->cookie);
	if (session) headers = header(headers, "X-CSRF-Token: %s", session->csrf);
	headers = header(headers, "Content-Type: application/%s", api ? "json" : "x-www-form-urlencoded");
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	if (body) curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	(void)request(curl, run, method, path, reply);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
}
