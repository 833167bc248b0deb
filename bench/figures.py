"""The figures: each measures ours and its rival turn by turn, and gives the medians."""

import json
import os
import sqlite3
import statistics
import subprocess
import time

from hub import Bare, Hub, Load, Server, copy_database, write

FIGURES = []


class Figure:
    """What was measured. `ours` over `rival` is the ratio, which is to be at most (or at least) `bound`."""

    def __init__(self, name, unit, ours, rival, bound, at_least=False):
        self.name, self.unit, self.bound, self.at_least = name, unit, bound, at_least
        self.ours, self.rival = ours, rival
        self.ratio = ours / rival
        self.holds = self.ratio >= bound if at_least else self.ratio <= bound


def figure(function):
    FIGURES.append((function.__name__.replace("_", "-"), function))
    return function


def turns(count, ours, rival):
    """Medians of both, measured in turn, so that what else the machine does falls on both."""
    pairs = [(ours(), rival()) for _ in range(count)]
    return [statistics.median(side) for side in zip(*pairs)]


def timed(words, **options):
    began = time.monotonic()
    subprocess.run(words, check=True, capture_output=True, **options)
    return time.monotonic() - began


def tables(connection):
    return [name for name, in connection.execute(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by rowid")]


def rows_as_sql(full, empty):
    """What `full` has beyond `empty`, as INSERT statements in one transaction."""
    connection, before = sqlite3.connect(full), sqlite3.connect(empty)
    lines = ["pragma synchronous = full;", "begin immediate;"]
    for table in tables(connection):
        latest, = before.execute('select coalesce(max(rowid), 0) from "%s"' % table).fetchone()
        columns = [row[1] for row in connection.execute('pragma table_info("%s")' % table)]
        quoted = " || ',' || ".join('quote("%s")' % column for column in columns)
        lines += ['INSERT INTO "%s" VALUES(%s);' % (table, row)
                  for row, in connection.execute('select %s from "%s" where rowid > %d' % (quoted, table, latest))]
    connection.close()
    before.close()
    return "\n".join(lines + ["commit;", ""]).encode()


def drop_triggers(database):
    """The bare rival keeps the indexes and leaves out the guards."""
    connection = sqlite3.connect(database)
    for name, in connection.execute("select name from sqlite_schema where type = 'trigger'").fetchall():
        connection.execute('drop trigger "%s"' % name)
    connection.commit()
    connection.close()


@figure
def import_rows(bench):
    """The 1963 rows by `import enquiries`, against their rows by the bare sqlite3 program."""
    programs = bench.programs
    empty, hub, bare, dump = (programs.path(name) for name in ("empty.db", "import.db", "bare.db", "dump.sql"))
    rows = os.path.join("data", "oxfordshire-2015", "enquiries.csv")
    ours = [programs.fanlight, "--db", "sqlite:" + hub, "import", "enquiries", rows]

    def fresh(target):
        return copy_database(empty, target)

    def theirs():
        drop_triggers(fresh(bare))
        with open(dump, "rb") as sql:
            return timed(["sqlite3", bare], stdin=sql)

    programs.command(empty, "init", "--now", "2015-08-22T10:00:00+01:00")
    fresh(hub)
    timed(ours)
    write(dump, rows_as_sql(hub, empty))
    took, rival = turns(5, lambda: (fresh(hub), timed(ours))[1], theirs)
    return Figure("import-rows", "s", took, rival, 3)


NEW_ENQUIRY = """{"external_ref": "bench-@@@@@@@@", "source_system": "bench", "channel": "phone", "source_code": "2A",
"referrer_name": "Ann Reed", "referrer_role": "Teacher", "referrer_organisation": "A school", "concern": "neglect",
"summary": "The school rang. The child came in without a coat again and said that nobody had been at home since Sunday.",
"children": [{"given_name": "Sam", "family_name": "Field", "date_of_birth": "2009-03-04", "sex": "female",
"address": "1 High Street", "postcode": "OX1 1AA"}]}"""


@figure
def creation(bench):
    """Durable creation over HTTP at 16 clients, against a bare loop that commits 16 at a time."""
    programs, count = bench.programs, 800
    hub, bare = programs.path("creation.db"), programs.path("creation-bare.db")
    source = bench.hub(100)

    def ours():
        copy_database(source.database, hub)
        with Server(programs, hub) as server:
            headers = server.sign_in(source.people["administrator"])
            load = Load(programs, "creation", "POST", "/api/v1/enquiries", headers, NEW_ENQUIRY)
            seconds = load.send(server, count, 16)[0]
        return count / seconds

    def theirs():
        copy_database(source.database, bare)
        return count / float(programs.run(programs.bench("bare_commit"), hub, bare, str(count), "16"))

    rate, rival = turns(5, ours, theirs)
    return Figure("creation", "enquiries/s", rate, rival, 0.5, at_least=True)


@figure
def hub_page(bench):
    """Server CPU of the hub page: 400 open against 100, and with 10,000 against 15 ms."""
    pages = {}
    for count in 100, 400, 10000:
        server = bench.server(count)
        headers = server.sign_in(bench.hub(count).people["practice_manager"])
        load = Load(bench.programs, "hub-%d" % count, "GET", "/hub", headers)
        load.send(server, 20)
        pages[count] = lambda load=load, server=server, requests=40 if count > 400 else 300: load.send(server, requests)[1]
    small, large = [], []
    for _ in range(5):
        small.append(pages[100]())
        large.append(pages[400]())
    most = statistics.median(pages[10000]() for _ in range(3))
    return [Figure("hub-page-400-to-100", "ms CPU", statistics.median(large), statistics.median(small), 1.5),
            Figure("hub-page-10000", "ms CPU", most, 15, 1)]


@figure
def list_page(bench):
    """Server CPU of My caseload with its 25 rows, against the bare program with the same queries and bytes."""
    programs, source = bench.programs, bench.hub(400)
    ours, bare = (copy_database(source.database, programs.path(name)) for name in ("list.db", "list-bare.db"))
    statements, answer = programs.path("statements"), programs.path("answer")
    traced = {"LD_PRELOAD": os.path.abspath(programs.bench("statements") + ".so"), "BENCH_STATEMENTS": statements}

    with Server(programs, ours, traced) as server:
        headers = server.sign_in(source.people["social_worker"])
        load = Load(programs, "list", "GET", "/caseload", headers)
        load.send(server, 2)
        time.sleep(0.5)
        os.remove(statements)
        write(answer, raw_answer(server, load.file))
    with Server(programs, ours) as server, Bare(programs, bare, statements, answer) as rival:
        load = Load(programs, "list", "GET", "/caseload", server.sign_in(source.people["social_worker"]))
        load.send(server, 100)
        load.send(rival, 100)
        took, least = turns(5, lambda: load.send(server, 1000)[1], lambda: load.send(rival, 1000)[1])
    return Figure("list-page-25", "ms CPU", took, least, 2.5)


def raw_answer(server, request):
    """The bytes of one answer, head and all."""
    import socket
    with socket.create_connection(("127.0.0.1", server.port)) as connection, open(request, "rb") as file:
        connection.sendall(file.read())
        got = b""
        while b"\r\n\r\n" not in got or len(got) < whole_length(got):
            got += connection.recv(1 << 20)
    return got


def whole_length(got):
    head = got.index(b"\r\n\r\n")
    length = got[:head].lower().partition(b"content-length:")[2].split(b"\r\n")[0]
    return head + 4 + int(length)


@figure
def retriage(bench):
    """300 enquiries rated again from a file, each with its history and its own entry on the access log."""
    programs, source = bench.programs, bench.hub(400)
    hub, rows = programs.path("retriage.db"), programs.path("retriage.csv")
    database = copy_database(source.database, hub)
    listed = json.loads(programs.command(database, "enquiry", "list", "--json"))["enquiries"]
    fit = [one["reference"] for one in listed if one["pending"] is None and one["rag"] != "red"
           and one["state"] in ("received", "screened", "allocated")]
    write(rows, ("reference,rag,reason\n" + "".join("%s,red,Looked at again\n" % one for one in fit[:300])).encode())
    took = []
    for _ in range(5):
        copy_database(source.database, hub)
        took.append(timed([programs.fanlight, "--db", "sqlite:" + hub, "retriage", rows]))
    with sqlite3.connect(hub) as connection:
        entries, = connection.execute("select count(*) from access_log where action = 'retriage' "
                                      "and record_kind = 'enquiry'").fetchone()
    if entries < 300:
        raise RuntimeError("only %d of 300 have their entry" % entries)
    return Figure("retriage-300", "s", statistics.median(took), 0.5, 1)


@figure
def start(bench):
    """From the start of the program to the first answer, with an existing database."""
    database = bench.hub(10000).database
    took = []
    copy_database(database, bench.programs.path("start.db"))
    for _ in range(5):
        with Server(bench.programs, bench.programs.path("start.db")) as server:
            took.append(server.first_answer_s)
    return Figure("start", "s", statistics.median(took), 0.3, 1)


@figure
def memory(bench):
    """Resident memory when idle, after 2,000 pages by 16 clients."""
    server = bench.server(10000)
    headers = server.sign_in(bench.hub(10000).people["social_worker"])
    Load(bench.programs, "memory", "GET", "/caseload", headers).send(server, 2000, 16)
    headers = server.sign_in(bench.hub(10000).people["practice_manager"])
    Load(bench.programs, "memory-hub", "GET", "/hub", headers).send(server, 50, 16)
    time.sleep(1)
    with open("/proc/%d/status" % server.pid) as status:
        resident = next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))
    return Figure("memory", "MB", resident / 1024, 40, 1)


@figure
def binary(bench):
    """The program, stripped."""
    stripped = bench.programs.path("stripped")
    bench.programs.run("strip", "-o", stripped, bench.programs.fanlight)
    return Figure("binary", "MB", os.path.getsize(stripped) / (1 << 20), 8, 1)


class Bench:
    """What the figures share: hubs and servers, made when first asked for."""

    def __init__(self, programs):
        self.programs = programs
        self.hubs, self.servers = {}, {}

    def hub(self, count):
        if count not in self.hubs:
            self.hubs[count] = Hub(self.programs, count)
        return self.hubs[count]

    def server(self, count):
        if count not in self.servers:
            database = copy_database(self.hub(count).database, self.programs.path("serve-%d.db" % count))
            self.servers[count] = Server(self.programs, database)
        return self.servers[count]

    def end(self):
        for server in self.servers.values():
            server.end()
