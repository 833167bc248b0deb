#include "web/returns.h"

static struct text point_words(struct arena *arena, day date)
{
	struct civil_date civil = civil_of_day(date);

	return arena_printf(arena, "%d %s", civil.mday, month_name(civil.month));
}

static struct text title_words(struct arena *arena, const struct daily_return_list *days)
{
	return arena_printf(arena, "Open at close of day, %.*s to %.*s",
		TEXT_ARG(point_words(arena, days->rows[days->count - 1].date)), TEXT_ARG(day_words(arena, days->rows[0].date)));
}

void return_chart(struct html *h, struct arena *arena, const struct daily_return_list *days)
{
	struct text points[DAILY_RETURN_LIST_ROWS];
	double fresh[DAILY_RETURN_LIST_ROWS], accumulation[DAILY_RETURN_LIST_ROWS];
	const struct chart_series series[] = {{TEXT("New enquiries"), fresh}, {TEXT("Accumulation"), accumulation}};

	if (days->count < 2) return;
	for (size_t i = 0; i < days->count; i++) {
		const struct daily_return_line *line = &days->rows[days->count - 1 - i];

		points[i] = point_words(arena, line->date);
		fresh[i] = (double)line->closing_new;
		accumulation[i] = (double)line->closing_accumulation;
	}
	html_chart(h, &(struct chart){.kind = CHART_LINE,
					  .id = TEXT("open"),
					  .title = title_words(arena, days),
					  .point_heading = TEXT("Day"),
					  .points = points,
					  .point_count = days->count,
					  .series = series,
					  .series_count = 2});
}
