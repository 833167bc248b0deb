/*
 * The watch: alarms that rise by the clock, end when what they are about is done, and go on to who is on duty next.
 *
 * Each source of alarms is a query of what is due and has not risen: an index tells it, so that a tick with ten
 * thousand enquiries waiting costs as little as one with none. Imports from files raise nothing themselves: what of
 * them still stands open rises here.
 */
#ifndef HUB_ALARM_WATCH_H
#define HUB_ALARM_WATCH_H

#include "hub/alarm.h"

/* Chores for hub/tick.c. */
NODISCARD bool alarms_over(struct hub *, struct error *);
NODISCARD bool alarms_over_due(struct hub *, bool *ret, struct error *);
NODISCARD bool alarms_rise(struct hub *, struct error *);
NODISCARD bool alarms_rise_due(struct hub *, bool *ret, struct error *);
NODISCARD bool alarms_pass_on(struct hub *, struct error *);
NODISCARD bool alarms_pass_on_due(struct hub *, bool *ret, struct error *);

/* Whom an alarm of this kind and level is for at hub->now. */
NODISCARD bool alarm_whom(struct hub *, enum alarm_kind, int level, struct duty_people *ret, struct error *);

/* Immediate danger given at receipt: risen in the transaction that takes the enquiry in. */
NODISCARD bool alarm_danger(struct hub *, struct enquiry_id, struct error *);

#endif
