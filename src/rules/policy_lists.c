#include "rules/policy_lists.h"

#include <assert.h>

#include "rules/risk.h"
#include "rules/signing.h"

#define SERVICES_MOST 200

static_assert(CONCERN_COUNT <= 64 && SCREEN_OUT_COUNT <= 64, "a place is a bit");

/* The next word of the rest, spaces and tabs between; false at the end. */
static bool next_word(struct text *rest, struct text *ret)
{
	size_t len = 0;

	*rest = text_trim(*rest);
	while (len < rest->len && rest->ptr[len] != ' ' && rest->ptr[len] != '\t') len++;
	*ret = text_slice(*rest, 0, len);
	*rest = text_slice(*rest, len, rest->len);
	return len > 0;
}

#define SHOWN(word) (int)((word).len > 40 ? 40 : (word).len), (word).ptr

static bool refuse_signer(struct text word, struct error *err)
{
	static const char way[] = "practice_manager, deputy, edt_manager or service_manager";

	switch (role_of(word)) {
	case ROLE_NONE: return error_invalid(err, "\"%.*s\" is no role: name %s", SHOWN(word), way);
	case ROLE_SOCIAL_WORKER:
	case ROLE_EDT_WORKER:
		return error_invalid(err, "\"%.*s\" signs only on the dates they are named for: write deputy", SHOWN(word));
	default: return error_invalid(err, "\"%.*s\" never signs: name %s", SHOWN(word), way);
	}
}

static const struct signer *signer_find(struct text name)
{
	for (size_t i = 0; i < SIGNER_COUNT; i++)
		if (text_is(name, signer_list[i].name)) return &signer_list[i];
	return NULL;
}

static bool there_at_all_hours(unsigned signers, struct text kind, struct error *err)
{
	bool in_hours = false, out_of_hours = false;

	for (size_t i = 0; i < SIGNER_COUNT; i++) {
		if (!(signers & signer_list[i].bit)) continue;
		in_hours = in_hours || signer_list[i].in_hours;
		out_of_hours = out_of_hours || signer_list[i].out_of_hours;
	}
	if (!in_hours)
		return error_invalid(
			err, "nobody could sign sign.%.*s in hours: add practice_manager or service_manager", TEXT_ARG(kind));
	return out_of_hours ||
		   error_invalid(
			   err, "nobody could sign sign.%.*s out of hours: add edt_manager or service_manager", TEXT_ARG(kind));
}

bool policy_signers_parse(struct text value, enum proposal_kind kind, unsigned *ret, struct error *err)
{
	unsigned signers = 0;
	struct text word;

	while (next_word(&value, &word)) {
		const struct signer *signer = signer_find(word);

		if (!signer) return refuse_signer(word, err);
		if (signers & signer->bit) return error_invalid(err, "%s stands here twice", signer->name);
		signers |= signer->bit;
	}
	if (!there_at_all_hours(signers, proposal_kind_text(kind), err)) return false;
	*ret = signers;
	return true;
}

void policy_signers_write(struct buffer *out, unsigned signers)
{
	const char *between = "";

	for (size_t i = 0; i < SIGNER_COUNT; i++) {
		if (!(signers & signer_list[i].bit)) continue;
		buffer_printf(out, "%s%s", between, signer_list[i].name);
		between = " ";
	}
}

bool code_may_retire(enum code_list list, int place)
{
	if (list == CODES_screen_out_reason) return place != SCREEN_OUT_OTHER;
	if (list != CODES_concern) return false;
	switch ((enum concern)place) {
	case CONCERN_ALLEGATION_AGAINST_PROFESSIONAL:
	case CONCERN_DOMESTIC_ABUSE:
	case CONCERN_OTHER: return false;
	default: return !risk_concern_harms((enum concern)place);
	}
}

bool policy_codes_parse(struct text value, enum code_list list, uint64_t *ret, struct error *err)
{
	uint64_t retired = 0;
	struct text word;

	if (text_is(value, "none")) value = TEXT_NONE;
	while (next_word(&value, &word)) {
		int place = code_find(list, word);

		if (place < 0)
			return error_invalid(err, "\"%.*s\" is not a code of a %s", SHOWN(word), codes_describe(list)->what);
		if (!code_may_retire(list, place))
			return error_invalid(err, "%.*s can't be retired: a rule or a way out hangs on it", TEXT_ARG(word));
		if (retired & 1ull << place) return error_invalid(err, "%.*s stands here twice", TEXT_ARG(word));
		retired |= 1ull << place;
	}
	*ret = retired;
	return true;
}

void policy_codes_write(struct buffer *out, enum code_list list, uint64_t retired)
{
	const char *between = "";

	if (!retired) buffer_literal(out, "none");
	for (int i = 0; i < codes_describe(list)->count; i++) {
		if (!(retired & 1ull << i)) continue;
		buffer_printf(out, "%s%.*s", between, TEXT_ARG(code_text(list, i)));
		between = " ";
	}
}

bool code_retired(const struct retired_codes *retired, enum code_list list, int place)
{
	if (!retired || place < 0) return false;
	if (list == CODES_concern) return retired->concern & 1ull << place;
	return list == CODES_screen_out_reason && retired->screen_out_reason & 1ull << place;
}

bool decode_offered(struct decoder *d, const struct retired_codes *retired, enum field field, struct text codes)
{
	enum code_list list = field_describe(field)->codes;
	bool offered = true;
	struct text code;

	while (text_split(&codes, ';', &code)) {
		int place = code_find(list, text_trim(code));

		if (!code_retired(retired, list, place)) continue;
		offered = decode_problem(d, field, "\"%.*s\" is no longer offered here: choose what fits best, or Other",
			TEXT_ARG(code_words(list, place)));
	}
	return offered;
}

bool service_named(struct service_names names, struct text name)
{
	for (size_t i = 0; i < names.count; i++)
		if (text_equal_nocase(names.rows[i], name)) return true;
	return false;
}

static bool service_fits(struct text name, struct error *err)
{
	int64_t most = field_describe(FIELD_service)->max;

	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.ptr[i] < ' ' || name.ptr[i] == 0x7f)
			return error_invalid(err, "a service's name is one line without tabs");
	return text_characters(name) <= (size_t)most ||
		   error_invalid(err, "a service's name has at most %lld characters", (long long)most);
}

bool policy_services_parse(struct arena *arena, struct text value, struct service_names *ret, struct error *err)
{
	struct text *rows = arena_new_array(arena, SERVICES_MOST, struct text), name;
	struct service_names names = {rows, 0};

	while (text_split(&value, ';', &name)) {
		name = text_trim(name);
		if (name.len == 0) continue;
		if (!service_fits(name, err)) return false;
		if (service_named(names, name))
			return error_invalid(err, "the service \"%.*s\" stands here twice", SHOWN(name));
		if (names.count == SERVICES_MOST) return error_invalid(err, "more than %d services", SERVICES_MOST);
		rows[names.count++] = arena_text(arena, name);
	}
	if (!names.count) return error_invalid(err, "name one service at least, with ; between several");
	*ret = names;
	return true;
}

void policy_services_write(struct buffer *out, struct service_names names)
{
	for (size_t i = 0; i < names.count; i++) buffer_printf(out, "%s%.*s", i ? "; " : "", TEXT_ARG(names.rows[i]));
}
