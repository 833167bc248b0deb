"""Backups: ours against what each engine has of its own, of the same hub, turn by turn."""

from figures import Figure, figure, timed, turns
from hub import without

SIZES = 10000, 100000
TURNS = 5


def key_of(bench):
    key = bench.programs.path("key")
    with open(key, "wb") as file:
        file.write(b"k" * 64)
    return key


def backed_up(bench, url):
    """Seconds for one backup, the program's start and its entry on the access log included."""
    file = without(bench.programs.path("backup"))
    return timed([bench.programs.fanlight, "--db", url, "backup", file, "--key-file", key_of(bench)])


@figure
def backup_sqlite(bench):
    """`backup` of hubs of 10,000 and 100,000 enquiries, against the sqlite3 program's .backup of the same file."""
    figures = []
    for count in SIZES:
        database, rival = bench.generated(count), bench.programs.path("rival.db")
        ours, theirs = turns(TURNS, lambda: backed_up(bench, "sqlite:" + database),
                             lambda: timed(["sqlite3", database, ".backup " + without(rival)]))
        figures.append(Figure("backup-sqlite-%d" % count, "s", ours, theirs, 2))
    return figures


@figure
def backup_postgresql(bench):
    """The same hubs on PostgreSQL, against pg_dump into a plain file."""
    figures, cluster = [], bench.cluster()
    for count in SIZES:
        url = cluster.copy(bench.programs, bench.generated(count), "hub%d" % count)
        dump = ["pg_dump", "-f", bench.programs.path("dump"), "-d", url]
        ours, theirs = turns(TURNS, lambda: backed_up(bench, url), lambda: timed(dump, env=cluster.environment))
        figures.append(Figure("backup-postgresql-%d" % count, "s", ours, theirs, 2))
    return figures
