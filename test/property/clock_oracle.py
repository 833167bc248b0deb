#!/usr/bin/env python3
"""A second, independent implementation of the clock, slow and plain, that makes test/unit/rules/clock_vectors.h.

It shares nothing with src/rules: London's time comes from the system's tzdata, open time is walked minute by
minute, working days date by date. Run from the top of the tree, it prints the table; a change in what it prints
is a change of the rules and wants a reason.

    test/property/clock_oracle.py > test/unit/rules/clock_vectors.h
"""
import csv
import random
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

# The policy that ships, with two local closures, a shortened day, a late one and an opened Saturday.
POLICY = """\
closure = 2015-12-29 Christmas closure
closure = 2016-03-30 Flood
hours.2015-12-24 = 08:30-12:00
hours.2016-03-29 = 10:00-20:00
hours.2015-10-24 = 09:00-13:00
"""
CLOSED = {date(2015, 12, 29), date(2016, 3, 30)}
OVERRIDES = {date(2015, 12, 24): (510, 720), date(2016, 3, 29): (600, 1200), date(2015, 10, 24): (540, 780)}
WEEK = [(510, 1020)] * 4 + [(510, 960), None, None]
with open("data/bank-holidays-england-and-wales.csv", encoding="utf-8") as f:
    HOLIDAYS = {date.fromisoformat(row["date"]) for row in csv.DictReader(f)}


def hours(on):
    if on in OVERRIDES:
        return OVERRIDES[on]
    return None if on in HOLIDAYS or on in CLOSED else WEEK[on.weekday()]


def is_open(at):
    local = at.astimezone(LONDON)
    h = hours(local.date())
    return h is not None and h[0] <= local.hour * 60 + local.minute < h[1]


def local_instant(on, minute):
    return datetime(on.year, on.month, on.day, minute // 60, minute % 60, tzinfo=LONDON).astimezone(timezone.utc)


def effective(at):
    while not is_open(at):
        at += MINUTE
    return at


def working_hours(at, n):
    at = effective(at)
    left = n * 60
    while left:
        left -= is_open(at)
        at += MINUTE
    return at


def working_days(at, n, end):
    start = effective(at).astimezone(LONDON)
    on = start.date()
    while n:
        on += DAY
        n -= hours(on) is not None
    close = local_instant(on, hours(on)[1])
    if end == "close_of_business":
        return close
    return min(close, local_instant(on, start.hour * 60 + start.minute))


def due(at, kind, n, end):
    if kind == "elapsed_hours":
        return at + timedelta(hours=n)
    return working_hours(at, n) if kind == "working_hours" else working_days(at, n, end)


def screening_due(at):
    if not is_open(at):
        return working_hours(at, 2)
    on = at.astimezone(LONDON).date()
    return max(local_instant(on, hours(on)[1]), at + timedelta(hours=2))


def iso(at):
    return at.astimezone(LONDON).isoformat()


def receipts(rng):
    """Random minutes over some years, and many about the places where it is easy to go wrong."""
    near = [date(2015, 3, 29), date(2015, 10, 25), date(2015, 12, 25), date(2016, 3, 25), date(2016, 3, 27),
            date(2015, 5, 4), date(2015, 8, 31), date(2022, 9, 19), date(2022, 6, 2), date(2024, 3, 31)]
    for _ in range(60):
        yield datetime(2014, 1, 1, tzinfo=timezone.utc) + MINUTE * rng.randrange(60 * 24 * 365 * 12)
    for on in near:
        start = datetime(on.year, on.month, on.day, tzinfo=timezone.utc)
        for _ in range(14):
            yield start + MINUTE * rng.randrange(-60 * 24 * 4, 60 * 24 * 2)
        friday = on - DAY * ((on.weekday() + 3) % 7)
        for minute in (509, 510, 959, 960, 961, 1019, 1020):
            yield local_instant(friday, minute)


def main():
    rng = random.Random(1139)
    rules = [("elapsed_hours", 4, None), ("elapsed_hours", 72, None), ("working_hours", 2, None),
             ("working_hours", 4, None), ("working_hours", 24, None), ("working_days", 1, "same_time"),
             ("working_days", 1, "close_of_business"), ("working_days", 3, "same_time"),
             ("working_days", 15, "close_of_business"), ("working_days", 45, "same_time")]
    print("/* Made by test/property/clock_oracle.py, which says how; don't edit. */")
    print("/* clang-format off */")
    print("static const char clock_vectors_policy[] =")
    print("\n".join('\t"%s\\n"' % line for line in POLICY.splitlines()) + ";\n")
    print("static const struct {\n\tconst char *received, *effective, *screening_due, *rule, *due;\n} clock_vectors[] = {")
    for at in receipts(rng):
        kind, n, end = rng.choice(rules)
        rule = f"{kind}({n}, {end})" if end else f"{kind}({n})"
        print('\t{"%s", "%s", "%s", "%s",\n\t\t"%s"},'
              % (iso(at), iso(effective(at)), iso(screening_due(at)), rule, iso(due(at, kind, n, end))))
    print("};")


if __name__ == "__main__":
    main()
