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

struct request_record {
	struct text request_kind;
	struct text from_whom;
	struct text matter;
	instant received_at; /* no value: now */
	instant due_at;
};

extern const struct input_type request_record_input;
NODISCARD bool request_record(struct hub *, const struct request_record *, struct text *ret_reference, struct error *);

/* Which request, and the version that stood on the page. */
struct on_request {
	struct text reference;
	int64_t version;
};

struct request_reply {
	struct on_request on;
	struct text request_answer;
};

extern const struct input_type request_reply_input;
NODISCARD bool request_reply(struct hub *, const struct request_reply *, struct error *);

struct request_correct {
	struct on_request on;
	instant due_at;
};

extern const struct input_type request_correct_input;
NODISCARD bool request_correct(struct hub *, const struct request_correct *, struct error *);

NODISCARD bool request_show(struct hub *, struct text reference, struct request_row *ret, struct error *);

struct request_list_ask {
	bool answered; /* those that were answered, the latest received first; else the open ones, the first due first */
	struct text cursor;
	int64_t limit; /* 0: REQUEST_PAGE_ROWS */
};

struct request_list {
	struct request_row *rows;
	size_t count;
	int64_t open;
	int64_t late;
	struct text next;
};

NODISCARD bool request_list(struct hub *, const struct request_list_ask *, struct request_list *ret, struct error *);
void request_list_json(struct json *, const struct request_list *);

#endif
