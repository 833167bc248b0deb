/*
 * Sessions: who is signed in, kept in the database as hashes only.
 *
 * A token is 32 random bytes, given to the browser in hexadecimal, stored as its BLAKE2b hash. Passwords are
 * libsodium's argon2id (m = 19 MiB, t = 2 at least; OWASP). Checking a password takes tens of milliseconds, so it
 * is a step of its own that needs no transaction: account_credentials (read), password_matches (no transaction),
 * session_start or session_refuse (write).
 */
#ifndef HUB_SESSION_H
#define HUB_SESSION_H

#include "hub/hub.h"

#define SESSION_TOKEN_CHARACTERS 64

struct credentials {
	struct account_id account; /* 0: no such account; password_matches then still takes as long */
	struct text password_hash;
	bool locked; /* too many failures of late: refused, with the time it ends */
	instant locked_until;
};

struct session {
	struct session_id id;
	struct account_id account;
	struct text csrf; /* hexadecimal; every form carries it */
	instant last_seen_at;
	instant expires_at;
};

NODISCARD bool account_credentials(struct hub *, struct text email, struct credentials *ret, struct error *);
bool password_matches(const struct credentials *, struct text password);
NODISCARD bool password_hash(struct arena *, struct text password, struct text *ret_hash, struct error *);

NODISCARD bool session_start(
	struct hub *, struct account_id, struct text *ret_token, struct session *ret, struct error *);
NODISCARD bool session_refuse(struct hub *, struct text email, struct error *); /* counts the failure */

/* When they signed in. */
instant session_began(const struct session *);

/*
 * Whose pages carry this form token, also after their session has ended (28 days): 0 for nobody's. It opens nothing; what
 * such a page still sends can be kept for the person who typed it.
 */
NODISCARD bool session_whose_pages(struct hub *, struct text csrf, struct account_id *ret, struct error *);

/* Takes away those that ended, or were idle too long, 28 days ago. */
NODISCARD bool sessions_expire(struct hub *, struct error *);
NODISCARD bool session_end(struct hub *, struct text token, struct error *);

/* Nobody stays signed in: whoever had a token when a backup was taken isn't let in by it after a restore. */
NODISCARD bool sessions_end_all(struct hub *, struct error *);

/* Who this token is, or *ret_found false. Acts as them from then on. Does not write: session_touch does. */
NODISCARD bool session_find(struct hub *, struct text token, struct session *ret, bool *ret_found, struct error *);

/* Keeps an idle session alive; needed when a quarter of the idle time has passed. */
bool session_wants_touch(const struct hub *, const struct session *);
NODISCARD bool session_touch(struct hub *, struct session_id, struct error *);

/* A token for a form that is shown before anybody is signed in, bound to a cookie of its own. */
NODISCARD bool session_csrf_anonymous(struct hub *, struct text *ret_token, struct error *);

#endif
