/*
 * What stands for one person: the banner on every page, the list of it, and the answer to one.
 *
 * An alarm is answered once, by one of those it is for; it then makes no sound for any of them and stands on, with who
 * answered it, until what it is about is done.
 */
#ifndef HUB_ALARM_VIEW_H
#define HUB_ALARM_VIEW_H

#include "hub/hub.h"
#include "rules/input.h"
#include "sql/alarm.h"

#define ALARM_BANNER_ROWS 3
#define ALARM_PAGE_ROWS   25

struct alarm_list {
	struct alarm_line *rows; /* the most urgent first */
	size_t count;
	struct alarm_id next; /* the cursor of the page after; 0: this is the last */
	int64_t standing;
	int64_t unacknowledged;
	struct alarm_id latest; /* the latest of all that stand; 0 for none */
	bool sound;             /* this person wants to hear them */
	instant now;
};

/* Whether this person's role is ever alarmed: others have no banner and ask for nothing. */
bool alarms_have(const struct hub *);

/* The first few, for a page that shows something else. */
NODISCARD bool alarm_banner(struct hub *, struct alarm_list *ret, struct error *);

/* A page of them after this one (0: from the first). */
NODISCARD bool alarm_list(struct hub *, struct alarm_id after, struct alarm_list *ret, struct error *);

/* What stands in all, and in `news` what rose after `since` and nobody has answered: cheap, to be asked every few seconds. */
NODISCARD bool alarm_news_since(
	struct hub *, struct alarm_id since, struct alarm_list *ret, struct alarm_news_rows *news, struct error *);

/* Answers one: again, by whomever, changes nothing. DENIED where it is not for the actor. */
NODISCARD bool alarm_acknowledge(struct hub *, struct alarm_id, struct alarm_one *ret, struct error *);

struct alarm_sound {
	struct text alarm_sound; /* yes or no */
};
extern const struct input_type alarm_sound_input;

/* Whether this person hears their alarms. */
NODISCARD bool alarm_sound_choose(struct hub *, const struct alarm_sound *, struct error *);

#endif
