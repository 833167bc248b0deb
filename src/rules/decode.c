#include "rules/decode.h"

#include <math.h>

#include "base/buffer.h"
#include "base/london.h"
#include "rules/identifiers.h"

#define PHONE_DIGITS_LEAST 6
#define PHONE_DIGITS_MOST  15
#define REAL_BYTES_MOST    40

bool decode_problem(struct decoder *d, enum field field, const char *format, ...)
{
	char message[sizeof((struct error_field *)NULL)->message];
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	if (d->list) return error_field_at(d->err, d->list, d->index, field_name(field), "%s", message);
	return error_field(d->err, field_name(field), "%s", message);
}

bool decode_ok(struct decoder *d)
{
	if (d->err->kind == ERROR_NONE) return true;
	if (d->err->message[0] == '\0') error_invalid(d->err, "there is a problem with what was given");
	return false;
}

/* "what was said" of "What was said", but "NHS number" stays. */
static struct text label_within(struct arena *arena, enum field field)
{
	const char *label = field_label(field);
	char *own = arena_cstr(arena, text_of(label));
	bool acronym = own[0] && own[1] >= 'A' && own[1] <= 'Z';

	if (!acronym && own[0] >= 'A' && own[0] <= 'Z') own[0] = (char)(own[0] + 32);
	return text_of(own);
}

/* "what was said", "with whom": said as they are, without an article. */
static bool is_clause(struct text label)
{
	static const char *const begins[] = {"what ", "why ", "how ", "who ", "when ", "with whom", "from "};

	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (text_starts(label, text_of(begins[i]))) return true;
	return false;
}

bool decode_required(struct decoder *d, enum field field, bool present)
{
	enum field_type type = field_describe(field)->type;
	struct text label = label_within(d->arena, field);
	const char *verb =
		type == TYPE_CODE || type == TYPE_CODE_LIST || type == TYPE_BOOL || type == TYPE_ID ? "Choose" : "Enter";

	if (present) return true;
	if (text_ends(label, TEXT("?"))) return decode_problem(d, field, "Answer this: %s", field_label(field));
	return decode_problem(d, field, "%s %s%.*s", verb, is_clause(label) ? "" : "the ", TEXT_ARG(label));
}

/* One line: well-formed, no control characters, not longer than the field takes. */
static struct text one_line(struct decoder *d, enum field field, struct text t)
{
	const struct field_description *f = field_describe(field);
	size_t characters = text_characters(t);

	for (size_t i = 0; i < t.len; i++) {
		if ((unsigned char)t.ptr[i] >= ' ' && t.ptr[i] != 0x7f) continue;
		return decode_problem(d, field, "%s must be one line without tabs or other control characters", f->label),
			   TEXT_NONE;
	}
	if (f->max && characters > (size_t)f->max)
		return decode_problem(d, field, "%s must be %lld characters or fewer; this is %zu", f->label, (long long)f->max,
				   characters),
			   TEXT_NONE;
	return t;
}

/* "\r\n" and "\r" as "\n"; the rest as it came. */
static struct text plain_line_ends(struct arena *arena, struct text t)
{
	char *into;
	size_t len = 0;

	if (text_index(t, '\r') == t.len) return t;
	into = arena_alloc(arena, t.len);
	for (size_t i = 0; i < t.len; i++) {
		if (t.ptr[i] == '\r' && i + 1 < t.len && t.ptr[i + 1] == '\n') continue;
		into[len++] = t.ptr[i] == '\r' ? '\n' : t.ptr[i];
	}
	return (struct text){into, len};
}

static struct text narrative(struct decoder *d, enum field field, struct text t)
{
	const struct field_description *f = field_describe(field);

	if (t.len > (size_t)f->max) {
		decode_problem(d, field, "%s is too long: it is %zu bytes, and %lld are taken. Nothing was cut; shorten it",
			f->label, t.len, (long long)f->max);
		return TEXT_NONE;
	}
	return plain_line_ends(d->arena, t);
}

static bool known_code(struct decoder *d, enum field field, struct text code)
{
	const struct codes *list = codes_describe(field_describe(field)->codes);
	struct text shown = text_slice(code, 0, 40);

	if (code_find(field_describe(field)->codes, code) >= 0) return true;
	if (list->count > 6)
		return decode_problem(d, field, "\"%.*s\" is not a known code for %s", TEXT_ARG(shown), list->what);
	BUFFER_SCOPE choices;
	buffer_init(&choices, sizeof((struct error_field *)NULL)->message);
	for (int i = 0; i < list->count; i++)
		buffer_printf(&choices, "%s%.*s",
			i == 0                 ? ""
			: i + 1 == list->count ? " or "
								   : ", ",
			TEXT_ARG(list->codes[i].text));
	return decode_problem(
		d, field, "\"%.*s\" is not a %s: use %.*s", TEXT_ARG(shown), list->what, TEXT_ARG(buffer_text(&choices)));
}

