"""What is written under load: enquiries created over HTTP, and pages of one enquiry, each with its entry on the access log."""

import os
import statistics
import time

from cluster import as_script
from figures import Figure, figure, raw_answer, read, turns
from hub import Load, Server, copy_database, write

CLIENTS = {1: 150, 16: 1200, 64: 2400}
ROUNDS = 3
PGBENCH_SECONDS = {1: 2, 16: 4, 64: 8}  # each connection prepares everything first
PAGES_A_COMMIT = 16

NEW_ENQUIRY = """{"external_ref": "bench-@@@@@@@@", "source_system": "bench", "channel": "phone", "source_code": "2A",
"referrer_name": "Ann Reed", "referrer_role": "Teacher", "referrer_organisation": "A school", "concern": "neglect",
"summary": "The school rang. The child came in without a coat again and said that nobody had been at home since Sunday.",
"children": [{"given_name": "Sam", "family_name": "Field", "date_of_birth": "2009-03-04", "sex": "female",
"address": "1 High Street", "postcode": "OX1 1AA"}]}"""

CONTROL = (b"begin", b"commit", b"rollback", b"savepoint", b"release")


def bare_commit(programs, *words):
    """Seconds."""
    return float(programs.run(programs.bench("bare_commit"), *map(str, words)))


def creations(bench, server, source, clients, count):
    load = Load(bench.programs, "creation", "POST", "/api/v1/enquiries", server.sign_in(source.people["administrator"]),
                NEW_ENQUIRY)
    load.send(server, clients, clients)
    return lambda: count / load.send(server, count, clients)[0]


def creation_figure(name, clients, rate, rival):
    """What one client gets is told, and has no bound: it waits for one sync after another, as the rival does."""
    return Figure(name % clients, "enquiries/s", rate, rival, 0.7 if clients > 1 else 0, at_least=True)


