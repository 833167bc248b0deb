#include "unit.h"

#include <math.h>

#include "html/chart.h"

static size_t count_of(const char *in, const char *words)
{
	size_t count = 0;

	for (const char *at = strstr(in, words); at; at = strstr(at + 1, words)) count++;
	return count;
}

/* Three days of two workstreams; the accumulation has no figure on the second. */
static void write_chart(struct buffer *out, enum chart_kind kind)
{
	static const double new_open[] = {71, 73, 70}, left[] = {118, NAN, 114};
	const struct text days[] = {TEXT("28 June"), TEXT("29 June"), TEXT("30 June")};
	const struct chart_series series[] = {{TEXT("New"), new_open}, {TEXT("Accumulation & more"), left}};
	struct html h = {out};

	buffer_init(out, 100000);
	html_chart(&h, &(struct chart){.kind = kind,
					   .id = TEXT("open"),
					   .title = TEXT("Open at close of day"),
					   .point_heading = TEXT("Day"),
					   .points = days,
					   .point_count = 3,
					   .series = series,
					   .series_count = 2});
}

static void the_table_behind_a_chart_holds_every_figure(void **state)
{
	static const char *const rows[] = {
		"<th scope=\"row\" class=\"govuk-table__header\">28 June</th><td class=\"govuk-table__cell "
		"govuk-table__cell--numeric\">71</td><td class=\"govuk-table__cell govuk-table__cell--numeric\">118</td>",
		"29 June</th><td class=\"govuk-table__cell govuk-table__cell--numeric\">73</td><td class=\"govuk-table__cell "
		"govuk-table__cell--numeric\">no figure</td>",
		"<caption class=\"govuk-table__caption\">Open at close of day</caption>", ">Accumulation &amp; more</th>"};
	BUFFER_SCOPE out;

	(void)state;
	write_chart(&out, CHART_LINE);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (!strstr(out.bytes, rows[i])) fail_msg("no %s in %s", rows[i], out.bytes);
}

static void the_picture_is_one_named_image(void **state)
{
	BUFFER_SCOPE out;

	(void)state;
	write_chart(&out, CHART_LINE);
	assert_non_null(strstr(out.bytes, "role=\"img\" aria-labelledby=\"open-title\""));
	assert_int_equal(count_of(out.bytes, "id=\"open-title\""), 1);
	assert_null(strstr(out.bytes, "style="));
}

static void lines_differ_by_dash_and_mark_and_break_where_a_figure_is_missing(void **state)
{
	BUFFER_SCOPE out;

	(void)state;
	write_chart(&out, CHART_LINE);
	assert_int_equal(count_of(out.bytes, "stroke-dasharray"), 1);
	/* three and two figures, and one mark beside each name */
	assert_int_equal(count_of(out.bytes, "fanlight-chart__mark"), 7);
	/* the first line is one piece, the second two */
	assert_int_equal(count_of(strstr(out.bytes, "fanlight-chart__line\" d=\"M"), "fanlight-chart__line"), 2);
	assert_non_null(strstr(out.bytes, "stroke-dasharray=\"7 4\" d=\"M"));
}

static void bars_are_as_many_as_figures(void **state)
{
	BUFFER_SCOPE out;

	(void)state;
	write_chart(&out, CHART_BAR);
	assert_int_equal(count_of(out.bytes, "<rect"), 5);
	assert_int_equal(count_of(out.bytes, "fanlight-chart__bar--outlined"), 2);
}

static void a_chart_of_nothing_is_nothing(void **state)
{
	BUFFER_SCOPE out;
	struct html h = {&out};

	(void)state;
	buffer_init(&out, 1000);
	html_chart(&h, &(struct chart){.id = TEXT("x")});
	assert_int_equal(out.len, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_behind_a_chart_holds_every_figure),
		cmocka_unit_test(the_picture_is_one_named_image),
		cmocka_unit_test(lines_differ_by_dash_and_mark_and_break_where_a_figure_is_missing),
		cmocka_unit_test(bars_are_as_many_as_figures),
		cmocka_unit_test(a_chart_of_nothing_is_nothing),
	};

	return cmocka_run_group_tests_name("charts", tests, NULL, NULL);
}
