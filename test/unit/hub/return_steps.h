/*
 * The daily return, caseload and hub page as deeds, beside steps.h.
 */
#ifndef TEST_HUB_RETURN_STEPS_H
#define TEST_HUB_RETURN_STEPS_H

#include "steps.h"

#include "hub/daily_return.h"

struct of_day {
	const char *day;
	struct daily_return_view view;
};

static inline day day_of(const char *iso)
{
	day on;

	if (!day_parse(text_of(iso), &on)) fail_msg("\"%s\" is no day", iso);
	return on;
}

static inline bool do_return_show(struct hub *hub, void *with, struct error *err)
{
	struct of_day *of = with;

	return daily_return_compute(hub, day_of(of->day), &of->view, err);
}

static inline bool do_return_collate(struct hub *hub, void *with, struct error *err)
{
	struct of_day *of = with;

	return daily_return_collate(hub, day_of(of->day), &of->view, err);
}

/* As the administrator would see that day at that time. */
static inline struct daily_return_view return_of(struct fixture *f, const char *date, const char *when)
{
	struct of_day of = {.day = date};
	struct error err;

	if (!fixture_read(f, BY("ashworth", when), do_return_show, &of, &err)) fail_msg("%s: %s", date, err.message);
	return of.view;
}

static inline struct daily_return_view must_collate(struct fixture *f, const char *date, const char *when)
{
	struct of_day of = {.day = date};

	fixture_must(f, BY("ashworth", when), do_return_collate, &of);
	return of.view;
}

static inline struct text json_of(struct fixture *f, const struct daily_return_view *view)
{
	BUFFER_SCOPE buffer;
	struct json json;

	buffer_init(&buffer, 1 << 20);
	json_init(&json, &buffer);
	daily_return_json(&json, view);
	assert_false(buffer.overflowed);
	return arena_text(&f->arena, buffer_text(&buffer));
}

#endif
