"""Lists at size: the slowest of a hundred, of each list, search and page, in a generated hub of very many against one of 10,000.

Both hubs have the same people, the same number open and the same ten years, and are asked in turn. LISTS_LARGE in the environment says
how many the large one has, 300,000 unless given; LISTS_HUB names a file to keep it in between runs (made where it isn't
there), since three million take an hour and 15 GB. On PostgreSQL the same two are asked, copied there.
"""

import http.client
import json
import os
import time
import urllib.parse

from figures import Figure, figure
from hub import Server

SMALL = 10000
YEARS = 10
UNTIL = "2026-06-30T10:43:00+01:00"
ASKED = 300
GIVEN = "Alfie", "Ella", "Ava", "Marcus"
DEEP = "1600000000000.0"  # a page of everything there is, in the midst of the ten years
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Generated:
    """A hub of so many, and who can sign in."""

    def __init__(self, programs, count, path):
        self.path, told = path, path + ".users"
        if not os.path.exists(told):
            made = programs.command(path, "generate", "--enquiries", str(count), "--years", str(YEARS), "--json")
            with open(told, "wb") as file:
                file.write(made)
        with open(told, "rb") as file:
            self.users = {user["role"]: user for user in reversed(json.load(file)["users"])}


class Asking:
    """One server over one hub, one connection to it, signed in."""

    def __init__(self, programs, database, user):
        self.server = Server(programs, database, clock=UNTIL)
        self.headers = self.server.sign_in(user)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)

    def ask(self, path, body=None):
        """Seconds, and the page."""
        headers = {**self.headers, **(FORM if body else {})}
        began = time.monotonic()
        self.connection.request("POST" if body else "GET", path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read()
        took = time.monotonic() - began
        if answer.status not in (200, 303):
            raise RuntimeError("%s was answered %d" % (path, answer.status))
        return took, page

    def find(self, text):
        return urllib.parse.urlencode({"csrf": self.headers["X-CSRF-Token"], "query": text})

    def references(self):
        """Of what is open, a hundred."""
        listed = json.loads(self.ask("/api/v1/enquiries")[1])
        return [one["reference"] for one in listed["enquiries"]]


def asked_of(asking, number):
    """Name, path and body of each list, as the number-th time."""
    references = asking.known
    return [("caseload", "/caseload", None), ("hub", "/hub", None), ("enquiries", "/enquiries", None),
            ("enquiry", "/enquiries/" + references[number % len(references)], None),
            ("clocks", "/clocks", None), ("possible", "/possible", None), ("returns", "/returns", None),
            ("return", "/returns/2025-11-%02d" % (3 + number % 5), None), ("waiting", "/waiting", None),
            ("find-reference", "/find", asking.find(references[number % len(references)])),
            ("all", "/enquiries?all=yes", None), ("all-deep", "/enquiries?all=yes&cursor=" + DEEP, None),
            ("history", "/enquiries/%s/access" % references[number % len(references)], None),
            ("find-name", "/find", asking.find("Smith")), ("find-names", "/find", asking.find("%s Smith" % GIVEN[number % 4])),
            ("find-letters", "/find", asking.find("%s sm" % GIVEN[number % 4][:2])), ("find-birth", "/find", asking.find("%d June 2018" % (1 + number % 28)))]


def p99(times):
    return sorted(times)[len(times) * 99 // 100]


def small_and_large(bench):
    """Both hubs, made when first asked for."""
    programs = bench.programs
    counts = SMALL, int(os.environ.get("LISTS_LARGE", "300000"))
    paths = programs.path("lists-small.db"), os.environ.get("LISTS_HUB", programs.path("lists-large.db"))
    return [Generated(programs, count, path) for count, path in zip(counts, paths)]


def ask_in_turn(sides):
    """The milliseconds of each time that each list was asked for, of the small hub and of the large."""
    times = {}
    for side in sides:
        side.known = side.references()
    for number in range(ASKED + 20):
        for at, side in enumerate(sides):
            for name, path, body in asked_of(side, number):
                took = side.ask(path, body)[0]
                if number >= 20:
                    times.setdefault(name, ([], []))[at].append(1000 * took)
    return times


def figures_of(name, bench, hubs, databases):
    sides = []
    try:
        for hub, database in zip(hubs, databases):
            sides.append(Asking(bench.programs, database, hub.users["practice_manager"]))
        times = ask_in_turn(sides)
    finally:
        for side in sides:
            side.server.end()
    return [Figure("%s-%s" % (name, asked), "ms p99", p99(of[1]), p99(of[0]), 1.5) for asked, of in times.items()]


@figure
def lists(bench):
    """p99 of each list, search and page in a very large hub, against one of 10,000."""
    hubs = small_and_large(bench)
    return figures_of("lists", bench, hubs, [hub.path for hub in hubs])


@figure
def postgresql_lists(bench):
    """The same on PostgreSQL: every connection has planned what it is asked for before it counts."""
    hubs = small_and_large(bench)
    cluster = bench.cluster()
    urls = [cluster.copy(bench.programs, hub.path, name) for hub, name in zip(hubs, ("lists_small", "lists_large"))]
    return figures_of("postgresql-lists", bench, hubs, urls)