static bool code_twice(struct text seen, struct text code)
{
	struct text part;

	while (text_split(&seen, ';', &part))
		if (text_equal(part, code)) return true;
	return false;
}

/* Codes with ';' between, each known and once, without spaces round them. */
static struct text code_list(struct decoder *d, enum field field, struct text t)
{
	struct text part, ret = TEXT_NONE;

	while (text_split(&t, ';', &part)) {
		part = text_trim(part);
		if (part.len == 0) continue;
		if (!known_code(d, field, part)) return TEXT_NONE;
		if (code_twice(ret, part)) continue;
		ret = text_none(ret) ? part : arena_printf(d->arena, "%.*s;%.*s", TEXT_ARG(ret), TEXT_ARG(part));
	}
	return ret;
}

/* RFC 5321's lengths, and the shape that every mail system in use takes. */
static bool email_fits(struct text t)
{
	size_t at = text_index(t, '@');
	struct text domain = text_slice(t, at + 1, t.len);

	if (at == 0 || at > 64 || at == t.len || domain.len < 3 || text_index(domain, '@') < domain.len) return false;
	for (size_t i = 0; i < t.len; i++)
		if ((unsigned char)t.ptr[i] <= ' ' || strchr("<>()[],;:\\\"", t.ptr[i])) return false;
	if (domain.ptr[0] == '.' || domain.ptr[domain.len - 1] == '.') return false;
	return text_index(domain, '.') < domain.len;
}

static struct text email(struct decoder *d, enum field field, struct text t)
{
	t = one_line(d, field, t);
	if (text_none(t) || email_fits(t)) return t;
	decode_problem(d, field, "Enter an email address in the correct format, like name@example.com");
	return TEXT_NONE;
}

/* Digits, spaces and what people write between them; an extension in words is fine. */
static struct text phone(struct decoder *d, enum field field, struct text t)
{
	size_t digits = 0;

	t = one_line(d, field, t);
	for (size_t i = 0; i < t.len; i++) digits += t.ptr[i] >= '0' && t.ptr[i] <= '9';
	if (text_none(t) || (digits >= PHONE_DIGITS_LEAST && digits <= PHONE_DIGITS_MOST + 6)) return t;
	decode_problem(d, field, "Enter a telephone number, like 01632 960 001");
	return TEXT_NONE;
}

static struct text identifier(struct decoder *d, enum field field, struct text t)
{
	static bool (*const parsers[])(struct arena *, struct text, struct text *, const char **) = {
		[TYPE_NHS_NUMBER] = nhs_number_parse,
		[TYPE_UPN] = upn_parse,
		[TYPE_UPRN] = uprn_parse,
		[TYPE_POSTCODE] = postcode_parse,
	};
	const char *why;
	struct text ret;

	if (parsers[field_describe(field)->type](d->arena, t, &ret, &why)) return ret;
	decode_problem(d, field, "%s", why);
	return TEXT_NONE;
}

static struct text by_type(struct decoder *d, enum field field, struct text t)
{
	switch (field_describe(field)->type) {
	case TYPE_NARRATIVE: return narrative(d, field, t);
	case TYPE_CODE: return known_code(d, field, t) ? t : TEXT_NONE;
	case TYPE_CODE_LIST: return code_list(d, field, t);
	case TYPE_NHS_NUMBER:
	case TYPE_UPN:
	case TYPE_UPRN:
	case TYPE_POSTCODE: return identifier(d, field, t);
	case TYPE_EMAIL: return email(d, field, t);
	case TYPE_PHONE: return phone(d, field, t);
	default: return one_line(d, field, t);
	}
}

struct text decode_text(struct decoder *d, enum field field, struct text raw)
{
	struct text t = field_describe(field)->type == TYPE_SECRET ? raw : text_trim(raw);

	if (t.len == 0) return TEXT_NONE;
	if (text_utf8(t)) return by_type(d, field, t);
	decode_problem(d, field, "%s has characters that can't be read: send it as UTF-8", field_label(field));
	return TEXT_NONE;
}

day decode_day(struct decoder *d, enum field field, struct text iso)
{
	day ret;

	iso = text_trim(iso);
	if (iso.len == 0) return DAY_NONE;
	if (day_parse(iso, &ret)) return ret;
	decode_problem(d, field, "%s must be a real date, like 2009-07-13", field_label(field));
	return DAY_NONE;
}

static const char *const month_names[] = {
	"january",
	"february",
	"march",
	"april",
	"may",
	"june",
	"july",
	"august",
	"september",
	"october",
	"november",
	"december",
};

