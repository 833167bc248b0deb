#include "play.h"

struct request {
	struct text method, path, body;
	const char *type; /* of the body; NULL: no body */
	struct curl_slist *headers;
	bool token_given;
};

static size_t take_bytes(char *bytes, size_t one, size_t len, void *into)
{
	struct buffer *buffer = into;

	buffer_bytes(buffer, bytes, one * len);
	return buffer->overflowed ? 0 : one * len;
}

static struct person *find_person(struct play *play, struct text name)
{
	for (size_t i = 0; i < play->person_count; i++)
		if (text_equal(play->people[i].name, name)) return &play->people[i];
	return NULL;
}

void person_add(struct play *play, struct text email, struct text password)
{
	struct text name = arena_text(&play->arena, text_slice(email, 0, text_index(email, '@')));
	struct person *person = find_person(play, name);

	if (!person && play->person_count < PEOPLE_MOST) person = &play->people[play->person_count++];
	if (!person) return;
	person->name = name;
	person->email = arena_text(&play->arena, email);
	person->password = arena_text(&play->arena, password);
}

bool person_leave(struct play *play, struct text names, struct error *err)
{
	while (!text_blank(names)) {
		struct text name = take_word(&names);
		struct person *person = find_person(play, name);

		if (!person) return error_invalid(err, "there is no %.*s", TEXT_ARG(name));
		if (person->curl) curl_easy_cleanup(person->curl);
		person->curl = NULL;
	}
	return true;
}

void people_leave(struct play *play)
{
	for (size_t i = 0; i < play->person_count; i++)
		if (play->people[i].curl) curl_easy_cleanup(play->people[i].curl);
	play->person_count = 0;
}

/* The value of the page's hidden field `csrf`. */
static struct text hidden_csrf(struct text page)
{
	const char *field = memmem(page.ptr, page.len, "name=\"csrf\"", 11), *value;
	struct text rest;

	if (!field) return TEXT("");
	while (field > page.ptr && *field != '<') field--;
	rest = text_slice(page, (size_t)(field - page.ptr), page.len);
	rest = text_slice(rest, 0, text_index(rest, '>'));
	value = memmem(rest.ptr, rest.len, "value=\"", 7);
	if (!value) return TEXT("");
	rest = text_slice(rest, (size_t)(value + 7 - rest.ptr), rest.len);
	return text_slice(rest, 0, text_index(rest, '"'));
}

/* One request as this person; the answer is the last one. */
static bool send_request(struct play *play, struct person *person, const struct request *request, struct error *err)
{
	struct text url = arena_printf(&play->arena, "%.*s%.*s", TEXT_ARG(play->base_url), TEXT_ARG(request->path));
	BUFFER_SCOPE headers;
	BUFFER_SCOPE body;
	CURLcode got;
	long status;

	buffer_init(&headers, ANSWER_BYTES);
	buffer_init(&body, ANSWER_BYTES);
	curl_easy_setopt(person->curl, CURLOPT_URL, url.ptr);
	curl_easy_setopt(person->curl, CURLOPT_CUSTOMREQUEST, arena_cstr(&play->arena, request->method));
	curl_easy_setopt(person->curl, CURLOPT_NOBODY, (long)text_is(request->method, "HEAD"));
	curl_easy_setopt(person->curl, CURLOPT_HTTPHEADER, request->headers);
	if (request->type) {
		curl_easy_setopt(person->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body.len);
		curl_easy_setopt(person->curl, CURLOPT_COPYPOSTFIELDS, request->body.ptr);
	} else {
		curl_easy_setopt(person->curl, CURLOPT_HTTPGET, 1L);
		curl_easy_setopt(person->curl, CURLOPT_NOBODY, (long)text_is(request->method, "HEAD"));
	}
	curl_easy_setopt(person->curl, CURLOPT_HEADERFUNCTION, take_bytes);
	curl_easy_setopt(person->curl, CURLOPT_HEADERDATA, &headers);
	curl_easy_setopt(person->curl, CURLOPT_WRITEFUNCTION, take_bytes);
	curl_easy_setopt(person->curl, CURLOPT_WRITEDATA, &body);
	got = curl_easy_perform(person->curl);
	if (got != CURLE_OK) return error_failed(err, "%.*s: %s", TEXT_ARG(request->path), curl_easy_strerror(got));
	curl_easy_getinfo(person->curl, CURLINFO_RESPONSE_CODE, &status);
	answer_take(
		play, status, arena_text(&play->arena, buffer_text(&headers)), arena_text(&play->arena, buffer_text(&body)));
	if (hidden_csrf(play->last.body).len) person->csrf = hidden_csrf(play->last.body);
	return true;
}

