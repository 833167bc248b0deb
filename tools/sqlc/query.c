#include "sqlc/sqlc.h"

#include "db/sql_lex.h"

/* Where reading stands in a file of queries. */
struct reader {
	struct sqlc *sqlc;
	const struct sql_file *source;
	struct text rest;
	struct text line;
	int number;
	struct query *query; /* the one being read, or NULL */
	struct buffer purpose;
};

static bool next_line(struct reader *r)
{
	if (!text_split(&r->rest, '\n', &r->line)) return false;
	r->number++;
	return true;
}

static bool valid_name(struct text name)
{
	if (!name.len || name.len > NAME_BYTES || name.ptr[0] < 'a' || name.ptr[0] > 'z') return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
	}
	return true;
}

/* "-- NAME :CARD"; false where the line is something else. */
static bool header_line(struct text line, struct text *ret_name, struct text *ret_card)
{
	struct text rest = line;

	if (!text_starts(rest, TEXT("-- "))) return false;
	rest = text_trim(text_slice(rest, 3, rest.len));
	*ret_name = text_slice(rest, 0, text_index(rest, ' '));
	rest = text_trim(text_slice(rest, ret_name->len, rest.len));
	if (!text_starts(rest, TEXT(":"))) return false;
	*ret_card = text_slice(rest, 1, rest.len);
	return true;
}

static bool card_named(struct text name, enum cardinality *ret)
{
	static const char *const names[] = {"one", "find", "many", "exec"};

	for (size_t i = 0; i < 4; i++) {
		if (!text_is(name, names[i])) continue;
		*ret = (enum cardinality)i;
		return true;
	}
	return false;
}

static bool named_already(const struct sqlc *sqlc, struct text name)
{
	for (size_t i = 0; i < sqlc->queries.count; i++)
		if (text_equal(sqlc->queries.at[i].name, name)) return true;
	return false;
}

/* "limit int, viewer account_id" of an `in:` or `out:` line. */
static void read_types(struct reader *r, struct text list, struct query *query, bool in)
{
	struct text item;

	while (text_split(&list, ',', &item)) {
		struct text words = text_trim(item), name;
		struct named named = {.line = r->number};

		text_split(&words, ' ', &name);
		named.name = name;
		if (text_none(words) || !schema_type_named(r->sqlc, text_trim(words), &named.type)) {
			complain(r->sqlc, r->source->path, r->number, "'%.*s' is not a name and a type", TEXT_ARG(text_trim(item)));
			continue;
		}
		if (in)
			*LIST_ADD(r->sqlc->arena, &query->in) = named;
		else
			*LIST_ADD(r->sqlc->arena, &query->out) = named;
	}
}

static void read_row(struct reader *r, struct text name)
{
	if (!valid_name(name))
		complain(r->sqlc, r->source->path, r->number, "not a name for a row: '%.*s'", TEXT_ARG(name));
	else
		r->query->tag = name;
	r->query->row = text_ends(name, TEXT("_row")) ? text_slice(name, 0, name.len - 4) : name;
}

static void read_access(struct reader *r, struct text words)
{
	struct text who;

	text_split(&words, ',', &who);
	words = text_trim(words);
	if (!text_is(text_trim(who), "system") || !words.len)
		complain(r->sqlc, r->source->path, r->number, "access is said as 'system, REASON'");
	else
		r->query->system_access = words;
}

static bool directive(struct text comment, const char *name, struct text *ret_words)
{
	if (!text_starts(comment, text_of(name))) return false;
	*ret_words = text_trim(text_slice(comment, strlen(name), comment.len));
	return true;
}

static void read_comment(struct reader *r)
{
	struct text comment = text_trim(text_slice(r->line, 2, r->line.len)), words;

	if (directive(comment, "in:", &words))
		read_types(r, words, r->query, true);
	else if (directive(comment, "out:", &words))
		read_types(r, words, r->query, false);
	else if (directive(comment, "row:", &words))
		read_row(r, words);
	else if (directive(comment, "access:", &words))
		read_access(r, words);
	else
		buffer_printf(&r->purpose, "%s%.*s", r->purpose.len ? "\n" : "", TEXT_ARG(comment));
}

