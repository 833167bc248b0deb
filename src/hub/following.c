#include "hub/following.h"

#include "hub/episode.h"
#include "sql/happened.h"

bool following_enquiry(struct hub *hub, struct text reference, struct followed *ret, struct error *err)
{
	struct followed_persons_in persons_of = {.viewer = hub->actor.account};
	struct followed_enquiries_in others_of = {.viewer = hub->actor.account, .limit = FOLLOWED_MOST};
	struct followed_persons_rows persons;
	struct followed_enquiries_rows others;
	struct error missing = {0};

	*ret = (struct followed){0};
	if (!enquiry_find(hub, reference, &persons_of.enquiry, &missing)) {
		if (missing.kind == ERROR_NOT_FOUND) return true;
		*err = missing;
		return false;
	}
	others_of.enquiry = persons_of.enquiry;
	if (!followed_persons(hub->tx, &persons_of, &persons, err)) return false;
	if (!followed_enquiries(hub->tx, &others_of, &others, err)) return false;
	followed_add(ret, CHANGE_ENQUIRY, persons_of.enquiry.n);
	for (size_t i = 0; i < persons.count; i++) followed_add(ret, CHANGE_PERSON, persons.rows[i].person.n);
	for (size_t i = 0; i < others.count; i++) followed_add(ret, CHANGE_ENQUIRY, others.rows[i].enquiry.n);
	return true;
}
