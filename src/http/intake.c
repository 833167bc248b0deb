#include "http/intake.h"

/* The deepest nesting of brackets outside strings; jansson reads by recursion, so it is known before it starts. */
static size_t nesting(struct text body)
{
	size_t depth = 0, deepest = 0;
	bool in_string = false;

	for (size_t i = 0; i < body.len; i++) {
		char c = body.ptr[i];

		if (in_string) {
			if (c == '\\') i++;
			in_string = c != '"';
		} else if (c == '"') {
			in_string = true;
		} else if (c == '{' || c == '[') {
			if (++depth > deepest) deepest = depth;
		} else if ((c == '}' || c == ']') && depth > 0) {
			depth--;
		}
	}
	return deepest;
}

bool json_intake(struct text body, json_t **ret, struct error *err)
{
	json_error_t wrong;
	json_t *root;

	if (nesting(body) > INTAKE_DEPTH_MOST) return error_invalid(err, "the JSON is nested too deeply");
	root = json_loadb(body.len ? body.ptr : "", body.len, JSON_REJECT_DUPLICATES, &wrong);
	if (!root) return error_invalid(err, "the body is not JSON: line %d, column %d", wrong.line, wrong.column);
	if (!json_is_object(root)) {
		json_decref(root);
		return error_invalid(err, "the body is not a JSON object");
	}
	*ret = root;
	return true;
}
