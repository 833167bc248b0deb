/*
 * The continuity list: what a hub needs on paper on the day the system is away. Every open enquiry, reds first and then what
 * nobody has screened, with the children's names, who holds it, when it is due and whom to ring.
 *
 * A server writes it every hour, sealed (base/sealed.h), into the folder it was started with, under a name with the hour in it;
 * the last CONTINUITY_KEPT stay. Whoever has the key file opens it with `fanlight continuity`, on any machine, without the hub.
 *
 * Private people who told the hub (sources 1A to 1D and 9) are on neither. In the file, which goes by nobody's sight, a restricted
 * enquiry stands without its children: by reference, rating, time and holder. Source: domain.md, "Access".
 */
#ifndef HUB_CONTINUITY_H
#define HUB_CONTINUITY_H

#include "base/buffer.h"
#include "base/json.h"
#include "base/sealed.h"
#include "hub/duty.h"
#include "sql/continuity.h"

#define CONTINUITY_MOST       5000 /* enquiries on one list */
#define CONTINUITY_KEPT       48
#define CONTINUITY_PURPOSE    "fanlight continuity list"
#define CONTINUITY_TEXT_BYTES ((size_t)8 << 20)

struct continuity_line {
	struct continuity_row row;
	struct text children; /* "Mildred Quaint, born 13 July 2009; Noah Quaint" */
	struct text address;
	struct text referrer; /* no value: a private person's */
	bool withheld;        /* restricted: its children are not told here */
};

enum continuity_part { CONTINUITY_RED, CONTINUITY_UNSCREENED, CONTINUITY_OTHER, CONTINUITY_PARTS };

struct continuity_view {
	struct continuity_line *rows;
	size_t count;
	size_t counts[CONTINUITY_PARTS];
	struct duty_people on_call;
	struct continuity_telephones_rows telephones;
	struct text authority;
	bool simulated;
	instant at;
};

/* What the actor sees of it; showing it is an entry on the access log. */
NODISCARD bool continuity_view(struct hub *, struct continuity_view *ret, struct error *);

enum continuity_part continuity_part(const struct continuity_line *);
const char *continuity_part_words(enum continuity_part);

/* As plain text for a printer, and as members of JSON. */
void continuity_text(struct buffer *, struct arena *, const struct continuity_view *);
void continuity_json(struct json *, const struct continuity_view *);

/* Where a server writes it, set once before it starts; both have to outlive it. No folder: nowhere. */
void continuity_serves(const char *folder, const struct sealed_key *key);
bool continuity_is_served(void);

/* The chore: is this hour's file still to be written, and writing it. */
NODISCARD bool continuity_due(struct hub *, bool *ret, struct error *);
NODISCARD bool continuity_write(struct hub *, struct error *);

/* When it was written last; INSTANT_NONE for never. */
NODISCARD bool continuity_written_at(struct hub *, instant *ret, struct error *);

#endif