static bool get(struct play *play, struct person *person, struct text path, struct error *err)
{
	return send_request(play, person, &(struct request){.method = TEXT("GET"), .path = path}, err);
}

static struct text url_escaped(struct play *play, struct text given)
{
	char *escaped = curl_easy_escape(NULL, given.ptr, (int)given.len);
	struct text kept = arena_text(&play->arena, text_of(escaped));

	curl_free(escaped);
	return given.len ? kept : TEXT("");
}

static bool sign_in(struct play *play, struct person *person, struct error *err)
{
	struct request form = {
		.method = TEXT("POST"), .path = TEXT("/sign-in"), .type = "application/x-www-form-urlencoded"};
	json_t *csrf;
	bool sent;

	if (!get(play, person, TEXT("/sign-in"), err)) return false;
	form.body =
		arena_printf(&play->arena, "email=%.*s&password=%.*s&csrf=%.*s", TEXT_ARG(url_escaped(play, person->email)),
			TEXT_ARG(url_escaped(play, person->password)), TEXT_ARG(url_escaped(play, hidden_csrf(play->last.body))));
	form.headers = curl_slist_append(NULL, "Content-Type: application/x-www-form-urlencoded");
	sent = send_request(play, person, &form, err);
	curl_slist_free_all(form.headers);
	if (!sent) return false;
	if (play->last.status != 303) return error_failed(err, "sign-in answered %ld", play->last.status);
	if (!get(play, person, TEXT("/api/v1/session"), err)) return false;
	csrf = json_object_get(play->last.json, "csrf");
	person->csrf = arena_text(&play->arena, text_of(json_string_value(csrf)));
	return !text_none(person->csrf) || error_failed(err, "/api/v1/session has no csrf");
}

static bool ready(struct play *play, struct text name, struct person **ret, struct error *err)
{
	struct person *person;

	if (text_is(name, "nobody")) person_add(play, TEXT("nobody"), TEXT_NONE);
	person = find_person(play, name);
	if (!person) return error_invalid(err, "there is no %.*s", TEXT_ARG(name));
	if (!server_start(play, err)) return false;
	*ret = person;
	if (person->curl) return true;
	person->curl = curl_easy_init();
	curl_easy_setopt(person->curl, CURLOPT_COOKIEFILE, "");
	curl_easy_setopt(person->curl, CURLOPT_TIMEOUT, 60L);
	person->csrf = TEXT("");
	return text_is(name, "nobody") || sign_in(play, person, err);
}

bool person_csrf(struct play *play, struct text name, struct text *ret, struct error *err)
{
	struct person *person;

	if (!ready(play, name, &person, err)) return false;
	*ret = person->csrf;
	return true;
}

/* As a Cookie header has them, from the lines of Netscape's format: name and value are the last two of seven. */
bool person_cookies(struct play *play, struct text name, struct text *ret, struct error *err)
{
	struct curl_slist *cookies;
	struct person *person;
	BUFFER_SCOPE out;

	buffer_init(&out, ANSWER_BYTES);
	if (!ready(play, name, &person, err)) return false;
	curl_easy_getinfo(person->curl, CURLINFO_COOKIELIST, &cookies);
	for (struct curl_slist *line = cookies; line; line = line->next) {
		struct text rest = text_of(line->data), part[7];

		for (size_t i = 0; i < 7; i++)
			if (!text_split(&rest, '\t', &part[i])) part[i] = TEXT("");
		buffer_printf(&out, "%s%.*s=%.*s", out.len ? "; " : "", TEXT_ARG(part[5]), TEXT_ARG(part[6]));
	}
	curl_slist_free_all(cookies);
	*ret = arena_text(&play->arena, buffer_text(&out));
	return true;
}

