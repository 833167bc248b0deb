/* What the sample template shows. */
#ifndef SAMPLE_VIEW_H
#define SAMPLE_VIEW_H

#include "base/text.h"

struct sample_row {
	struct text name;
	bool open;
};

struct sample_view {
	struct text title;
	int64_t count;
	struct {
		const struct sample_row *rows;
		size_t count;
	} list;
	struct text next;
	struct text email;
	const char *phone;
};

#endif
