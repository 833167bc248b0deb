/*
 * Recording an enquiry by hand: one form, checked on a second page, sent once.
 *
 * Nothing is kept between the pages: everything typed goes along in the form, so going back, adding or taking out a
 * child loses nothing and works without a script. The form carries an idempotency key, so sending it twice makes one
 * enquiry. The JSON twin of the sending takes the same members in one go.
 */
#ifndef WEB_RECORD_H
#define WEB_RECORD_H

#include "web/page.h"
#include "web/record_earlier.h"

/* By hand; a page of more would pass the most a page may hold. The JSON twin takes CHILDREN_MOST. */
#define RECORD_CHILDREN_MOST 20

/* What was typed so far, with a child taken out or one more put in: a source for the form and for decoding. */
struct draft {
	const struct request *req;
	size_t children;
	size_t without; /* this child is left out; DRAFT_ALL: none is */
	bool one_more;  /* the last child is new: where it lives and with whom is taken from the one before */
	bool decoding;  /* what stands for something else is said in full: anonymous is a source */
};

#define DRAFT_ALL SIZE_MAX

struct draft draft_of(const struct request *);
struct input_source draft_source(const struct draft *);
bool draft_anonymous(const struct request *);

struct record_child {
	size_t index;
	size_t number; /* as people count */
};

struct record_children {
	struct record_child *rows;
	size_t count;
};

struct record_view {
	struct form_state form;
	struct record_children children;
	bool more_concerns;    /* some are ticked beside the main one */
	struct text advice;    /* the advice it is recorded from, by its number; no value: none */
	struct text said;      /* what the form begins with, from that advice */
	struct text said_role; /* and who asked */
	struct arena *arena;
};

struct record_check_view {
	const struct record_view *record;
	const struct enquiry_receive *in;
	struct record_earlier earlier;
	struct arena *arena;
	instant now;
};

/* Everything typed, to be sent again with the next page. */
void record_carry(struct html *, const struct request *);

/* Names of what a child's part of the form holds: "child-3", "remove-child-2", "Child 3 of 4". */
struct text record_child_anchor(struct arena *, const struct record_child *);
struct text record_child_removal(struct arena *, const struct record_child *);
struct text record_child_heading(struct arena *, const struct record_view *, const struct record_child *);

/* Words of the page that checks. */
struct text record_received_words(const struct record_check_view *);
struct text record_referrer_words(const struct record_check_view *);
struct text record_child_words(const struct record_check_view *, size_t index);
struct text record_found_words(const struct record_check_view *, const struct enquiry_found *);
const struct child_receive *record_child_given(const struct record_check_view *, size_t index);

#endif
