/*
 * What every unit test includes first: cmocka with what it needs, and comparisons for our own types.
 */
#ifndef TEST_UNIT_H
#define TEST_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/text.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* The text is exactly these words; NULL stands for no value. */
#define assert_text(actual, expected)                                                                                  \
	do {                                                                                                               \
		struct text got_ = (actual), want_ = text_of(expected);                                                        \
		if (!text_equal(got_, want_)) fail_msg("got \"%.*s\", expected \"%.*s\"", TEXT_ARG(got_), TEXT_ARG(want_));    \
	} while (0)

/* The error is of this kind and its message holds these words. */
#define assert_error(err, expected_kind, words)                                                                        \
	do {                                                                                                               \
		const struct error *got_ = (err);                                                                              \
		if (got_->kind != (expected_kind) || !strstr(got_->message, (words)))                                          \
			fail_msg("got %s \"%s\", expected %s with \"%s\"", error_kind_name(got_->kind), got_->message,             \
				error_kind_name(expected_kind), (words));                                                              \
	} while (0)

#endif
