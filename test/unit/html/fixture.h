/*
 * Fixtures: the examples that govuk-frontend ships with each component (fixtures.json: options in, HTML out), as the
 * published source of what our components must write.
 *
 * Options are read as the components' C options; two pages of HTML are the same when they are after white space between tags is dropped
 * and each tag's attributes stand in order. Everything lives until the program ends.
 */
#ifndef TEST_FIXTURE_H
#define TEST_FIXTURE_H

#include <jansson.h>

#include "base/arena.h"
#include "html/inputs.h"

extern struct arena fixture_arena;

struct text option_text(const json_t *options, const char *name);
const char *option_cstr(const json_t *options, const char *name);
struct fragment option_html(const json_t *options, const char *name);
bool option_true(const json_t *options, const char *name);
int option_int(const json_t *options, const char *name);
enum flag option_flag(const json_t *options, const char *name);
const struct pair *option_pairs(const json_t *options, const char *name);

struct label option_label(const json_t *options);
struct hint option_hint(const json_t *options);
struct error_message option_error(const json_t *options);
struct form_group option_group(const json_t *options, const char *before, const char *after);
const struct fieldset *option_fieldset(const json_t *options);

/* One way of writing the same HTML. */
struct text fixture_normal(struct text html);

typedef void fixture_write(struct html *, const json_t *options);

/* Every fixture of the component, but those named, which say why in the test. */
void fixture_check(const char *component, fixture_write *, const char *const *but);

#endif
