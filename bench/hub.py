"""Hubs to measure, and servers over them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "test", "lib"))
from client import Client, port_told

UNTIL = "2015-06-30T10:42:00+01:00"
ANSWERED_WITHIN_S = 20


class Programs:
    """Where what was built stands, and a folder to work in."""

    def __init__(self, build, folder):
        self.fanlight = os.path.join(build, "fanlight")
        self.folder = folder
        self.build = build

    def bench(self, name):
        return os.path.join(self.build, "bench", "bench_" + name)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def run(self, *words, **options):
        return subprocess.run(words, check=True, capture_output=True, **options).stdout

    def command(self, database, *words):
        return self.run(self.fanlight, "--db", "sqlite:" + database, *words)


class Hub:
    """A demonstration with so many open enquiries, and the passwords of its people by role."""

    def __init__(self, programs, count):
        self.database = programs.path("hub-%d.db" % count)
        folder = programs.path("files-%d" % count)
        os.mkdir(folder)
        for name in "enquiries", "decisions":
            rows = programs.run(programs.bench("fill"), name, str(count))
            other = "accumulation" if name == "enquiries" else "accumulation-decisions"
            write(os.path.join(folder, name + ".csv"), rows)
            write(os.path.join(folder, other + ".csv"), rows.split(b"\n")[0] + b"\n")
        made = programs.command(self.database, "demo", folder, "--until", UNTIL, "--json")
        self.people = {}
        for user in json.loads(made)["users"]:
            self.people.setdefault(user["role"], user)


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)


def without(database):
    """Its path, when it's gone."""
    for suffix in "", "-wal", "-shm", ".lock":
        if os.path.exists(database + suffix):
            os.remove(database + suffix)
    return database


def copy_database(source, target):
    """A database that nobody has open, whole: its log was emptied when it was closed."""
    return shutil.copyfile(source, without(target))


class Process:
    """A server: ours, or the bare one."""

    def __init__(self, words, environment=None):
        self.began = time.monotonic()
        self.process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                                        env={**os.environ, **(environment or {})})
        self.pid = self.process.pid

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=ANSWERED_WITHIN_S)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()


class Server(Process, Client):
    """Fanlight over a database, answering."""

    def __init__(self, programs, database, environment=None, clock=None):
        url = database if ":" in database else "sqlite:" + database
        super().__init__([programs.fanlight, "--db", url, "serve", "--listen", "127.0.0.1:0",
                          *(["--clock", clock] if clock else [])], environment)
        self.port = port_told(self.process)
        self.ask("GET", "/sign-in")
        self.first_answer_s = time.monotonic() - self.began


class Bare(Process):
    """The bare program that answers with the same bytes after the same queries."""

    def __init__(self, programs, database, statements, answer):
        super().__init__([programs.bench("bare_page"), database, statements, answer])
        self.port = int(self.process.stdout.readline())


class Load:
    """One request, sent again and again."""

    def __init__(self, programs, name, method, path, headers, body=None):
        self.programs = programs
        self.file = programs.path(name + ".http")
        lines = ["%s %s HTTP/1.1" % (method, path)] + ["%s: %s" % header for header in headers.items()]
        if body is not None:
            lines += ["Content-Type: application/json", "Content-Length: %d" % len(body)]
        write(self.file, "\r\n".join(lines + ["", body or ""]).encode())

    def send(self, server, requests, clients=1):
        """Seconds it took, milliseconds of the server's CPU for each, bytes of an answer."""
        said = self.programs.run(self.programs.bench("load"), str(server.port), str(server.pid), str(clients),
                                 str(requests), self.file).split()
        return float(said[0]), 1000 * float(said[1]) / requests, int(said[2])
