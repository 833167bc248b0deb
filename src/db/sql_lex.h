/*
 * SQL, cut into tokens: just enough for the dialect and for sqlc to know words from strings and comments.
 *
 * Invariants: tokens lie end to end, so copying every token's text gives the source back. Pure.
 */
#ifndef DB_SQL_LEX_H
#define DB_SQL_LEX_H

#include "base/text.h"

enum sql_kind {
	SQL_SPACE,
	SQL_COMMENT, /* "-- ..." without its line's end, or a block */
	SQL_STRING,  /* '...', "..." or $$...$$ */
	SQL_WORD,    /* names, keywords and numbers */
	SQL_PARAMETER,
	SQL_MARK, /* one byte of punctuation */
};

struct sql_token {
	enum sql_kind kind;
	struct text text;
};

/* Cuts the next token off *rest; false at the end. */
bool sql_next(struct text *rest, struct sql_token *ret);

/* The same, passing over spaces and comments. */
bool sql_next_solid(struct text *rest, struct sql_token *ret);

bool sql_is_word(struct sql_token, const char *word); /* in any case */
bool sql_is_mark(struct sql_token, char mark);

/* The line, from 1, on which `place` stands; it points into `whole`. */
int sql_line(struct text whole, const char *place);

#endif
