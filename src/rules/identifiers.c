#include "rules/identifiers.h"

static const char alphanumerics[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* Upper-cased, without spaces and the characters of also; false past most or where nothing is left. */
static bool squeeze(struct text raw, const char *also, size_t most, char *into, size_t *ret_len)
{
	size_t len = 0;

	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.ptr[i];

		if (c == ' ' || (c && strchr(also, c))) continue;
		if (len == most) return false;
		into[len++] = c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
	}
	*ret_len = len;
	return len > 0;
}

static bool all_digits(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_digit(s[i])) return false;
	return true;
}

static bool wrong(const char **ret_why, const char *why)
{
	*ret_why = why;
	return false;
}

/* The check digit of nine digits, or 10 where there is none. */
static int nhs_check_digit(const char *digits)
{
	int sum = 0;

	for (int i = 0; i < 9; i++) sum += (digits[i] - '0') * (10 - i);
	return (11 - sum % 11) % 11;
}

bool nhs_number_parse(struct arena *arena, struct text raw, struct text *ret, const char **ret_why)
{
	char digits[10];
	size_t len;

	if (!squeeze(raw, "-", sizeof digits, digits, &len) || len != 10 || !all_digits(digits, len))
		return wrong(ret_why, "An NHS number has ten digits, like 943 476 5919");
	if (memcmp(digits, digits + 1, 9) == 0)
		return wrong(ret_why, "Ten equal digits are not an NHS number. Leave it empty if it is not known");
	if (nhs_check_digit(digits) != digits[9] - '0')
		return wrong(ret_why, "This is not an NHS number: its last digit doesn't fit the others. Check each digit");
	*ret = arena_text(arena, (struct text){digits, 10});
	return true;
}

struct text nhs_number_shown(struct arena *arena, struct text stored)
{
	if (stored.len != 10) return stored;
	return arena_printf(arena, "%.3s %.3s %.4s", stored.ptr, stored.ptr + 3, stored.ptr + 6);
}

/* The first letter that the twelve characters after it call for; a temporary number's last may be a letter. */
static char upn_check_letter(const char *upn)
{
	static const char letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";
	int sum = 0;

	for (int i = 1; i < 13; i++) {
		const char *letter = is_digit(upn[i]) ? NULL : strchr(letters, upn[i]);

		sum += (letter ? (int)(letter - letters) : upn[i] - '0') * (i + 1);
	}
	return letters[sum % 23];
}

static bool upn_shape(const char *upn, size_t len)
{
	if (len != 13 || !is_letter(upn[0]) || !all_digits(upn + 1, 11)) return false;
	return is_digit(upn[12]) || (is_letter(upn[12]) && !strchr("IOS", upn[12]));
}

bool upn_parse(struct arena *arena, struct text raw, struct text *ret, const char **ret_why)
{
	char upn[13];
	size_t len;

	if (!squeeze(raw, "", sizeof upn, upn, &len) || !upn_shape(upn, len))
		return wrong(ret_why, "A unique pupil number is a letter and 12 digits, like A950000178301");
	if (upn_check_letter(upn) != upn[0])
		return wrong(
			ret_why, "This is not a unique pupil number: its first letter doesn't fit the digits. Check each one");
	*ret = arena_text(arena, (struct text){upn, len});
	return true;
}

bool uprn_parse(struct arena *arena, struct text raw, struct text *ret, const char **ret_why)
{
	char uprn[12];
	size_t len, noughts = 0;

	if (!squeeze(raw, "", sizeof uprn, uprn, &len) || !all_digits(uprn, len))
		return wrong(ret_why, "A unique property reference number has up to 12 digits and nothing else");
	while (noughts < len && uprn[noughts] == '0') noughts++;
	if (noughts == len) return wrong(ret_why, "A unique property reference number is not nought");
	*ret = arena_text(arena, (struct text){uprn + noughts, len - noughts});
	return true;
}

/* Each letter of the pattern: A a letter, 9 a digit. */
static bool matches(const char *pattern, const char *s, size_t len)
{
	if (strlen(pattern) != len) return false;
	for (size_t i = 0; i < len; i++)
		if (pattern[i] == 'A' ? !is_letter(s[i]) : !is_digit(s[i])) return false;
	return true;
}

