/*
 * Words of EDT's list, and of the ledger on an enquiry's page.
 */
#ifndef WEB_EDT_H
#define WEB_EDT_H

#include "hub/edt.h"
#include "web/steps.h"

struct text edt_title(enum edt_part);

/* "Nothing is red." */
struct text edt_empty(enum edt_part);

/* The rows of a part that the page of all parts shows. */
struct edt_list edt_first(const struct edt_list *);

/* When EDT takes over, or until when it is on. */
struct text edt_standing(struct arena *, const struct edt_view *);

/* "Immediate danger", "Injury or sexual harm" ... */
struct text edt_risk(const struct edt_row *);

/* "by the hub at close, Fri 3 July, 16:00, not accepted", "by Priya Nair ..., accepted by Bridget Osei 16:05"; or no value */
struct text edt_ledger(struct arena *, const struct edt_row *);
struct text edt_ledger_line(struct arena *, const struct duty_hand_over_line *);

/* Where a row leads: to screening where that is this person's work, else to the enquiry. */
struct text edt_href(const struct hub *, const struct edt_row *);

#endif