/* Cuts the SQL at its semicolon; what follows may only be blank or comment. */
static void cut_statement(struct reader *r, struct text sql)
{
	struct text rest = sql;
	struct sql_token token;

	while (sql_next(&rest, &token)) {
		if (!sql_is_mark(token, ';')) continue;
		r->query->sql = (struct text){sql.ptr, (size_t)(token.text.ptr - sql.ptr)};
		if (sql_next_solid(&rest, &token))
			complain(r->sqlc, r->source->path, sql_line(r->source->text, token.text.ptr),
				"%.*s: several statements in one query", TEXT_ARG(r->query->name));
		return;
	}
	complain(r->sqlc, r->source->path, r->query->line, "%.*s: missing ';' at the end", TEXT_ARG(r->query->name));
}

/* Reads what stands under a header: comments first, then SQL up to the next header. */
static void read_body(struct reader *r, struct query *query)
{
	struct text sql = TEXT_NONE, before = r->rest, name, card;
	const char *end = r->rest.ptr;

	r->query = query;
	buffer_clear(&r->purpose);
	while (next_line(r)) {
		if (header_line(r->line, &name, &card)) {
			r->rest = before;
			r->number--;
			break;
		}
		before = r->rest;
		end = r->line.ptr + r->line.len;
		if (text_none(sql) && text_starts(r->line, TEXT("--")))
			read_comment(r);
		else if (text_none(sql) && !text_blank(r->line)) {
			sql = r->line;
			query->sql_line = r->number;
		}
	}
	query->purpose = arena_text(r->sqlc->arena, buffer_text(&r->purpose));
	if (text_none(sql))
		complain(r->sqlc, r->source->path, query->line, "%.*s: no statement", TEXT_ARG(query->name));
	else
		cut_statement(r, (struct text){sql.ptr, (size_t)(end - sql.ptr)});
}

static void reader_init(struct reader *r, struct sqlc *sqlc, const struct sql_file *source)
{
	*r = (struct reader){.sqlc = sqlc, .source = source, .rest = source->text};
	buffer_init(&r->purpose, 1 << 16);
}

static void check_header(struct reader *r, struct query *query, struct text card)
{
	if (!valid_name(query->name))
		complain(r->sqlc, r->source->path, r->number, "not a name: '%.*s'", TEXT_ARG(query->name));
	if (!card_named(card, &query->card))
		complain(
			r->sqlc, r->source->path, r->number, "a query is :one, :find, :many or :exec, not ':%.*s'", TEXT_ARG(card));
	if (named_already(r->sqlc, query->name))
		complain(r->sqlc, r->source->path, r->number, "duplicate query name: %.*s", TEXT_ARG(query->name));
}

void query_read(struct sqlc *sqlc, size_t noun)
{
	const struct sql_file *source = &sqlc->nouns.at[noun];
	struct text card;
	struct reader r;

	reader_init(&r, sqlc, source);
	while (next_line(&r)) {
		struct query query = {.source = source, .noun = noun, .line = r.number};

		if (!header_line(r.line, &query.name, &card)) {
			if (!text_blank(r.line) && !text_starts(r.line, TEXT("--")))
				complain(sqlc, source->path, r.number, "SQL before the first '-- NAME :CARD'");
			continue;
		}
		check_header(&r, &query, card);
		read_body(&r, &query);
		*LIST_ADD(sqlc->arena, &sqlc->queries) = query;
	}
	buffer_release(&r.purpose);
}

static struct query *query_named(struct sqlc *sqlc, struct text name)
{
	for (size_t i = 0; i < sqlc->queries.count; i++)
		if (text_equal(sqlc->queries.at[i].name, name)) return &sqlc->queries.at[i];
	return NULL;
}

void query_read_override(struct sqlc *sqlc, const struct sql_file *source)
{
	struct text card;
	struct reader r;

	reader_init(&r, sqlc, source);
	while (next_line(&r)) {
		struct query query = {.source = source, .line = r.number}, *base;

		if (!header_line(r.line, &query.name, &card)) continue;
		read_body(&r, &query);
		base = query_named(sqlc, query.name);
		if (base)
			base->sql_postgresql = query.sql;
		else
			complain(sqlc, source->path, query.line, "%.*s overrides no query", TEXT_ARG(query.name));
	}
	buffer_release(&r.purpose);
}
