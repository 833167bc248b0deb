/*
 * A database and a hub of paper, so that the server is tested without either: a writer thread that "syncs" what it is
 * told, one session, and counts of what was written.
 */
#ifndef TEST_HTTP_STUB_H
#define TEST_HTTP_STUB_H

#include "hub/following.h"
#include "hub/session.h"
#include "hub/submission.h"

#define STUB_TOKEN "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define STUB_CSRF  "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
#define STUB_FORM  "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"

struct stub {
	int64_t change_number;
	int64_t followed_number; /* of what the page of enquiry SEEN follows */
	_Atomic int followings;  /* times that was looked for */
	_Atomic int outcome;     /* enum db_outcome that every sync gives */
	_Atomic int kept;        /* jobs that kept something */
	_Atomic int refused;     /* refusals written on the access log */
	_Atomic int views;       /* views written on it */
	_Atomic int no_views;    /* none can be written */
	_Atomic int full;        /* the writer's queue takes nothing */
	_Atomic int wants_touch; /* sessions want to be kept alive */
	_Atomic int touched;
	_Atomic int runs_twice; /* every job is run again from the start */
};

extern struct stub stub;

struct db *stub_db_start(void);
void stub_db_stop(struct db *);

#endif
