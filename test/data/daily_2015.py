#!/usr/bin/env python3
"""The daily figures of summer 2015 from the files alone: a second implementation of domain.md's "Daily return".

    test/data/daily_2015.py --write          makes test/data/daily-2015.csv (midnight to midnight)
    test/data/daily_2015.py --check PROGRAM [URL]
                                             plays the files through PROGRAM and compares every day, both with days
                                             that nobody collated and with every working day collated at 17:30 (TAP); on
                                             SQLite and, where URL is given, on PostgreSQL's databases that it leads to
                                             with "uncollated" and "collated" for its NAME

Nothing of Fanlight is used but its output. The clock is domain.md's, "The clock", with the policy that ships.
"""
import collections
import csv
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "data")
TABLE = os.path.join(HERE, "daily-2015.csv")
LONDON, UTC = ZoneInfo("Europe/London"), dt.timezone.utc
FIRST, LAST = dt.date(2015, 6, 1), dt.date(2015, 8, 28)


def rows(*path):
    with open(os.path.join(DATA, *path), encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HOLIDAYS = {row["date"] for row in rows("bank-holidays-england-and-wales.csv")}


def local(day, time):
    return dt.datetime.combine(day, time, LONDON)


def hours(day):
    """Opening and closing of a day, or None."""
    if day.weekday() > 4 or day.isoformat() in HOLIDAYS:
        return None
    return local(day, dt.time(8, 30)), local(day, dt.time(16 if day.weekday() == 4 else 17))


def is_open(at):
    span = hours(at.date())
    return bool(span) and span[0] <= at < span[1]


def next_opening(at):
    day = at.date()
    while not (hours(day) and hours(day)[0] >= at):
        day += dt.timedelta(1)
    return hours(day)[0]


def elapsed(at, count):
    return (at.astimezone(UTC) + dt.timedelta(hours=count)).astimezone(LONDON)


def working_days(at, count):
    start = at if is_open(at) else next_opening(at)
    day = start.date()
    while count:
        day += dt.timedelta(1)
        count -= bool(hours(day))
    return min(local(day, start.time()), hours(day)[1])


def decision_due(rag, at):
    return elapsed(at, 4) if rag == "red" else working_days(at, 1 if rag == "amber" else 3)


def screening_due(at):
    if is_open(at):
        return max(hours(at.date())[1], elapsed(at, 2))
    return elapsed(next_opening(at), 2)  # no opening is shorter than two hours


def instant(text):
    return dt.datetime.fromisoformat(text).astimezone(LONDON)


class Enquiry:
    def __init__(self, row, decisions, workstream):
        self.received = instant(row["received_at"])
        self.workstream = workstream
        self.domestic = row["domestic_abuse_notification"] == "yes"
        self.children = len(decisions)
        self.ends = [instant(d["authorised_at"]) for d in decisions]
        self.ended = max(self.ends)
        self.outcomes = [d["outcome"] for d in decisions]
        self.necessary = decisions[0]["necessary"]
        self.due = decision_due(decisions[0]["rag"], self.received)
        self.screened = instant(decisions[0]["screened_at"])
        self.screening_due = screening_due(self.received)


def load(name, decided, workstream):
    decisions = collections.defaultdict(list)
    for row in rows("oxfordshire-2015", decided):
        decisions[row["external_ref"]].append(row)
    first = {}
    for row in rows("oxfordshire-2015", name):
        first.setdefault(row["external_ref"], row)
    return [Enquiry(row, decisions[ref], workstream) for ref, row in first.items()]


ALL = load("enquiries.csv", "decisions.csv", "new")
ALL += load("accumulation.csv", "accumulation-decisions.csv", "accumulation")


def figures(start, end):
    """Every figure of the window [start, end)."""
    f = collections.OrderedDict()

    def within(at):
        return start <= at < end

    for workstream in ("new", "accumulation"):
        mine = [e for e in ALL if e.workstream == workstream]
        for unit, weight in (("enquiries", lambda e: 1), ("children", lambda e: e.children)):
            key = workstream + "_" + unit
            f[key + "_opening"] = sum(weight(e) for e in mine if e.received < start <= e.ended)
            f[key + "_received"] = sum(weight(e) for e in mine if within(e.received))
            f[key + "_completed"] = sum(weight(e) for e in mine if within(e.ended))
            f[key + "_closing"] = sum(weight(e) for e in mine if e.received < end <= e.ended)
    new = [e for e in ALL if e.workstream == "new"]
    settled = [e for e in new if within(min(e.ended, e.due))]
    f["in_time_n"] = sum(e.ended <= e.due for e in settled)
    f["in_time_of"] = len(settled)
    settled = [e for e in new if within(min(e.screened, e.screening_due))]
    f["same_day_n"] = sum(e.screened <= e.screening_due for e in settled)
    f["same_day_of"] = len(settled)
    f["domestic_received"] = sum(e.domestic and within(e.received) for e in new)
    f["domestic_not_necessary"] = sum(e.domestic and e.necessary == "no" and within(e.ended) for e in new)
    f["necessary_yes"] = sum(e.necessary == "yes" and within(e.ended) for e in new)
    f["necessary_no"] = sum(e.necessary == "no" and within(e.ended) for e in new)
    for outcome in ("section_47", "assessment", "universal_services", "no_further_action"):
        f[outcome] = sum(e.outcomes.count(outcome) for e in new if within(e.ended))
    return f


def obtained(report):
    """The same figures out of `report daily --json`."""
    f = {}
    for row in report["by_workstream"]:
        for unit in ("enquiries", "children"):
            for term in ("opening", "received", "completed", "closing"):
                f["_".join((row["key"], unit, term))] = row[unit][term]
    for key, share in (("in_time", "in_time"), ("same_day", "same_day_risk")):
        f[key + "_n"], f[key + "_of"] = report[share]["n"], report[share]["of"]
    f["domestic_received"] = report["domestic_abuse"]["received"]
    f["domestic_not_necessary"] = report["domestic_abuse"]["not_necessary"]
    f["necessary_yes"], f["necessary_no"] = report["necessary"]["yes"], report["necessary"]["no"]
    f.update({key: report["outcomes"][key] for key in
              ("section_47", "assessment", "universal_services", "no_further_action")})
    return f


def days():
    return [FIRST + dt.timedelta(n) for n in range((LAST - FIRST).days + 1)]


def midnight(day):
    return local(day, dt.time())


def write():
    table = [dict(date=d.isoformat(), **figures(midnight(d), midnight(d + dt.timedelta(1)))) for d in days()]
    with open(TABLE, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, table[0].keys(), lineterminator="\n")
        out.writeheader()
        out.writerows(table)


class Tap:
    """What is found of one hub, kept until it is told."""

    def __init__(self, engine):
        self.engine, self.found = engine, []

    def say(self, name, wrong):
        self.found.append(("%s (%s)" % (name, self.engine), list(wrong)[:20]))


def tell(found):
    for number, (name, wrong) in enumerate(found, 1):
        print(("not ok" if wrong else "ok"), number, "-", name)
        for line in wrong:
            print("#", line)
    print("1..%d" % len(found))
    return not any(wrong for _, wrong in found)


def play(program, database):
    """A hub with everything of that summer in it; gives how to run a command on it."""
    def run(*arguments):
        environment = dict(os.environ, FANLIGHT_DB=database)
        done = subprocess.run([program, *arguments], env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit("%s: %s" % (" ".join(arguments), done.stderr))
        return done.stdout

    data = os.path.join(DATA, "oxfordshire-2015")
    run("init", "--authority", "Oxfordshire", "--now", "2015-04-01T08:00:00+01:00")
    run("import", "enquiries", data + "/enquiries.csv")
    run("import", "enquiries", data + "/accumulation.csv", "--workstream", "accumulation")
    run("import", "decisions", data + "/decisions.csv", "--create-people")
    run("import", "decisions", data + "/accumulation-decisions.csv", "--create-people")
    return run


def differences(day, expected, got):
    return ["%s %s: expected %s, got %s" % (day, key, value, got[key])
            for key, value in expected.items() if got[key] != value]


def chain(reports):
    """opening(D) = closing(D-1), windows touch, and each balances."""
    wrong = ["%s does not balance" % r["date"] for r in reports if not r["balances"]]
    for before, after in zip(reports, reports[1:]):
        if before["window_end"] != after["window_start"]:
            wrong.append("%s: its window does not begin where the last ended" % after["date"])
        for unit in ("enquiries", "children"):
            if before[unit]["closing"] != after[unit]["opening"]:
                wrong.append("%s: opens with other %s than the day before closed with" % (after["date"], unit))
    return wrong


def groups(reports):
    """Whatever it is broken down by, the parts make the whole."""
    wrong = []
    for report in reports:
        for by in ("by_source", "by_concern", "by_rag", "by_workstream"):
            for unit in ("enquiries", "children"):
                for term in ("received", "completed", "closing"):
                    total = sum(row[unit][term] for row in report[by])
                    if total != report[unit][term]:
                        wrong.append("%s: %s %s %s make %d" % (report["date"], by, unit, term, total))
    return wrong


def totals(reports, wanted):
    got = collections.Counter()
    for report in reports:
        got.update(obtained(report))
    return ["%s: expected %d, got %d" % (key, value, got[key]) for key, value in wanted.items() if got[key] != value]


SUMMER = {"new_enquiries_received": 1139, "new_children_received": 1963, "new_enquiries_completed": 1139,
          "in_time_n": 1117, "in_time_of": 1139, "same_day_n": 1130, "same_day_of": 1139,
          "domestic_received": 456, "domestic_not_necessary": 316, "accumulation_enquiries_completed": 160}


def report(run, day, *more):
    return json.loads(run("report", "daily", "--date", day.isoformat(), "--json", *more))


def check_uncollated(tap, run):
    with open(TABLE, encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    reports = [report(run, d) for d in days()]
    wrong = []
    for line, r in zip(table, reports):
        date = line.pop("date")
        wrong += differences(date, {key: int(value) for key, value in line.items()}, obtained(r))
    tap.say("every day that nobody collated has the figures of the files", wrong)
    tap.say("every day balances and opens with what the last closed with", chain(reports))
    tap.say("by source, concern, rating and workstream make the whole", groups(reports))
    tap.say("the summer's totals are the published ones", totals(reports, SUMMER))


def collate(run, day):
    return report(run, day, "--collate", "--now", local(day, dt.time(17, 30)).isoformat())


def check_collated(tap, run):
    """Monday to Friday at 17:30; what happens after it is the next day's."""
    reports, collated, start = [], [], midnight(FIRST)
    for day in days():
        if day.weekday() < 5:
            collated.append(collate(run, day))
    wrong = []
    for day in days():
        reports.append(report(run, day))
        end = local(day, dt.time(17, 30)) if day.weekday() < 5 else midnight(day + dt.timedelta(1))
        wrong += differences(day, figures(start, end), obtained(reports[-1]))
        start = end
    tap.say("every collated day has the figures of its own window", wrong)
    tap.say("collated days balance and open with what the last closed with", chain(reports))
    tap.say("the collated summer's totals are the published ones", totals(reports, SUMMER))
    kept = {r["date"]: r for r in reports}
    tap.say("what was collated is given back as it was",
            ["%s has changed" % c["date"] for c in collated if kept[c["date"]] != c])
    tap.say("Monday's return also says what came since Friday's",
            ["%s: %s" % (c["date"], c["since_last_collated"]) for c in collated[1:]
             if (dt.date.fromisoformat(c["date"]).weekday() == 0) != bool(c["since_last_collated"])])


CHECKS = {"uncollated": check_uncollated, "collated": check_collated}


def check_one(program, url, name):
    tap = Tap(url.split(":")[0])
    try:
        CHECKS[name](tap, play(program, url.replace("NAME", name)))
    except (Exception, SystemExit) as failure:
        tap.say("%s is played to its end" % name, [repr(failure)])
    return tap.found


def check(program, *others):
    """The hubs have nothing to do with each other: two at a time."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as side_by_side:
        urls = ("sqlite:%s/NAME.db" % folder, *others)
        found = [side_by_side.submit(check_one, program, url, name) for url in urls for name in CHECKS]
        return tell([one for hub in found for one in hub.result()])


if __name__ == "__main__":
    if sys.argv[1:2] == ["--write"]:
        write()
    elif sys.argv[1:2] == ["--check"]:
        sys.exit(0 if check(*sys.argv[2:]) else 1)
    else:
        sys.exit(__doc__)
