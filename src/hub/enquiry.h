/*
 * Enquiry: taking one in, durably and once; and showing one.
 *
 * Source: domain.md, "Life of an enquiry", received. The same submission again (source system and external
 * reference) with the same content makes nothing; with other content it is further information.
 */
#ifndef HUB_ENQUIRY_H
#define HUB_ENQUIRY_H

#include "hub/child.h"
#include "rules/input.h"

struct enquiry_receive {
	struct text external_ref;
	struct text source_system; /* "" for a person at a form */
	struct text workstream;    /* key; no value: new */
	instant received_at;       /* no value: now */
	struct text channel;
	struct text source_code;
	struct text referrer_name;
	struct text referrer_role;
	struct text referrer_organisation;
	struct text referrer_email;
	struct text referrer_phone;
	struct text concern; /* codes with ';', the first is the main one */
	bool domestic_abuse_notification;
	bool immediate_danger;
	struct text consent;
	struct text summary;
	struct input_list children; /* of struct child_receive, in the order given */
};

extern const struct input_type enquiry_receive_input;

/* What one field can't know: dates against receipt, a child's two dates, somebody to speak of. Collects fields. */
NODISCARD bool enquiry_receive_check(const struct hub *, const struct enquiry_receive *, struct error *);

enum receipt { RECEIPT_NEW, RECEIPT_ALREADY_PRESENT, RECEIPT_FURTHER_INFORMATION };

/*
 * What was written of an enquiry that nothing else stands with: no danger, no restriction, and nobody who was known before
 * is, or may be, one of its children. Whoever may see it can be shown it from this (enquiry_view_made).
 */
struct enquiry_made {
	const struct enquiry_receive *in;
	struct episode episode;
	struct text workstream, title;        /* its key and its name */
	const struct child_written *children; /* in the order given */
};

struct received {
	enum receipt receipt;
	struct enquiry_id enquiry;
	struct text reference;
	struct text speak_to;            /* sent again by somebody who may not see it: its owner; no value otherwise */
	const struct enquiry_made *made; /* NULL: it has to be read; points to the input */
};

/* Checks and takes it in. The actor may be nobody's account but the operator's for files. */
NODISCARD bool enquiry_receive(struct hub *, const struct enquiry_receive *, struct received *ret, struct error *);

#endif
