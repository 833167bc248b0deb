#include "html/chart.h"

#include <assert.h>
#include <math.h>

/* The picture's measures, in its own units. */
#define WIDTH      720
#define HEIGHT     240
#define LEFT       48
#define RIGHT      180
#define TOP        12
#define BOTTOM     30
#define TICKS      4
#define LABELS     6
#define NAME_SPACE 22

struct picture {
	const struct chart *chart;
	double most;                 /* the axis ends here */
	double name_y[CHART_SERIES]; /* where each series' name stands */
};

/* Dashes tell lines apart without colour; marks do where points are few. */
static const char *const dashes[CHART_SERIES] = {NULL, "7 4", "2 4", "10 3 2 3"};

static void number(struct html *h, double value)
{
	char digits[32];

	snprintf(digits, sizeof digits, value == floor(value) ? "%.0f" : "%.1f", value);
	html_text_cstr(h, digits);
}

/* ` name="12.5"` */
static void place(struct html *h, const char *name, double value)
{
	char digits[32];

	snprintf(digits, sizeof digits, "%.1f", value);
	html_attr(h, name, text_of(digits));
}

/* The first of 1, 2, 2.5, 5 times a power of ten that TICKS of reach the largest value. */
static double axis_most(const struct chart *chart)
{
	static const double steps[] = {1, 2, 2.5, 5, 10};
	double largest = 1, power;

	for (size_t s = 0; s < chart->series_count; s++)
		for (size_t i = 0; i < chart->point_count; i++)
			if (chart->series[s].values[i] > largest) largest = chart->series[s].values[i];
	power = pow(10, floor(log10(largest / TICKS)));
	if (power < 1) power = 1;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		double most = steps[i] * power * TICKS;

		if (most >= largest && most == floor(most)) return most;
	}
	return largest;
}

/* The middle of a point's column. */
static double x_of(const struct picture *p, size_t point)
{
	double column = (double)(WIDTH - LEFT - RIGHT) / (double)p->chart->point_count;

	return LEFT + column * ((double)point + 0.5);
}

static double y_of(const struct picture *p, double value)
{
	return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value < 0 ? 0 : value) / p->most;
}

static void line(struct html *h, const char *class, double x1, double y1, double x2, double y2)
{
	html_markup(h, "<line");
	html_class(h, class, NULL);
	place(h, "x1", x1);
	place(h, "y1", y1);
	place(h, "x2", x2);
	place(h, "y2", y2);
	html_markup(h, "/>");
}

static void begin_words(struct html *h, double x, double y, const char *anchor, bool every_second)
{
	html_markup(h, "<text");
	html_class(h, "fanlight-chart__words", every_second ? "fanlight-chart__words--second" : NULL);
	place(h, "x", x);
	place(h, "y", y);
	html_attr(h, "text-anchor", text_of(anchor));
	html_markup(h, ">");
}

static void axes(struct html *h, const struct picture *p)
{
	size_t count = p->chart->point_count, step = (count + LABELS - 1) / LABELS;

	for (int tick = 0; tick <= TICKS; tick++) {
		double value = p->most * tick / TICKS, y = y_of(p, value);

		line(h, tick ? "fanlight-chart__grid" : "fanlight-chart__axis", LEFT, y, WIDTH - RIGHT, y);
		begin_words(h, LEFT - 6, y + 4, "end", false);
		number(h, value);
		html_markup(h, "</text>");
	}
	for (size_t i = 0; i < count; i += step) {
		begin_words(h, x_of(p, i), HEIGHT - BOTTOM + 20, "middle", i / step % 2);
		html_text(h, p->chart->points[i]);
		html_markup(h, "</text>");
	}
}

/* One shape for each series: a disc, a square, a triangle, a diamond. */
static void mark(struct html *h, size_t series, double x, double y)
{
	static const char *const shapes[CHART_SERIES] = {
		"m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z", "m-3-3h6v6h-6z", "m0-4 4 7h-8z", "m0-4 4 4-4 4-4-4z"};
	char path[80];

	snprintf(path, sizeof path, "M%.1f %.1f%s", x, y, shapes[series]);
	html_markup(h, "<path class=\"fanlight-chart__mark\"");
	html_attr(h, "d", text_of(path));
	html_markup(h, "/>");
}

/* Pieces of line between the gaps. */
static void line_path(struct html *h, const struct picture *p, const struct chart_series *series)
{
	bool drawing = false;

	html_markup(h, " d=\"");
	for (size_t i = 0; i < p->chart->point_count; i++) {
		char step[40];

		if (isnan(series->values[i])) {
			drawing = false;
			continue;
		}
		snprintf(step, sizeof step, "%c%.1f %.1f", drawing ? 'L' : 'M', x_of(p, i), y_of(p, series->values[i]));
		html_text_cstr(h, step);
		drawing = true;
	}
	html_markup(h, "\"");
}

static void draw_line(struct html *h, const struct picture *p, size_t s)
{
	const struct chart_series *series = &p->chart->series[s];

	html_markup(h, "<path class=\"fanlight-chart__line\"");
	html_attr_if(h, "stroke-dasharray", text_of(dashes[s]));
	line_path(h, p, series);
	html_markup(h, "/>");
	for (size_t i = 0; i < p->chart->point_count; i++)
		if (!isnan(series->values[i])) mark(h, s, x_of(p, i), y_of(p, series->values[i]));
}