/* "7", "07", "July" or "jul"; nought where it is none. */
static int month_of(struct text t)
{
	int64_t number;

	if (text_int(t, &number)) return number >= 1 && number <= 12 ? (int)number : 0;
	for (int m = 0; m < 12; m++) {
		struct text name = text_of(month_names[m]);

		if (t.len >= 3 && t.len <= name.len && text_equal_nocase(t, text_slice(name, 0, t.len))) return m + 1;
	}
	return 0;
}

static bool civil_of_parts(struct text mday, struct text month, struct text year, struct civil_date *ret)
{
	int64_t y, m = month_of(month), d;

	if (!text_int(year, &y) || !text_int(mday, &d)) return false;
	if (y < 1000 || y > 9999 || d < 1 || d > 31) return false; /* two digits of a year don't say which */
	*ret = (struct civil_date){(int)y, (int)m, (int)d};
	return civil_valid(*ret);
}

static const char *missing_part(struct text mday, struct text month, struct text year)
{
	return mday.len == 0 ? "day" : month.len == 0 ? "month" : year.len == 0 ? "year" : NULL;
}

day decode_day_parts(struct decoder *d, enum field field, struct text mday, struct text month, struct text year)
{
	const char *missing;
	struct civil_date civil;

	mday = text_trim(mday), month = text_trim(month), year = text_trim(year);
	if (mday.len + month.len + year.len == 0) return DAY_NONE;
	missing = missing_part(mday, month, year);
	if (missing) return decode_problem(d, field, "%s must include a %s", field_label(field), missing), DAY_NONE;
	if (civil_of_parts(mday, month, year, &civil)) return day_of_civil(civil);
	decode_problem(d, field, "%s must be a real date, with all four digits of the year", field_label(field));
	return DAY_NONE;
}

instant decode_instant(struct decoder *d, enum field field, struct text iso)
{
	instant ret;

	iso = text_trim(iso);
	if (iso.len == 0) return INSTANT_NONE;
	if (instant_parse(iso, &ret)) return instant_whole_second(ret);
	decode_problem(
		d, field, "%s must be a date and time with its offset, like 2015-06-30T10:42:00+01:00", field_label(field));
	return INSTANT_NONE;
}

/* "10:42" or "9.05" as minutes of the day, or -1. */
static int minutes_of(struct text time)
{
	size_t colon = text_index(time, ':');
	int64_t hours, minutes;

	if (colon == time.len) colon = text_index(time, '.');
	if (colon < 1 || colon > 2 || time.len != colon + 3) return -1;
	if (!text_int(text_slice(time, 0, colon), &hours) || !text_int(text_slice(time, colon + 1, 2), &minutes)) return -1;
	return hours < 0 || hours > 23 || minutes < 0 || minutes > 59 ? -1 : (int)(hours * 60 + minutes);
}

instant decode_local(struct decoder *d, enum field field, day on, struct text time)
{
	instant ret;
	int minutes;

	time = text_trim(time);
	if (on == DAY_NONE && time.len == 0) return INSTANT_NONE;
	minutes = minutes_of(time);
	if (on == DAY_NONE || minutes < 0)
		return decode_problem(d, field, "%s must have a date, and a time like 10:42", field_label(field)), INSTANT_NONE;
	if (london_to_instant(on, minutes * 60, &ret)) return ret;
	decode_problem(d, field, "%s is a time that did not exist: the clocks went forward over it", field_label(field));
	return INSTANT_NONE;
}

int64_t decode_int(struct decoder *d, enum field field, struct text raw)
{
	const struct field_description *f = field_describe(field);
	int64_t ret;

	raw = text_trim(raw);
	if (raw.len == 0) return INT_NONE;
	if (!text_int(raw, &ret) || ret < 0)
		return decode_problem(d, field, "%s must be a whole number", f->label), INT_NONE;
	if (!f->max || ret <= f->max) return ret;
	decode_problem(d, field, "%s must be %lld or less", f->label, (long long)f->max);
	return INT_NONE;
}

double decode_real(struct decoder *d, enum field field, struct text raw)
{
	char *end, *own;
	double ret;

	raw = text_trim(raw);
	if (raw.len == 0) return NAN;
	own = arena_cstr(d->arena, text_slice(raw, 0, REAL_BYTES_MOST));
	ret = strtod(own, &end);
	if (raw.len <= REAL_BYTES_MOST && *end == '\0' && isfinite(ret)) return ret;
	decode_problem(d, field, "%s must be a number", field_label(field));
	return NAN;
}

bool decode_bool(struct decoder *d, enum field field, struct text raw)
{
	raw = text_trim(raw);
	if (text_is(raw, "yes")) return true;
	if (raw.len && !text_is(raw, "no")) decode_problem(d, field, "%s must be yes or no", field_label(field));
	return false;
}
