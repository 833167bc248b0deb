/*
 * Charts: a picture with the table behind it, drawn as SVG without a script.
 *
 * The picture is one image to a screen reader (its title says what it shows); the table is the same figures, in a
 * details element below. Series differ by colour and by dash and mark, and are named at their line's end. No inline
 * style: classes and attributes only. A missing value (NAN) leaves a gap.
 */
#ifndef HTML_CHART_H
#define HTML_CHART_H

#include "html/part.h"

#define CHART_SERIES 4
#define CHART_POINTS 120

enum chart_kind { CHART_LINE, CHART_BAR };

struct chart_series {
	struct text name;
	const double *values; /* as many as there are points */
};

struct chart {
	enum chart_kind kind;
	struct text id;            /* unique on the page */
	struct text title;         /* "Open at close of day, 1 to 30 June 2015" */
	struct text point_heading; /* "Day": the table's first column */
	const struct text *points; /* "1 June" ... */
	size_t point_count;
	const struct chart_series *series;
	size_t series_count;
	bool table_open;
};

void html_chart(struct html *, const struct chart *);

#endif
