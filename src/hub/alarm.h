/*
 * Alarm: what somebody must see to now. It stands on every page of whom it is for from its time until what it is about
 * is done; acknowledging it ends its sound, not the alarm.
 *
 * Each rise is one row, and one entry in the outbox of the same stable id in the same transaction: asking again makes
 * nothing, whoever asks. When the shift ends while it stands it also goes to who is on duty next (alarm_pass_on).
 *
 * Source: domain.md, "immediate danger", "held", "The clock".
 */
#ifndef HUB_ALARM_H
#define HUB_ALARM_H

#include "hub/duty.h"
#include "hub/hub.h"
#include "sql/alarm.h"

/* Whom it is for: 1 who is on duty for it, 2 higher. */
enum alarm_level { ALARM_ON_DUTY = 1, ALARM_HIGHER = 2 };

struct alarm_raise {
	enum alarm_kind kind;
	int level;
	struct enquiry_id enquiry; /* 0: not about one; else whom it is for sees that record */
	int64_t subject;           /* the row it is about, or an instant: with kind and level says which alarm this is */
	struct text words;         /* in a sentence; no names and nothing that was said */
	instant due_at;            /* when it had to rise */
	const struct duty_people *whom; /* nobody: it stands, and goes to who comes on duty next */
};

/* Once for one kind, subject, level and due_at; while one stands, whoever of `whom` doesn't have it yet gets it. */
NODISCARD bool alarm_raise(struct hub *, const struct alarm_raise *, struct error *);

/* Ends those that stand of any level, saying why in a few words; nothing where none does. */
NODISCARD bool alarm_end(struct hub *, enum alarm_kind, int64_t subject, const char *why, struct error *);

/* What the watch (alarm_watch.h) does with rows it has found: ends one, or tells one to somebody new on duty. */
NODISCARD bool alarm_end_one(struct hub *, const struct alarm_to_end *, struct error *);
NODISCARD bool alarm_tell_next(struct hub *, const struct alarm_not_told_row *, struct account_id, struct error *);

#endif
