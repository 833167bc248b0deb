"""The figures: each measures ours and its rival turn by turn, and gives the medians."""

import hashlib
import http.client
import itertools
import json
import os
import secrets
import sqlite3
import statistics
import subprocess
import sys
import threading
import time

from cluster import Cluster
from hub import Bare, Hub, Load, Server, copy_database, without, write

FIGURES = []
GENERATED_YEARS = 3


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
        "select name from pragma_table_list where type = 'table' and not wr and name not like 'sqlite_%'")]


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
    source = bench.hub(400)
    return page_to_bare(bench, "list-page-25", source.database, source.people["social_worker"], "/caseload")


STANDING = 300


@figure
def working_pages(bench):
    """The hub page and EDT's list with 2,000 open and 300 alarms standing for whoever asks, against bare programs."""
    source, database = bench.hub(2000), bench.programs.path("standing.db")
    alarms_stand(copy_database(source.database, database), STANDING)
    return [page_to_bare(bench, "hub-page-2000", database, source.people["practice_manager"], "/hub", 200),
            page_to_bare(bench, "edt-list-2000", database, source.people["edt_worker"], "/edt", 200)]


def alarms_stand(database, count):
    """Of danger, for the managers of the day and for who works the night, not acknowledged."""
    with sqlite3.connect(database) as connection:
        connection.execute("""insert into alarm (stable_id, kind, level, enquiry, subject, words, due_at, raised_at,
            recorded_at) select 'bench:' || e.id, 'danger', 1, e.enquiry, e.enquiry, 'Immediate danger was given at receipt',
            e.started_at, e.started_at, e.started_at from episode e
            where e.screened_at is null and e.ended_at is null order by e.id limit ?""", (count,))
        connection.execute("""insert or ignore into alarm_for (alarm, account) select l.id, a.id from alarm l, account a
            where l.stable_id like 'bench:%' and a.role in ('practice_manager', 'edt_worker', 'edt_manager')""")
        stand, = connection.execute("select count(*) from alarm where stable_id like 'bench:%'").fetchone()
    connection.close()
    if stand != count:
        raise RuntimeError("only %d of %d alarms stand" % (stand, count))


