/*
 * OpenAPI: the running routes as an OpenAPI 3.1 document, made from the same tables that answer them: routes, inputs,
 * records and fields. Every address is in it, pages too, but those marked hidden.
 *
 * Source: OpenAPI Specification 3.1.0; JSON Schema 2020-12.
 */
#ifndef WEB_OPENAPI_H
#define WEB_OPENAPI_H

#include "http/route.h"

struct openapi {
	struct json *json;
	const struct route *routes;
	size_t count;
};

/* The whole document, an object. */
void openapi_write(struct json *);

/* openapi_schema.c: components.schemas, each once; and references to them. */
void openapi_schemas(const struct openapi *);
void openapi_body_ref(struct json *, const struct input_type *);
void openapi_answer_ref(struct json *, const struct answer_type *);

#endif