bool client_get(struct play *play, struct text name, struct text path, struct error *err)
{
	struct person *person;

	return ready(play, name, &person, err) && get(play, person, path, err);
}

static void add_header(struct play *play, struct request *request, struct text name, struct text value)
{
	struct text line = arena_printf(&play->arena, "%.*s: %.*s", TEXT_ARG(name), TEXT_ARG(value));

	request->headers = curl_slist_append(request->headers, line.ptr);
	if (text_equal_nocase(name, TEXT("X-CSRF-Token"))) request->token_given = true;
}

static void add_field(struct play *play, struct buffer *out, const char *name, json_t *value)
{
	struct text words = text_of(json_string_value(value));

	if (json_is_integer(value)) words = arena_printf(&play->arena, "%lld", (long long)json_integer_value(value));
	if (out->len) buffer_char(out, '&');
	buffer_append(out, url_escaped(play, text_of(name)));
	buffer_char(out, '=');
	buffer_append(out, url_escaped(play, words));
}

static struct text form_body(struct play *play, const struct person *person, json_t *fields)
{
	BUFFER_SCOPE out;
	const char *name;
	json_t *value, *one;
	size_t i;

	buffer_init(&out, ANSWER_BYTES);
	json_object_foreach(fields, name, value)
	{
		if (!json_is_array(value)) add_field(play, &out, name, value);
		json_array_foreach(value, i, one) add_field(play, &out, name, one);
	}
	if (!json_object_get(fields, "csrf") && person->csrf.len) {
		json_t *token = json_stringn(person->csrf.ptr, person->csrf.len);

		add_field(play, &out, "csrf", token);
		json_decref(token);
	}
	return arena_text(&play->arena, buffer_text(&out));
}

static bool take_body(
	struct play *play, const struct person *person, struct text *rest, struct request *request, struct error *err)
{
	struct text after = *rest, word = take_word(&after);
	json_t *json;

	if (text_is(word, "bytes")) {
		request->type = arena_cstr(&play->arena, take_word(&after));
		*rest = after;
		return take_value(play, rest, &request->body, err);
	}
	if (text_is(word, "form")) *rest = after;
	if (!text_is(word, "form") && !text_starts(word, TEXT("{")) && !text_starts(word, TEXT("["))) return true;
	after = *rest;
	if (!take_json(rest, &json, err)) return false;
	request->type = text_is(word, "form") ? "application/x-www-form-urlencoded" : "application/json";
	request->body = text_is(word, "form") ? form_body(play, person, json)
										  : text_trim(text_slice(after, 0, (size_t)(rest->ptr - after.ptr)));
	json_decref(json);
	return true;
}

static bool take_request(
	struct play *play, const struct person *person, struct text *rest, struct request *request, struct error *err)
{
	struct text after, word, value;

	request->method = take_word(rest);
	request->path = take_word(rest);
	for (after = *rest; word = take_word(&after), text_is(word, "with"); after = *rest) {
		*rest = after;
		word = take_word(rest);
		if (!text_ends(word, TEXT(":"))) return error_invalid(err, "with HEADER: VALUE");
		if (!take_value(play, rest, &value, err)) return false;
		add_header(play, request, text_slice(word, 0, word.len - 1), value);
	}
	if (!take_body(play, person, rest, request, err)) return false;
	if (request->type) add_header(play, request, TEXT("Content-Type"), text_of(request->type));
	if (!request->token_given && !text_is(request->method, "GET") && person->csrf.len &&
		!(request->type && strstr(request->type, "form")))
		add_header(play, request, TEXT("X-CSRF-Token"), person->csrf);
	return true;
}

bool client_request(struct play *play, struct text *rest, struct error *err)
{
	struct request request = {0};
	struct person *person;
	struct text expected;
	int64_t status;
	bool sent;

	if (!ready(play, take_word(rest), &person, err)) return false;
	sent = take_request(play, person, rest, &request, err) && send_request(play, person, &request, err);
	curl_slist_free_all(request.headers);
	if (!sent) return false;
	expected = take_word(rest);
	if (text_int(expected, &status) && status == play->last.status) return true;
	return error_invalid(err, "answered %ld, expected %.*s: %.*s", play->last.status, TEXT_ARG(expected),
		TEXT_ARG(text_slice(play->last.body, 0, 300)));
}
