/*
 * Duty: the rota, deputies, absences and hours, as pages.
 *
 * Their forms are alike: a few fields of an input type, a person chosen among those who have a place on the rota. Each is a
 * row of a table in its own file; how it is shown is one template.
 */
#ifndef WEB_DUTY_H
#define WEB_DUTY_H

#include "html/inputs.h"
#include "hub/absence.h"
#include "hub/deputy.h"
#include "hub/rota.h"
#include "hub/shift.h"
#include "hub/staff.h"
#include "web/page.h"

struct duty_form {
	const char *title;
	const char *intro;
	const char *button;
	const struct input_type *input;
	enum action action;
	const char *sent_to; /* "/duty" */
	const char *stands_at;
	const char *back_href;
	const char *back_text;
};

struct duty_form_view {
	const struct duty_form *form;
	struct form_state state;
	struct rota_person_rows people;
	struct arena *arena;
};

/* The form, for the first time or as it was refused. */
NODISCARD bool duty_form_show(struct request *, struct hub *, struct response *, const struct duty_form *,
	const struct error *problem, struct error *);

/* The same where it was refused; for on_error. */
void duty_form_again(
	struct request *, struct hub *, struct response *, const struct duty_form *, const struct error *problem);

/* What was sent, decoded; refused where a JSON body has more than the input takes. */
NODISCARD bool duty_form_read(struct request *, struct hub *, const struct input_type *, void *ret, struct error *);

/* Every member of the input as a field. */
void duty_fields(struct html *, const struct duty_form_view *);

/* One question, one button, and where it has one a box to tick: cancel a shift, end a deputy. */
struct duty_question {
	struct text title;
	struct text words;
	const struct field_view *tick; /* NULL: none */
	const char *button;
	const char *back_href;
	const char *back_text;
};
void duty_question_show(
	struct request *, struct hub *, struct response *, const struct duty_question *, const struct error *problem);

/* A number in the address; anything else is another page. */
NODISCARD bool duty_number(const struct request *, const char *name, int64_t *ret, struct error *);

struct duty_page_view {
	const struct hub *hub;
	struct rota_view rota;
	struct deputy_rows deputies;
	struct absence_view away;
	bool manages; /* names people for duties */
	bool names;   /* names deputies */
};

/* One day of the week that is shown, with the shifts that begin on it (on the first, also what began before). */
struct duty_day {
	struct text title;
	const struct shift_row *rows;
	size_t count;
};
struct duty_days {
	const struct duty_day *rows;
	size_t count;
};
struct duty_days duty_days(const struct duty_page_view *);

/* Who is on now, by duty: "Meera Nair, 01865 550101", "nobody". */
struct duty_fact {
	struct text duty;
	struct text people;
	bool nobody;
};
struct duty_facts {
	const struct duty_fact *rows;
	size_t count;
};
struct duty_facts duty_facts(const struct duty_page_view *);

struct text shift_until(struct arena *, const struct shift_row *);
bool shift_running(const struct duty_page_view *, const struct shift_row *);
bool shift_cancellable(const struct duty_page_view *, const struct shift_row *);

/* Where a form that fills this gap stands, with its duty and times in it. */
struct text gap_href(struct arena *, const struct rota_gap *);

/* "nobody is working on 1 red, 2 amber", or no value where they hold nothing or are not away yet. */
struct text absence_left(struct arena *, const struct absence_row *, instant now);

/* "standing", "to come", "over", "withdrawn" */
struct text absence_state(const struct absence_row *, instant now);

#endif
