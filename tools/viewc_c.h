/*
 * The C inside a template, read just far enough that it can't break out of where viewc puts it: brackets pair,
 * strings end, and there is no comment, semicolon, preprocessor sign or line splice.
 */
#ifndef TOOLS_VIEWC_C_H
#define TOOLS_VIEWC_C_H

#include "base/error.h"

/* *ret_open: how many brackets are still open at the end (the directive goes on in the next line). */
NODISCARD bool c_scan(struct text, size_t *ret_open, struct error *err);

/* Scanned, whole and not blank. */
NODISCARD bool c_whole(struct text, const char *what, struct error *err);

/* Cuts an identifier off the front of *rest, white space around it too; no value where there is none. */
struct text c_identifier(struct text *rest);

/* "name(arguments)" and nothing behind. */
NODISCARD bool c_call(struct text, struct text *ret_name, struct text *ret_arguments, struct error *err);

#endif
