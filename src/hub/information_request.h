/*
 * Information requests: of a court, Cafcass or for an education, health and care plan. They have references and due
 * dates of their own and are no enquiries: no count of the hub has them.
 *
 * Source: domain.md, "Outcomes (per child)".
 */
#ifndef HUB_INFORMATION_REQUEST_H
#define HUB_INFORMATION_REQUEST_H

#include "hub/hub.h"
#include "rules/input.h"
#include "sql/information_request.h"

#define REQUEST_PAGE_ROWS 25

struct information_request_take {
	struct text request_kind;
	struct text from_whom;
	struct text matter;
	instant received_at; /* no value: now */
	instant due_at;
};

extern const struct input_type information_request_take_input;
NODISCARD bool information_request_take(
	struct hub *, const struct information_request_take *, struct text *ret_reference, struct error *);

/* Which request, and the version that stood on the page. */
struct on_request {
	struct text reference;
	int64_t version;
};

struct information_request_answer {
	struct on_request on;
	struct text request_answer;
};

extern const struct input_type information_request_answer_input;
NODISCARD bool information_request_answer(struct hub *, const struct information_request_answer *, struct error *);

struct information_request_correct {
	struct on_request on;
	instant due_at;
};

extern const struct input_type information_request_correct_input;
NODISCARD bool information_request_correct(struct hub *, const struct information_request_correct *, struct error *);

NODISCARD bool information_request_show(struct hub *, struct text reference, struct asked_row *ret, struct error *);

struct information_request_ask {
	bool answered; /* those that were answered, the latest received first; else the open ones, the first due first */
	struct text cursor;
	int64_t limit; /* 0: REQUEST_PAGE_ROWS */
};

struct information_request_list {
	struct asked_row *rows;
	size_t count;
	int64_t open;
	int64_t late;
	struct text next;
};

NODISCARD bool information_request_list(
	struct hub *, const struct information_request_ask *, struct information_request_list *ret, struct error *);
void information_request_list_json(struct json *, const struct information_request_list *);

#endif
