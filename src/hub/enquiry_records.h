/*
 * What is kept beside an enquiry and raises no version: the contact log, oversight notes, who may see it where it is
 * restricted, and what is new since this person last opened it.
 */
#ifndef HUB_ENQUIRY_RECORDS_H
#define HUB_ENQUIRY_RECORDS_H

#include "hub/contact.h"
#include "hub/looked.h"
#include "hub/oversight.h"
#include "hub/restriction.h"

struct enquiry_records {
	struct contact_list contacts;    /* the latest CONTACTS_ON_RECORD */
	struct oversight_list oversight; /* the latest OVERSIGHT_ON_RECORD */
	struct restriction_view restriction;
	struct looked_news news;
};

NODISCARD bool enquiry_records(
	struct hub *, struct enquiry_id, bool restricted, struct enquiry_records *ret, struct error *);

/* Of one taken in just now: nothing stands beside it but, perhaps, a restriction. */
NODISCARD bool enquiry_records_new(
	struct hub *, struct enquiry_id, bool restricted, struct enquiry_records *ret, struct error *);

void enquiry_records_json(struct json *, const struct enquiry_records *);

#endif