static bool outward_fits(const char *outward, size_t len)
{
	static const char *const patterns[] = {"A9", "A99", "A9A", "AA9", "AA99", "AA9A"};

	if (is_letter(outward[0]) && strchr("QVX", outward[0])) return false;
	if (len > 1 && is_letter(outward[1]) && strchr("IJZ", outward[1])) return false;
	for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
		if (matches(patterns[i], outward, len)) return true;
	return false;
}

static bool inward_fits(const char *inward)
{
	if (!matches("9AA", inward, 3)) return false;
	return !strchr("CIKMOV", inward[1]) && !strchr("CIKMOV", inward[2]);
}

static bool postcode_fits(const char *code, size_t len)
{
	if (len == 6 && memcmp(code, "GIR0AA", 6) == 0) return true;
	if (len < 5) return false;
	/* Pseudo-codes (no fixed abode, not known) keep to no letters of their own: ZZ99 3VZ, ZZ99 3CZ. */
	if (len == 7 && memcmp(code, "ZZ99", 4) == 0) return matches("9AA", code + 4, 3);
	return outward_fits(code, len - 3) && inward_fits(code + len - 3);
}

bool postcode_parse(struct arena *arena, struct text raw, struct text *ret, const char **ret_why)
{
	char code[7];
	size_t len;

	if (!squeeze(raw, "", sizeof code, code, &len) || !postcode_fits(code, len))
		return wrong(
			ret_why, "This is not a postcode. A full one looks like OX14 5XE; leave it empty if it is not known");
	*ret = arena_printf(arena, "%.*s %.3s", (int)len - 3, code, code + len - 3);
	return true;
}

/* One step of the hybrid system: p over the characters so far, M = 36. */
static int mod_37_36_step(int p, int value)
{
	int sum = (p + value) % 36;

	return (sum ? sum : 36) * 2 % 37;
}

static int alphanumeric_value(char c)
{
	return is_digit(c) ? c - '0' : is_letter(c) ? c - 'A' + 10 : -1;
}

char mod_37_36(struct text t)
{
	int p = 36;

	for (size_t i = 0; i < t.len; i++) {
		int value = alphanumeric_value(t.ptr[i]);

		if (value >= 0) p = mod_37_36_step(p, value);
	}
	return alphanumerics[(37 - p) % 36];
}

struct text reference_make(struct arena *arena, struct text prefix, int year, int64_t number)
{
	struct text body = arena_printf(arena, "%.*s-%02d-%05lld", TEXT_ARG(prefix), year % 100, (long long)number);

	return arena_printf(arena, "%.*s-%c", TEXT_ARG(body), mod_37_36(body));
}

/* Prefix, two digits of year, five or more of number, check: without hyphens the prefix ends where the check holds. */
static bool reference_shape(const char *s, size_t len, size_t *ret_prefix)
{
	size_t digits = 0;

	if (len < 9 || mod_37_36((struct text){s, len - 1}) != s[len - 1]) return false;
	while (digits < len - 1 && is_digit(s[len - 2 - digits])) digits++;
	if (digits < 7 || digits == len - 1) return false;
	*ret_prefix = len - 1 - digits;
	return *ret_prefix <= 6;
}

/* The prefix's length as the hyphens give it, since it may end in digits; nought where there are none. */
static size_t hyphenated_prefix(struct text raw)
{
	size_t at = text_index(raw, '-');

	return at < raw.len ? at : 0;
}

bool reference_parse(struct arena *arena, struct text raw, struct text *ret)
{
	char s[24];
	size_t len, prefix, given;

	raw = text_trim(raw);
	if (!squeeze(raw, "-", sizeof s, s, &len)) return false;
	for (size_t i = 0; i < len; i++)
		if (alphanumeric_value(s[i]) < 0) return false;
	if (!reference_shape(s, len, &prefix)) return false;
	given = hyphenated_prefix(raw);
	if (given > prefix && given <= 6 && len - 1 - given >= 7) prefix = given;
	*ret = arena_printf(
		arena, "%.*s-%.2s-%.*s-%c", (int)prefix, s, s + prefix, (int)(len - prefix - 3), s + prefix + 2, s[len - 1]);
	return true;
}
