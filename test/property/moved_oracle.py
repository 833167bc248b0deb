#!/usr/bin/env python3
"""Deadlines that closures announced late move, reckoned apart from the program, by the slow clock of clock_oracle.py.

An enquiry is received and rated, now and then rated again, and then the hub is told of days it will be closed on. What
is printed is its due time before and after. Run from the top of the tree:

    test/property/moved_oracle.py > test/unit/hub/moved_vectors.h
"""
import random
from datetime import datetime, timedelta, timezone

import clock_oracle as clock

TIMES = {"red": ("elapsed_hours", 4, None), "amber": ("working_days", 1, "same_time"),
         "green": ("working_days", 3, "same_time")}
ORDER = ["red", "amber", "green"]


def closed(days):
    clock.CLOSED = set(days)
    clock.OVERRIDES = {}


def due_of(received, ratings):
    """By its ratings in order: each is (kind, rag, at)."""
    due = None
    for kind, rag, at in ratings:
        if kind == "first":
            due = clock.due(received, *TIMES[rag])
        elif kind == "new_information":
            due = min(due, clock.due(at, *TIMES[rag]))
        else:
            anew = clock.due(received, *TIMES[rag])
            due = min(due, anew) if at > due else anew
    return due


def story(rng):
    received = datetime(2015, 6, 1, tzinfo=timezone.utc) + timedelta(minutes=rng.randrange(60 * 24 * 40))
    screened = received + timedelta(minutes=rng.randrange(5, 90))
    rag = rng.choice(ORDER[1:] + ["green"])
    ratings = [("first", rag, screened)]
    last = screened
    if rng.random() < 0.6:
        kind = rng.choice(["misrated", "new_information"])
        last = screened + timedelta(minutes=rng.randrange(10, 60 * 30))
        ratings.append((kind, rng.choice(ORDER[:ORDER.index(rag)]), last))
    loaded = last + timedelta(minutes=rng.randrange(1, 60 * 20))
    first = loaded.date() + timedelta(days=rng.randrange(1, 3))
    days = sorted({first + timedelta(days=rng.randrange(0, 4)) for _ in range(rng.randrange(1, 4))})
    return received, ratings, loaded, days


def main():
    rng = random.Random(417)
    print("/* Made by test/property/moved_oracle.py, which says how; don't edit. */")
    print("/* clang-format off */")
    print("static const struct {\n\tconst char *received, *rag, *screened, *kind, *again, *rerated, *loaded, *closed, *before, *after;\n"
          "} moved_vectors[] = {")
    for _ in range(40):
        received, ratings, loaded, days = story(rng)
        closed([])
        before = due_of(received, ratings)
        closed(days)
        after = due_of(received, ratings)
        if before <= loaded or after <= loaded:
            after = before
        again = ratings[1] if len(ratings) > 1 else ("", "", received)
        print('\t{"%s", "%s", "%s", "%s", "%s", "%s", "%s",\n\t\t"%s", "%s", "%s"},' % (
            clock.iso(received), ratings[0][1], clock.iso(ratings[0][2]), again[0], again[1], clock.iso(again[2]),
            clock.iso(loaded), "".join("closure = %s Closed\\n" % day for day in days), clock.iso(before),
            clock.iso(after)))
    print("};")


main()