def page_to_bare(bench, name, database, person, path, requests=1000):
    """Server CPU of one page, against the bare program that runs its statements and sends its bytes."""
    programs = bench.programs
    ours, bare = (copy_database(database, programs.path(name + end)) for end in (".db", "-bare.db"))
    statements, answer = programs.path(name + "-statements"), programs.path(name + "-answer")
    traced = {"LD_PRELOAD": os.path.abspath(programs.bench("statements") + ".so"), "BENCH_STATEMENTS": statements}

    with Server(programs, ours, traced) as server:
        load = Load(programs, name, "GET", path, server.sign_in(person))
        load.send(server, 2)
        write(answer, page_statements(server, load, statements))
    if not read(answer).startswith(b"HTTP/1.1 200"):
        raise RuntimeError("%s was not answered with its page" % path)
    with Server(programs, ours) as server, Bare(programs, bare, statements, answer) as rival:
        load = Load(programs, name, "GET", path, server.sign_in(person))
        load.send(server, requests // 10)
        load.send(rival, requests // 10)
        took, least = turns(5, lambda: load.send(server, requests)[1], lambda: load.send(rival, requests)[1])
    return Figure(name, "ms CPU", took, least, 2.5)


def page_statements(server, load, statements):
    """The answer, its statements left in the file: asked again where the chores of a second ran among them."""
    least = None
    for _ in range(4):
        time.sleep(0.3)
        if os.path.exists(statements):
            os.remove(statements)
        got = raw_answer(server, load.file)
        time.sleep(0.05)
        ran = read(statements)
        if least is None or len(ran) < len(least):
            least = ran
    write(statements, least)
    return got


@figure
def alarms_rise(bench):
    """From an alarm's time to when it stands, for 300 hand-overs to EDT due at once, with 10,000 open: median and slowest."""
    source, database = bench.hub(10000), bench.programs.path("rise.db")
    copy_database(source.database, database)
    with sqlite3.connect(database) as connection:
        now, = connection.execute("select max(at) from history").fetchone()
        due = hand_overs_wait(connection, now)
    connection.close()
    with Server(bench.programs, database, clock=clock_at(due - 10000)):
        time.sleep(22)
    with sqlite3.connect(database) as connection:
        late = [at / 1000 for at, in connection.execute("""select raised_at - due_at from alarm
            where kind = 'hand_over' and due_at = ? order by 1""", (due,))]
    connection.close()
    if len(late) != STANDING:
        raise RuntimeError("%d of %d alarms rose" % (len(late), STANDING))
    return [Figure("alarms-rise-median", "s", statistics.median(late), 5, 1),
            Figure("alarms-rise-worst", "s", late[-1], 5, 1)]


def hand_overs_wait(connection, now):
    """300 of what nobody has screened, given to EDT by somebody now; when their alarms are due."""
    connection.execute("update duty_hand_over set overtaken_at = given_at where accepted_at is null and overtaken_at is null")
    connection.execute("""insert into duty_hand_over (episode, direction, given_by, given_at, words, recorded_at)
        select e.id, 'to_edt', (select a.id from account a where a.role = 'practice_manager' limit 1), ?, 'For the night', ?
        from episode e where e.ended_at is null and e.state = 'received' order by e.id limit ?""", (now, now, STANDING))
    return now + 15 * 60 * 1000


def clock_at(instant):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(instant / 1000))


def read(path):
    with open(path, "rb") as file:
        return file.read()


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
def open_pages(bench):
    """A thousand open pages of a thousand people who are signed in, each asking every two seconds: cores of the server."""
    database, tokens = bench.programs.path("open-pages.db"), bench.programs.path("open-pages.tokens")
    copy_database(bench.hub(2000).database, database)
    sessions_stand(database, tokens, 1000)
    with Server(bench.programs, database) as server:
        said = bench.programs.run(bench.programs.bench("open_pages"), str(server.port), str(server.pid), "20", "2000",
                                  tokens).split()
    return Figure("open-pages-1000", "cores", float(said[1]) / float(said[0]), 0.1, 1)


@figure
def busy_pages(bench):
    """The same while five times a second something is written about an enquiry: 900 of the pages are of 900 enquiries, and 100
    are lists. What the pages ask costs, less what the same writing costs beside ten of them."""
    database = bench.programs.path("busy-pages.db")
    copy_database(bench.hub(2000).database, database)
    few, many = bench.programs.path("busy-pages.few"), bench.programs.path("busy-pages.many")
    made = sessions_stand(database, many, 1000)
    with sqlite3.connect(database) as connection:
        shown = [one for one, in connection.execute(
            "select reference from enquiry where restricted = 0 order by id desc limit 900")]
        csrf, = connection.execute("select csrf from session where token_hash = ?",
                                   [hashlib.blake2b(made[0].encode(), digest_size=32).digest()]).fetchone()
    connection.close()
    asked = ["&enquiry=" + one for one in shown] + ["-"] * 100
    pages = ["%s %s" % pair for pair in zip(made, asked)]
    write(few, "\n".join(pages[-10:]).encode())
    write(many, "\n".join(pages).encode())
    with Server(bench.programs, database) as server:
        cores = {}
        for tokens in (few, many):
            over = threading.Event()
            writer = threading.Thread(target=write_contacts, args=(server.port, made[0], csrf, shown, over))
            writer.start()
            said = bench.programs.run(bench.programs.bench("open_pages"), str(server.port), str(server.pid), "20", "2000",
                                      tokens).decode().split()
            over.set()
            writer.join()
            cores[tokens] = float(said[1]) / float(said[0])
        print("# told of a change in 20 s: %s times 900 pages of enquiries, %s times 100 lists" % (said[4], said[5]), file=sys.stderr)
    return Figure("open-pages-1000-busy", "cores", cores[many] - cores[few], 0.1, 1)


def write_contacts(port, token, csrf, references, over):
    """A contact on one enquiry after another, five a second."""
    body = json.dumps({"contact_kind": "call", "with_whom": "School", "reached": True, "said": "Well.", "family_told": "yes"})
    headers = {"Cookie": "fanlight_session=" + token, "X-CSRF-Token": csrf, "Content-Type": "application/json"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for reference in itertools.cycle(references):
        if over.wait(0.2):
            return
        connection.request("POST", "/api/v1/enquiries/%s/contact" % reference, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 200:
            raise RuntimeError("a contact was answered %d: %s" % (answer.status, said[:300]))


def sessions_stand(database, tokens, count):
    """Signed in just now by the hub's clock, as sign-in would have written it; the tokens stand in the file."""
    made = [secrets.token_hex(32) for _ in range(count)]
    with sqlite3.connect(database) as connection:
        now, = connection.execute("select max(recorded_at) from access_log").fetchone()
        accounts = [id for id, in connection.execute("select id from account where role = 'social_worker' order by id")]
        connection.executemany(
            """insert into session (account, token_hash, csrf, created_at, last_seen_at, expires_at)
            values (?, ?, ?, ?, ?, ?)""",
            [(accounts[i % len(accounts)], hashlib.blake2b(token.encode(), digest_size=32).digest(), secrets.token_hex(32),
              now, now, now + 12 * 3600 * 1000) for i, token in enumerate(made)])
    connection.close()
    write(tokens, "\n".join("%s -" % token for token in made).encode())
    return made


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
        entries, = connection.execute("select count(distinct record) from access_log where action = 'retriage' "
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
        self.hubs, self.servers, self.postgresql = {}, {}, None

    def hub(self, count):
        if count not in self.hubs:
            self.hubs[count] = Hub(self.programs, count)
        return self.hubs[count]

    def generated_path(self, count):
        return self.programs.path("generated-%d.db" % count)

    def generate(self, count):
        """Seconds that it took to make a generated hub."""
        words = "generate", "--enquiries", str(count), "--years", str(GENERATED_YEARS), "--seed", "1"
        return timed([self.programs.fanlight, "--db", "sqlite:" + without(self.generated_path(count)), *words])

    def generated(self, count):
        """The database of a generated hub."""
        if not os.path.exists(self.generated_path(count)):
            self.generate(count)
        return self.generated_path(count)

    def server(self, count):
        if count not in self.servers:
            database = copy_database(self.hub(count).database, self.programs.path("serve-%d.db" % count))
            self.servers[count] = Server(self.programs, database)
        return self.servers[count]

    def cluster(self):
        if not self.postgresql:
            self.postgresql = Cluster()
        return self.postgresql

    def end(self):
        for server in self.servers.values():
            server.end()
        if self.postgresql:
            self.postgresql.end()
