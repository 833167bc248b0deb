"""Lists at size: the slowest of a hundred, of each list, search and page, in a generated hub of very many against one of 10,000.

Both hubs have the same people, the same number open and the same ten years, and are asked in turn. LISTS_LARGE in the environment says
how many the large one has, 300,000 unless given; LISTS_HUB names a file to keep it in between runs (made where it isn't
there), since three million take an hour and 15 GB.
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

    def __init__(self, programs, generated, role):
        self.server = Server(programs, generated.path, clock=UNTIL)
        self.headers = self.server.sign_in(generated.users[role])
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
            ("find-name", "/find", asking.find("Smith")), ("find-birth", "/find", asking.find("%d June 2018" % (1 + number % 28)))]


def p99(times):
    return sorted(times)[len(times) * 99 // 100]


@figure
def lists(bench):
    """p99 of each list, search and page in a very large hub, against one of 10,000."""
    programs = bench.programs
    large = int(os.environ.get("LISTS_LARGE", "300000"))
    paths = programs.path("lists-small.db"), os.environ.get("LISTS_HUB", programs.path("lists-large.db"))
    hubs = [Generated(programs, count, path) for count, path in zip((SMALL, large), paths)]
    sides = [Asking(programs, hub, "practice_manager") for hub in hubs]
    times = {}
    try:
        for side in sides:
            side.known = side.references()
        for number in range(ASKED + 20):
            for at, side in enumerate(sides):
                for name, path, body in asked_of(side, number):
                    took = side.ask(path, body)[0]
                    if number >= 20:
                        times.setdefault(name, ([], []))[at].append(1000 * took)
    finally:
        for side in sides:
            side.server.end()
    return [Figure("lists-" + name, "ms p99", p99(of[1]), p99(of[0]), 1.5) for name, of in times.items()]
