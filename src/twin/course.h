/*
 * Course: what an invented enquiry is about, how it goes through the hub and how it ends, drawn at its receipt.
 *
 * Shares are those of the 2015 file: who tells, of what, 40% domestic abuse and nearly 70% of its notifications not necessary, 98% in
 * time. Times keep the hub's hours, and those of the emergency duty team for what can't wait. Pure.
 */
#ifndef TWIN_COURSE_H
#define TWIN_COURSE_H

#include "rules/clock.h"
#include "twin/draw.h"
#include "twin/family.h"

/* How far one has come that stands open at the hub's present; the last is all the way. */
enum course_stage {
	COURSE_RECEIVED,
	COURSE_SCREENED,
	COURSE_ALLOCATED,
	COURSE_HELD,
	COURSE_RECOMMENDED,
	COURSE_DECIDED, /* a hand-over waits */
	COURSE_CLOSED,
};

struct told {
	const char *source; /* codes */
	const char *channel;
	const char *concern;
	const char *role; /* the referrer's */
	bool domestic_abuse_notification;
	bool danger;
};

struct course {
	instant received;
	instant screening_due;
	instant due;
	instant screened;
	instant allocated;
	instant recommended; /* or the screen-out proposed */
	instant ended;
	instant closed;
	enum rag rag;
	enum course_stage stage;
	bool screened_out;
	bool by_night; /* red, while the hub is closed: the emergency duty team's */
	bool necessary;
	bool hands_over; /* at least one child goes on to somebody */
	enum outcome outcomes[FAMILY_CHILDREN_MOST];
};

void told_draw(struct draw *, struct told *ret);

struct course_drawing {
	struct draw *draw;
	const struct policy *policy;
	const struct told *told;
	instant received;
	instant until; /* the hub's present */
	double pace; /* of the time there is, how much is used: 1 is ordinary, less for more enquiries by the same people */
	enum course_stage stage;
	size_t children;
};
void course_draw(const struct course_drawing *, struct course *ret);

#endif
