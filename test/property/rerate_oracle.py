#!/usr/bin/env python3
"""A second, independent reading of domain.md, "Re-rating", over whole lives of an enquiry; it makes
test/unit/rules/rerate_vectors.h. The clock under it is clock_oracle.py's, which shares nothing with src/rules.

    test/property/rerate_oracle.py > test/unit/rules/rerate_vectors.h

Each life is a receipt, a first rating, and up to four further ratings; each of those says its kind, the rating, when the
information arrived and when it was given. A row is one rating: what stood before it, and what has to stand after. The
rule is told as the text tells it: what would be due, then what may not be taken back.
"""
import random
from datetime import datetime, timedelta, timezone

from clock_oracle import MINUTE, due, iso, receipts

TIMES = {"RED": ("elapsed_hours", 4, None), "AMBER": ("working_days", 1, "same_time"),
         "GREEN": ("working_days", 3, "same_time")}


def runs_out(rag, start):
    return due(start, *TIMES[rag])


def rerated(kind, rag, received, stands, arrived, at):
    if kind == "MISRATED":
        wanted = runs_out(rag, received)
        was_late = at > stands
        return stands if was_late and wanted > stands else wanted
    candidates = sorted([stands, runs_out(rag, arrived)])
    return candidates[0]


def lives(rng):
    for received in list(receipts(rng))[::4]:
        rag = rng.choice(list(TIMES))
        stands, at = runs_out(rag, received), received
        for _ in range(rng.randrange(1, 5)):
            at += MINUTE * rng.choice([1, 20, 60, 239, 240, 241, 700, 1440, 4320])
            kind, rag = rng.choice(["MISRATED", "NEW_INFORMATION"]), rng.choice(list(TIMES))
            arrived = received + timedelta(minutes=rng.randrange(int((at - received) / MINUTE) + 1))
            after = rerated(kind, rag, received, stands, arrived, at)
            yield kind, rag, received, stands, arrived, at, after, runs_out(rag, at)
            stands = after


def main():
    print("/* Made by test/property/rerate_oracle.py, which says how; don't edit. */")
    print('#include "rules/codes.h"')
    print("/* clang-format off */")
    print("static const struct {\n\tenum rerate_kind kind;\n\tenum rag rag;\n"
          "\tconst char *received, *stands, *arrived, *at, *due, *act_by;\n} rerate_vectors[] = {")
    for kind, rag, *instants in lives(random.Random(316)):
        print("\t{RERATE_%s, RAG_%s,\n\t\t%s},"
              % (kind, rag, ", ".join('"%s"' % iso(instant) for instant in instants)))
    print("};")


if __name__ == "__main__":
    assert runs_out("RED", datetime(2015, 7, 3, 14, 30, tzinfo=timezone.utc)).hour == 18
    main()