@figure
def creation(bench):
    """Durable creation over HTTP, against a bare loop that commits as many rows at a time as there are clients."""
    programs, source = bench.programs, bench.hub(100)
    hub, bare = programs.path("creation.db"), programs.path("creation-bare.db")

    def pair(clients, count):
        def ours():
            copy_database(source.database, hub)
            with Server(programs, hub) as server:
                return creations(bench, server, source, clients, count)()

        def theirs():
            copy_database(source.database, bare)
            made = count + clients
            return made / bare_commit(programs, hub, bare, -(-made // clients))

        return turns(ROUNDS, ours, theirs)

    return [creation_figure("creation-%d", clients, *pair(clients, count)) for clients, count in CLIENTS.items()]


@figure
def postgresql_creation(bench):
    """The same on PostgreSQL, against pgbench with the statements of a creation, as many clients, a connection each."""
    programs, source, cluster = bench.programs, bench.hub(100), bench.cluster()
    url = cluster.copy(programs, source.database, "creation")
    cluster.copy(programs, source.database, "creation_bare")
    script = programs.path("creation.pgbench")
    write(script, creation_script(bench, cluster, url, source))
    figures = []
    with Server(programs, url) as server:
        for clients, count in CLIENTS.items():
            ours = creations(bench, server, source, clients, count)
            pair = turns(ROUNDS, ours, lambda: cluster.bench("creation_bare", script, clients,
                                                              PGBENCH_SECONDS[clients]))
            figures.append(creation_figure("postgresql-creation-%d", clients, *pair))
    return figures


def traced(bench, cluster, url, name, ask):
    """What the server runs for one request, transaction by transaction, when everything is prepared already."""
    cluster.traces(name, True)
    with Server(bench.programs, url) as server:
        again = ask(server)
        for _ in range(40):
            raw_answer(server, again.file)
        time.sleep(0.5)
        since = cluster.logged()
        answer = raw_answer(server, again.file)
        time.sleep(0.3)
        ran = cluster.transactions(since)
    cluster.traces(name, False)
    return answer, ran


def creation_script(bench, cluster, url, source):
    def ask(server):
        # Without a reference of the sender's, each is another enquiry.
        body = NEW_ENQUIRY.replace('"external_ref": "bench-@@@@@@@@", ', "")
        return Load(bench.programs, "creation-traced", "POST", "/api/v1/enquiries",
                    server.sign_in(source.people["administrator"]), body)

    _, ran = traced(bench, cluster, url, "creation", ask)
    made = next(one for one in ran if any(statement.startswith("insert into enquiry ") for statement in one))
    reference = next(value for statement in made if statement.startswith("insert into enquiry ")
                     for value in statement.split("'") if value.startswith("OX-"))
    return as_script(made, {reference: "OX-"})


@figure
def enquiry_page(bench):
    """Pages of one enquiry a second, 16 asking, against a bare loop of one thread that commits 16 of them at a time."""
    programs, source = bench.programs, bench.hub(100)
    ours, bare = (copy_database(source.database, programs.path("page" + end)) for end in (".db", "-bare.db"))
    statements = programs.path("page-statements")
    environment = {"LD_PRELOAD": os.path.abspath(programs.bench("statements") + ".so"), "BENCH_STATEMENTS": statements}
    pages = 800

    with Server(programs, ours, environment) as server:
        load = page_load(bench, server, source)
        load.send(server, 4)
        ran = min((ran_for(server, load, statements) for _ in range(4)), key=len)
    write(statements, b"".join(one + b"\0" for one in ran))
    with Server(programs, ours) as server:
        load = page_load(bench, server, source)
        load.send(server, 100, 16)
        rate, rival = turns(5, lambda: pages / load.send(server, pages, 16)[0], lambda: pages / float(programs.run(
            programs.bench("bare_page"), bare, statements, "--loop", str(pages), str(PAGES_A_COMMIT))))
    return Figure("enquiry-page", "pages/s", rate, rival, 0.5, at_least=True)


def page_load(bench, server, source):
    headers = server.sign_in(source.people["social_worker"])
    _, listed = server.ask("GET", "/api/v1/enquiries", headers)
    reference = listed.split('"reference":"')[1].split('"')[0]
    return Load(bench.programs, "page", "GET", "/enquiries/" + reference, headers)


def ran_for(server, load, statements):
    """The statements of one page, without those that begin and end; those of a chore of the same second may be among them."""
    time.sleep(0.3)
    if os.path.exists(statements):
        os.remove(statements)
    raw_answer(server, load.file)
    time.sleep(0.1)
    return [one for one in read(statements).split(b"\0") if one and not one.startswith(CONTROL)]


@figure
def postgresql_enquiry_page(bench):
    """The same on PostgreSQL, against pgbench with one client and the same statements, that waits for no sync."""
    programs, source, cluster = bench.programs, bench.hub(100), bench.cluster()
    url = cluster.copy(programs, source.database, "page")
    cluster.copy(programs, source.database, "page_bare")
    script, pages = programs.path("page.pgbench"), 800
    _, ran = traced(bench, cluster, url, "page", lambda server: page_load(bench, server, source))
    statements = [statement for one in ran for statement in one
                  if any("insert into access_log" in other for other in one) or len(one) > 10]
    write(script, as_script(statements, {}))
    cluster.sql("postgres", "alter database page_bare set synchronous_commit = off")  # as if many shared one sync
    with Server(programs, url) as server:
        load = page_load(bench, server, source)
        load.send(server, 100, 16)
        rate, rival = turns(ROUNDS, lambda: pages / load.send(server, pages, 16)[0],
                            lambda: cluster.bench("page_bare", script, 1, PGBENCH_SECONDS[1]))
    return Figure("postgresql-enquiry-page", "pages/s", rate, rival, 0.5, at_least=True)


@figure
def memory_64(bench):
    """The most memory the server had while 64 clients created, read an enquiry and the hub page; sign-ins aside."""
    programs, source, cluster = bench.programs, bench.hub(100), bench.cluster()
    sqlite = "sqlite:" + copy_database(source.database, programs.path("memory.db"))
    databases = {"memory-64": sqlite, "postgresql-memory-64": cluster.copy(programs, source.database, "memory")}
    return [Figure(name, "MB", memory_under_load(bench, url, source), 120, 1) for name, url in databases.items()]


def memory_under_load(bench, url, source):
    with Server(bench.programs, url) as server:
        page = page_load(bench, server, source)
        hub = Load(bench.programs, "memory-hub", "GET", "/hub", server.sign_in(source.people["practice_manager"]))
        made = creations(bench, server, source, 64, 1000)
        write("/proc/%d/clear_refs" % server.pid, b"5")  # what the most was is forgotten: passwords were hashed
        made()
        page.send(server, 1000, 64)
        hub.send(server, 300, 64)
        with open("/proc/%d/status" % server.pid) as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:")) / 1024
