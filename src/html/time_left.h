/*
 * Time left in words: how urgent a row is, so that it can be read in grey, aloud and on paper.
 *
 *     LATE by 25 minutes · due in 38 minutes · due today 15:10 · due tomorrow 09:30 · due Thu 2 July 10:05
 *
 * Within an hour it counts minutes, beyond it names the hour, beyond tomorrow the date (with the year where it is not this one).
 * Late is never quiet: always the word LATE and the strongest colour, whatever the rating; equal is on time. Days
 * and hours are London's. Pure.
 */
#ifndef HTML_TIME_LEFT_H
#define HTML_TIME_LEFT_H

#include "base/london.h"
#include "html/html.h"
#include "rules/codes.h"

#define TIME_LEFT_BYTES 64

enum urgency {
	URGENCY_NONE,  /* nothing is due */
	URGENCY_LATER, /* another day */
	URGENCY_TODAY, /* today */
	URGENCY_SOON,  /* within the hour */
	URGENCY_LATE,  /* after its time */
	URGENCY_COUNT,
};

enum urgency time_left_urgency(instant due, instant now);

/* The words, without a rating. No due time: "no time set". */
struct text time_left_words(char words[static TIME_LEFT_BYTES], instant due, instant now);

/* How long ago or how long, by its largest two units: "2 h 10 min", "4 minutes", "3 days 2 h", "less than a minute". */
struct text time_length_words(char words[static TIME_LEFT_BYTES], int64_t ms);

/* The words in an element with a class for the urgency and the exact time as datetime. */
void html_time_left(struct html *, instant due, instant now);

/* The rating as a tag: "Red", "Amber", "Green", "Not yet rated". */
void html_rag(struct html *, enum rag);

#endif