/* The first series' bars are full, the others' outlined, each with its own dash. */
static void draw_bars(struct html *h, const struct picture *p, size_t s)
{
	const struct chart_series *series = &p->chart->series[s];
	double column = (double)(WIDTH - LEFT - RIGHT) / (double)p->chart->point_count;
	double width = column * 0.8 / (double)p->chart->series_count;

	for (size_t i = 0; i < p->chart->point_count; i++) {
		double y;

		if (isnan(series->values[i])) continue;
		y = y_of(p, series->values[i]);
		html_markup(h, "<rect");
		html_class(h, "fanlight-chart__bar", s ? "fanlight-chart__bar--outlined" : NULL);
		place(h, "x", x_of(p, i) - column * 0.4 + width * (double)s);
		place(h, "y", y);
		place(h, "width", width);
		place(h, "height", HEIGHT - BOTTOM - y);
		html_attr_if(h, "stroke-dasharray", text_of(dashes[s]));
		html_markup(h, "/>");
	}
}

/* The last value there is, or NAN. */
static double last_value(const struct chart *chart, size_t s)
{
	for (size_t i = chart->point_count; i > 0; i--)
		if (!isnan(chart->series[s].values[i - 1])) return chart->series[s].values[i - 1];
	return NAN;
}

/* Names stand at their lines' ends, moved down where they would touch one placed before. */
static void place_names(struct picture *p)
{
	for (size_t s = 0; s < p->chart->series_count; s++) {
		double last = last_value(p->chart, s);
		bool moved = true;

		p->name_y[s] = y_of(p, isnan(last) ? 0 : last) + 4;
		while (moved) {
			moved = false;
			for (size_t other = 0; other < s; other++) {
				if (fabs(p->name_y[s] - p->name_y[other]) >= NAME_SPACE - 0.5) continue;
				p->name_y[s] = p->name_y[other] + NAME_SPACE;
				moved = true;
			}
		}
	}
}

static void draw_series(struct html *h, const struct picture *p, size_t s)
{
	html_markup(h, "<g class=\"fanlight-chart__series-");
	html_size(h, s + 1);
	html_markup(h, "\">");
	if (p->chart->kind == CHART_LINE)
		draw_line(h, p, s);
	else
		draw_bars(h, p, s);
	mark(h, s, WIDTH - RIGHT + 8, p->name_y[s] - 4);
	html_markup(h, "<text class=\"fanlight-chart__name\"");
	place(h, "x", WIDTH - RIGHT + 18);
	place(h, "y", p->name_y[s]);
	html_markup(h, ">");
	html_text(h, p->chart->series[s].name);
	html_markup(h, "</text></g>");
}

static void draw_picture(struct html *h, const struct chart *chart)
{
	struct picture p = {.chart = chart, .most = axis_most(chart)};

	place_names(&p);
	html_markup(h, "<svg class=\"fanlight-chart__picture\" viewBox=\"0 0 720 240\" role=\"img\" aria-labelledby=\"");
	html_attribute(h, chart->id);
	html_markup(h, "-title\" focusable=\"false\">");
	axes(h, &p);
	for (size_t s = 0; s < chart->series_count; s++) draw_series(h, &p, s);
	html_markup(h, "</svg>");
}

static void table_head(struct html *h, const struct chart *chart)
{
	html_markup(h, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption\">");
	html_text(h, chart->title);
	html_markup(h, "</caption><thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">"
				   "<th scope=\"col\" class=\"govuk-table__header\">");
	html_text(h, chart->point_heading);
	html_markup(h, "</th>");
	for (size_t s = 0; s < chart->series_count; s++) {
		html_markup(h, "<th scope=\"col\" class=\"govuk-table__header govuk-table__header--numeric\">");
		html_text(h, chart->series[s].name);
		html_markup(h, "</th>");
	}
	html_markup(h, "</tr></thead>");
}

static void table(struct html *h, const struct chart *chart)
{
	table_head(h, chart);
	html_markup(h, "<tbody class=\"govuk-table__body\">");
	for (size_t i = 0; i < chart->point_count; i++) {
		html_markup(h, "<tr class=\"govuk-table__row\"><th scope=\"row\" class=\"govuk-table__header\">");
		html_text(h, chart->points[i]);
		html_markup(h, "</th>");
		for (size_t s = 0; s < chart->series_count; s++) {
			double value = chart->series[s].values[i];

			html_markup(h, "<td class=\"govuk-table__cell govuk-table__cell--numeric\">");
			if (isnan(value))
				html_markup(h, "no figure");
			else
				number(h, value);
			html_markup(h, "</td>");
		}
		html_markup(h, "</tr>");
	}
	html_markup(h, "</tbody></table>");
}

void html_chart(struct html *h, const struct chart *chart)
{
	assert(chart->series_count <= CHART_SERIES && chart->point_count <= CHART_POINTS);
	if (!chart->point_count) return;
	html_markup(h, "<figure class=\"fanlight-chart\"><figcaption class=\"govuk-heading-s\" id=\"");
	html_attribute(h, chart->id);
	html_markup(h, "-title\">");
	html_text(h, chart->title);
	html_markup(h, "</figcaption>");
	draw_picture(h, chart);
	html_markup(h, "<details class=\"govuk-details\"");
	if (chart->table_open) html_markup(h, " open");
	html_markup(h, "><summary class=\"govuk-details__summary\"><span class=\"govuk-details__summary-text\">"
				   "The figures of this chart</span></summary><div class=\"govuk-details__text\">");
	table(h, chart);
	html_markup(h, "</div></details></figure>");
}
