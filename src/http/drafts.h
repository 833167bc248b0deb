/*
 * Drafts: what is typed into a page's form is not lost, whatever becomes of its sending (hub/draft.h).
 *
 * A form that keeps its words sends, hidden, `draft` ("key-page-version"), `draft_at` (the page it is on) and `draft_title`.
 * Whose it is, its CSRF token says: also that of a session that has ended.
 */
#ifndef HTTP_DRAFTS_H
#define HTTP_DRAFTS_H

#include "http/request.h"

/* True where the form that was sent keeps its words; reads its mark into req->draft anew. */
bool drafts_marked(struct request *);

/* Keeps what the form holds; *ret has no key where there was nothing to keep, or nobody to keep it for. */
NODISCARD bool drafts_keep(struct request *, struct hub *, bool by_the_way, struct draft_kept *ret, struct error *);

#endif
