#include "base/buffer.h"
#include "db/db.h"

#define URL_BYTES ((size_t)1 << 16)
#define HIDDEN    "xxx"

/* Where the user's part ends in what stands behind "//", wherever that is; its whole length where there is none. */
static size_t at_sign(struct text rest)
{
	size_t end = text_index(rest, '?'), last = rest.len;

	for (size_t i = 0; i < end; i++)
		if (rest.ptr[i] == '@') last = i;
	return last;
}

/* Of "user:password@" the password. */
static void write_user(struct buffer *out, struct text user)
{
	size_t colon = text_index(user, ':');

	buffer_append(out, text_slice(user, 0, colon));
	if (colon < user.len) buffer_literal(out, ":" HIDDEN);
}

/* Of "?a=b&password=c" the password's value. */
static void write_query(struct buffer *out, struct text query)
{
	struct text pair;
	char before = '?';

	while (text_split(&query, '&', &pair)) {
		struct text name = text_slice(pair, 0, text_index(pair, '='));
		bool hidden = text_ends(name, TEXT("password"));

		buffer_char(out, before);
		buffer_append(out, hidden ? name : pair);
		if (hidden) buffer_literal(out, "=" HIDDEN);
		before = '&';
	}
}

struct text db_url_shown(struct arena *arena, struct text url)
{
	enum db_engine engine;
	struct buffer out;
	struct text rest, shown;
	size_t head, user, query;

	if (!db_url_engine(url, &engine) || engine == DB_SQLITE) return url;
	buffer_init(&out, URL_BYTES);
	head = text_index(url, '/') + 2;
	rest = text_slice(url, head, url.len);
	buffer_append(&out, text_slice(url, 0, head));
	user = at_sign(rest);
	if (user < rest.len) write_user(&out, text_slice(rest, 0, user));
	rest = text_slice(rest, user < rest.len ? user : 0, rest.len);
	query = text_index(rest, '?');
	buffer_append(&out, text_slice(rest, 0, query));
	if (query < rest.len) write_query(&out, text_slice(rest, query + 1, rest.len));
	shown = arena_text(arena, buffer_text(&out));
	buffer_release(&out);
	return shown;
}
