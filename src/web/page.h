/*
 * Page: the frame every page of the hub stands in, and what forms on it were sent with.
 *
 * A handler loads its view first, then page_begin, the view's template, page_end. Nothing of a page is decided here
 * but the frame: who is signed in, what they may open, what time the hub has.
 */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "html/form.h"
#include "html/layout.h"
#include "http/route.h"
#include "hub/hub.h"
#include "rules/input.h"
#include "web/live.h"

struct page_ask {
	struct text title;
	struct text back_href; /* no value: no way back is shown */
	struct text back_text;
	const struct error *err;     /* a form that was refused: its status, and "Error:" before the title */
	struct text done;            /* what was just done, instead of the address's code; no value: by that */
	int reload_seconds;          /* what changes while one looks: asked for again without a script; 0: not */
	const struct live_ask *live; /* it follows what others do; NULL: it stands still */
	const char *section;         /* the navigation's item this belongs to: "/caseload" */
};

struct page {
	struct html html;
	struct page_frame frame;
};

void page_begin(struct page *, struct request *, struct hub *, struct response *, const struct page_ask *);
void page_end(struct page *);

/* What a form shows: what was typed where it comes back, and what was wrong with it. */
struct form_state {
	const struct request *request;
	struct input_source typed;
	const struct error *err; /* NULL: shown for the first time */
	struct text csrf;
	struct text action;      /* where it is sent */
	int64_t version;         /* of what the person sees; 0: none */
	struct text idempotency; /* of a form that creates: form_key */
	struct text draft_at;    /* where what is typed is gone on with; no value: here */
	bool no_draft;           /* what is typed is not worth keeping, or nobody's to keep */
};

struct form_state form_state(const struct request *, const struct error *, int64_t version);

/* What was typed into this field, or `initial` where the form is shown for the first time. */
struct text form_typed(const struct form_state *, const char *name, struct text initial);
struct text form_typed_in(const struct form_state *, const char *list, size_t index, const char *name);

/* The field's control with what was typed and what was wrong; `look` says how, and its value is the initial one. */
void form_field(struct html *, const struct form_state *, const struct field_view *look);

/* A date and a time of day for an instant; they begin as `initial`. */
struct form_when {
	const struct form_state *form;
	enum field field;
	const char *label; /* instead of the field's */
	const char *hint;
	instant initial; /* INSTANT_NONE: empty */
	bool date_only;  /* the time is left to be typed */
	struct arena *arena;
};
void form_when(struct html *, const struct form_when *);

/* People to choose one from: nobody chosen. */
struct form_person {
	struct account_id id;
	struct text name;
	struct text role;
};
struct form_people {
	const struct form_state *form;
	enum field field;
	const char *label;
	const char *hint;
	const struct form_person *rows;
	size_t count;
	bool optional;
	struct arena *arena;
};
void form_people(struct html *, const struct form_people *);

/* What stands in the way as a whole (another's change, a rule), or each field's problem: the top of a refused form. */
void form_problems(struct html *, const struct form_state *);

/*
 * Begins the form; what is typed into it is kept as a draft (hub/draft.h). Where one is filled in, or was just kept, a notice
 * above it says so.
 */
void form_begin(struct html *, const struct form_state *);

/* The same form on the page that asks whether it is right: what was typed goes along in it, its draft too. */
void form_begin_next(struct html *, const struct form_state *, struct text action);

/* True where the controls hold what somebody typed: a form that came back, or a draft that is gone on with. */
bool form_is_typed(const struct form_state *);

/* The idempotency key of a form that creates: the one it came with, or a new one where it has none or that is spent. */
struct text form_key(const struct request *, struct hub *);

/* A request's values for input_decode. */
struct input_source request_source(const struct request *);

/* False where a JSON body has a member that the input has not, or a list or an object where one value is meant. */
NODISCARD bool request_fits(const struct request *, const struct input_type *, struct error *);

/* JSON that is one object: open, write members, close. */
void api_answer(struct response *, int status, void (*write)(struct json *, const void *), const void *what);

/* Where a person starts: by what their role does. */
const char *home_of(const struct hub *);

#endif
