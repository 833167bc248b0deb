/*
 * Drafts: what somebody is typing, kept until it is sent or thrown away. Nobody else sees it, whatever their role; its writer
 * does for as long as it is kept, also where the record it is about is shut to them since: the words are their own.
 *
 * A form that is opened has a key of its own and a page (the writer). The same form in two tabs is two drafts: a save from a
 * page that did not see the latest save of another one is kept beside it under a new key, never over it. What was sent leaves its
 * key behind, so that a save that was still on its way doesn't bring the words back and the same sent twice is known.
 *
 * No entry on an access log: nothing of a record is read or changed. Passwords are never in one.
 */
#ifndef HUB_DRAFT_H
#define HUB_DRAFT_H

#include "hub/hub.h"
#include "sql/draft.h"

#define DRAFT_DAYS       28 /* after the last save */
#define DRAFT_BACK_HOURS 24 /* a draft thrown away can be brought back */
#define DRAFT_BYTES_MOST                                                                                               \
	((size_t)768 << 10) /* of all fields with their names; a narrative of 65,536 bytes fits eleven times */
#define DRAFT_ADDRESS_MOST   400
#define DRAFT_TITLE_MOST     200
#define DRAFTS_MOST          200 /* of one person */
#define DRAFTS_SHOWN         100
#define DRAFT_KEY_CHARACTERS 32

struct draft_field {
	struct text name;
	struct text value;
};

struct draft_fields {
	struct draft_field *rows;
	size_t count;
};

struct draft_words {
	struct text key;     /* of the form as it was opened */
	struct text writer;  /* the page it is typed into */
	int64_t version;     /* of the draft as that page last knew it; 0: none yet */
	struct text address; /* where it is gone on with */
	struct text title;
	struct draft_fields fields;
	bool by_the_way; /* saved while typing: dropped where the form was sent meanwhile */
};

struct draft_kept {
	struct text key; /* another than asked where it is kept beside */
	int64_t version;
	instant saved_at;
	bool beside; /* another page has saved since: both are kept */
	bool sent;   /* the form was sent meanwhile: nothing was kept */
};

NODISCARD bool draft_keep(struct hub *, const struct draft_words *, struct draft_kept *ret, struct error *);

/* The form was taken: its words are in the record, in this transaction. */
struct draft_sending {
	struct text key;
	struct text writer;
	struct text address;
	struct text title;
	struct text hash; /* of what was sent */
	struct text led_to;
};
NODISCARD bool draft_sent(struct hub *, const struct draft_sending *, struct error *);

/* Where sending just this led before, or no value: it was not sent yet, or with other words. */
NODISCARD bool draft_sent_before(
	struct hub *, struct text key, struct text hash, struct text *ret_led_to, struct error *);

/* The actor's own. Another's is NOT_FOUND. */
NODISCARD bool drafts_standing(struct hub *, struct draft_standing_rows *ret, struct error *);
NODISCARD bool drafts_thrown(struct hub *, struct draft_standing_rows *ret, struct error *);
NODISCARD bool draft_get(struct hub *, struct draft_id, struct draft_row *ret, struct error *);
NODISCARD bool draft_fields_of(struct arena *, const struct draft_row *, struct draft_fields *ret, struct error *);

NODISCARD bool draft_throw_away(struct hub *, struct draft_id, struct draft_row *ret, struct error *);
NODISCARD bool draft_bring_back(struct hub *, struct draft_id, struct draft_row *ret, struct error *);

/* Housekeeping. */
NODISCARD bool drafts_purge(struct hub *, struct error *);

/* 32 hexadecimal characters for a key or a page. */
struct text draft_new_key(struct arena *, struct random_source *);

#endif
