#include "play.h"

bool table_people(struct play *play, struct text rest, struct error *err)
{
	play->column_count = 0;
	while (!text_blank(rest)) {
		if (play->column_count == PEOPLE_MOST) return error_invalid(err, "too many people");
		play->columns[play->column_count++] = arena_text(&play->arena, take_word(&rest));
	}
	return true;
}

/* Everybody asks, whatever the others were answered; who got another status is named. */
bool table_row(struct play *play, struct text rest, struct error *err)
{
	struct text statuses[PEOPLE_MOST];
	struct error one;
	BUFFER_SCOPE wrong;

	buffer_init(&wrong, ERROR_MESSAGE_BYTES);
	for (size_t i = 0; i < play->column_count; i++) statuses[i] = take_word(&rest);
	for (size_t i = 0; i < play->column_count; i++) {
		struct text asked = arena_printf(
			&play->arena, "%.*s %.*s %.*s", TEXT_ARG(play->columns[i]), TEXT_ARG(rest), TEXT_ARG(statuses[i]));

		error_clear(&one);
		if (client_request(play, &asked, &one)) continue;
		buffer_printf(
			&wrong, "%.*s %ld, not %.*s; ", TEXT_ARG(play->columns[i]), play->last.status, TEXT_ARG(statuses[i]));
	}
	return wrong.len == 0 || error_invalid(err, "%.*s", TEXT_ARG(buffer_text(&wrong)));
}
