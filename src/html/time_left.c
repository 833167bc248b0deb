#include "html/time_left.h"

#include <inttypes.h>

enum urgency time_left_urgency(instant due, instant now)
{
	if (due == INSTANT_NONE) return URGENCY_NONE;
	if (now > due) return URGENCY_LATE;
	if (due - now <= HOUR_MS) return URGENCY_SOON;
	return london_day(due) == london_day(now) ? URGENCY_TODAY : URGENCY_LATER;
}

static const char *plural(int64_t count)
{
	return count == 1 ? "" : "s";
}

struct text time_length_words(char words[static TIME_LEFT_BYTES], int64_t ms)
{
	int64_t minutes = (ms < 0 ? -ms : ms) / MINUTE_MS, hours = minutes / 60, days = hours / 24;
	size_t size = TIME_LEFT_BYTES;

	if (minutes == 0)
		snprintf(words, size, "less than a minute");
	else if (hours == 0)
		snprintf(words, size, "%" PRId64 " minute%s", minutes, plural(minutes));
	else if (days == 0 && minutes % 60)
		snprintf(words, size, "%" PRId64 " h %" PRId64 " min", hours, minutes % 60);
	else if (days == 0)
		snprintf(words, size, "%" PRId64 " hour%s", hours, plural(hours));
	else if (hours % 24)
		snprintf(words, size, "%" PRId64 " day%s %" PRId64 " h", days, plural(days), hours % 24);
	else
		snprintf(words, size, "%" PRId64 " day%s", days, plural(days));
	return text_of(words);
}

/* "15:10", "tomorrow 09:30", "Thu 2 July 10:05", "Fri 1 January 2016 09:00" */
static void when_words(char *words, size_t size, instant due, instant now)
{
	struct london_time local = london_of_instant(due);
	struct civil_date date = civil_of_day(local.day);
	day today = london_day(now);
	int hour = local.second / 3600, minute = local.second / 60 % 60;

	if (local.day == today)
		snprintf(words, size, "today %02d:%02d", hour, minute);
	else if (local.day == today + 1)
		snprintf(words, size, "tomorrow %02d:%02d", hour, minute);
	else if (date.year == civil_of_day(today).year)
		snprintf(words, size, "%.3s %d %s %02d:%02d", weekday_name(day_weekday(local.day)), date.mday,
			month_name(date.month), hour, minute);
	else
		snprintf(words, size, "%.3s %d %s %d %02d:%02d", weekday_name(day_weekday(local.day)), date.mday,
			month_name(date.month), date.year, hour, minute);
}

struct text time_left_words(char words[static TIME_LEFT_BYTES], instant due, instant now)
{
	char part[TIME_LEFT_BYTES];

	switch (time_left_urgency(due, now)) {
	case URGENCY_NONE: return TEXT("no time set");
	case URGENCY_LATE:
		time_length_words(part, now - due);
		snprintf(words, TIME_LEFT_BYTES, "LATE by %.40s", part);
		break;
	case URGENCY_SOON:
		time_length_words(part, due - now);
		snprintf(words, TIME_LEFT_BYTES, "due in %.40s", part);
		break;
	default: when_words(part, sizeof part, due, now); snprintf(words, TIME_LEFT_BYTES, "due %.40s", part);
	}
	return text_of(words);
}

void html_time_left(struct html *h, instant due, instant now)
{
	static const char *const classes[URGENCY_COUNT] = {[URGENCY_NONE] = "fanlight-due fanlight-due--none",
		[URGENCY_LATER] = "fanlight-due fanlight-due--later",
		[URGENCY_TODAY] = "fanlight-due fanlight-due--today",
		[URGENCY_SOON] = "fanlight-due fanlight-due--soon",
		[URGENCY_LATE] = "fanlight-due fanlight-due--late"};
	enum urgency urgency = time_left_urgency(due, now);
	char words[TIME_LEFT_BYTES], iso[LONDON_ISO_BYTES];

	if (urgency == URGENCY_NONE) {
		html_markup(h, "<span class=\"fanlight-due fanlight-due--none\">");
		html_text(h, time_left_words(words, due, now));
		html_markup(h, "</span>");
		return;
	}
	london_iso_write(due, iso);
	html_markup(h, "<time class=\"");
	html_attribute_cstr(h, classes[urgency]);
	html_markup(h, "\" datetime=\"");
	html_attribute_cstr(h, iso);
	html_markup(h, "\">");
	html_text(h, time_left_words(words, due, now));
	html_markup(h, "</time>");
}

void html_rag(struct html *h, enum rag rag)
{
	struct text text = rag == RAG_NONE ? TEXT("unrated") : rag_text(rag);

	html_markup(h, "<strong class=\"fanlight-rag fanlight-rag--");
	html_attribute(h, text);
	html_markup(h, "\">");
	html_text(h, rag == RAG_NONE ? TEXT("Not yet rated") : rag_words(rag));
	html_markup(h, "</strong>");
}
