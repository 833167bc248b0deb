#include "cli/staff_input.h"

#include "hub/account.h"

static struct text value(const void *context, const char *list, size_t index, const char *name)
{
	const struct staff_input *in = context;

	(void)list;
	(void)index;
	if (strcmp(name, "account") == 0) return in->account;
	for (size_t i = 0; i < in->count; i++)
		if (strcmp(name, in->fields[i].field) == 0)
			return *(const struct text *)((const char *)in->options + in->fields[i].offset);
	return TEXT_NONE;
}

bool staff_input_read(struct hub *hub, struct staff_input *in, struct text email, const struct input_type *type,
	void *ret, struct error *err)
{
	struct input_source source = {.context = in, .value = value};
	struct account_row account;
	bool found;

	if (!text_none(email)) {
		if (!account_find(hub, email, &account, &found, err)) return false;
		if (!found) return error_not_found(err, "there is no account %.*s", TEXT_ARG(email));
		in->account = arena_printf(hub->arena, "%lld", (long long)account.id.n);
	}
	return input_decode(&source, type, hub->arena, ret, err);
}

bool staff_input_number(struct text given, const char *what, int64_t *ret, struct error *err)
{
	if (text_int(given, ret) && *ret > 0) return true;
	error_invalid(err, "\"%.*s\" is not the number of %s", TEXT_ARG(text_slice(given, 0, 40)), what);
	return error_hint(err, "The list shows the numbers.");
}
