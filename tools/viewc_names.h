/*
 * The names of HTML that viewc treats in a way of their own. Source: the HTML standard's void elements; our
 * Content-Security-Policy for what is refused.
 */
#ifndef TOOLS_VIEWC_NAMES_H
#define TOOLS_VIEWC_NAMES_H

#include "base/text.h"

bool name_is_void(struct text element);

/* Why this element can't stand in a template, or NULL. */
const char *name_element_refused(struct text element);

/* Why this attribute can't stand in a template, or NULL. */
const char *name_attribute_refused(struct text attribute);

/* True for attributes that hold an address. */
bool name_is_address(struct text attribute);

#endif
