/*
 * Errors: why something was not done, in words for the person who asked.
 *
 * A function that can fail is `bool f(..., T *ret_x, struct error *)`, writes ret_x only when it returns true,
 * and is [[nodiscard]] by the NODISCARD macro. The setters return false, so that a way out is one line:
 *     return error_refused(err, "Asha Rahman holds 25 of 25");
 * Style: the message is short and plain; a hint says what to do next, as a sentence. A struct error owns its
 * words (fixed arrays), so it outlives any arena. The kinds and their HTTP and exit codes: architecture.md.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/text.h"

#define NODISCARD __attribute__((warn_unused_result))

enum error_kind {
	ERROR_NONE,
	ERROR_INVALID,   /* a list of fields with messages: 422, exit 1 */
	ERROR_NOT_FOUND, /* also what may not be seen: 404, exit 1 */
	ERROR_DENIED,    /* 403, exit 1 */
	ERROR_STALE,     /* somebody changed it first: 409, 412 for If-Match, exit 1 */
	ERROR_REFUSED,   /* a rule says no: 409, exit 1 */
	ERROR_TOO_LARGE, /* 413, exit 1 */
	ERROR_BUSY,      /* try again: 503, exit 3 */
	ERROR_FAILED,    /* ours, not theirs: 500, exit 3 */
	ERROR_KIND_COUNT,
};

#define ERROR_MESSAGE_BYTES 400
#define ERROR_FIELDS        40 /* past this many problems the rest are counted, not told */

struct error_field {
	char field[64];    /* a name of fields.def; within a list "children/2/date_of_birth", from nought */
	char message[200]; /* a sentence that says the way out */
};

struct error {
	enum error_kind kind;
	char message[ERROR_MESSAGE_BYTES];
	char hint[ERROR_MESSAGE_BYTES];
	int64_t version;      /* ERROR_STALE: the version that stands now */
	int64_t version_seen; /* ERROR_STALE: the one the change was made from; 0: not known */
	size_t field_count;
	size_t fields_untold;
	struct error_field fields[ERROR_FIELDS];
};

/* Empties it; every edge (request, command, job) starts with this. */
void error_clear(struct error *);

/* Sets kind and message, forgetting what stood there, fields apart; returns false. */
bool error_set(struct error *, enum error_kind, const char *format, ...) __attribute__((format(printf, 3, 4)));

#define error_invalid(err, ...)   error_set((err), ERROR_INVALID, __VA_ARGS__)
#define error_not_found(err, ...) error_set((err), ERROR_NOT_FOUND, __VA_ARGS__)
#define error_denied(err, ...)    error_set((err), ERROR_DENIED, __VA_ARGS__)
#define error_refused(err, ...)   error_set((err), ERROR_REFUSED, __VA_ARGS__)
#define error_too_large(err, ...) error_set((err), ERROR_TOO_LARGE, __VA_ARGS__)
#define error_busy(err, ...)      error_set((err), ERROR_BUSY, __VA_ARGS__)
#define error_failed(err, ...)    error_set((err), ERROR_FAILED, __VA_ARGS__)

/* "Changed by somebody else": keeps the version that stands now; returns false. */
bool error_stale(struct error *, int64_t version, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* What to do next, as a sentence; returns false. */
bool error_hint(struct error *, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a field's problem and makes the kind INVALID; returns false. Collect them all, then return !err->kind. */
bool error_field(struct error *, const char *field, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The same for one of a list: field "children/INDEX/name". */
bool error_field_at(struct error *, const char *list, size_t index, const char *field, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* The first problem told of this field, or NULL. */
const struct error_field *error_find(const struct error *, const char *field);

int error_http_status(enum error_kind);
int error_exit_code(enum error_kind);
const char *error_kind_name(enum error_kind); /* "INVALID" ... */

#endif
