/*
 * Intake: a JSON body, taken strictly: one object, no name twice, no NUL, well-formed UTF-8, at most
 * INTAKE_DEPTH_MOST deep. What it returns is the caller's to json_decref. Pure. Source: RFC 8259, RFC 7493.
 */
#ifndef HTTP_INTAKE_H
#define HTTP_INTAKE_H

#include <jansson.h>

#include "base/error.h"

#define INTAKE_DEPTH_MOST 16

NODISCARD bool json_intake(struct text body, json_t **ret, struct error *);

#endif
