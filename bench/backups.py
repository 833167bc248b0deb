"""Backups: ours against what each engine has of its own, of the same hub, turn by turn."""

import os
import subprocess

from figures import FIGURES, Figure, timed, turns

SIZES = 10000, 100000
TURNS = 5


def generated(bench, count):
    database = bench.programs.path("generated-%d.db" % count)
    if not os.path.exists(database):
        bench.programs.command(database, "generate", "--enquiries", str(count), "--years", "3", "--seed", "1")
    return database


def key_of(bench):
    key = bench.programs.path("key")
    with open(key, "wb") as file:
        file.write(b"k" * 64)
    return key


def backed_up(bench, url):
    """Seconds for one backup, the program's start and its entry on the access log included."""
    file = bench.programs.path("backup")
    if os.path.exists(file):
        os.remove(file)
    return timed([bench.programs.fanlight, "--db", url, "backup", file, "--key-file", key_of(bench)])


def fresh(path):
    if os.path.exists(path):
        os.remove(path)
    return path


class Cluster:
    """A PostgreSQL server of its own, as the tests start it."""

    def __enter__(self):
        script = ". test/lib/postgres.sh; postgres_start && echo $postgres_folder"
        ran = subprocess.run(["bash", "-c", script], check=True, capture_output=True, text=True)
        self.folder = ran.stdout.split()[-1]
        self.environment = {**os.environ, "PGHOST": self.folder, "PGUSER": "fanlight", "PGDATABASE": "postgres"}
        return self

    def url(self, name):
        subprocess.run(["createdb", name], check=True, env=self.environment)
        return "postgresql:///%s?host=%s&user=fanlight" % (name, self.folder)

    def __exit__(self, *_):
        subprocess.run(["bash", "-c", ". test/lib/postgres.sh; postgres_folder=$1; postgres_stop", "-", self.folder],
                       check=True)


def backup_sqlite(bench):
    """`backup` of hubs of 10,000 and 100,000 enquiries, against the sqlite3 program's .backup of the same file."""
    figures = []
    for count in SIZES:
        database, rival = generated(bench, count), bench.programs.path("rival.db")
        ours, theirs = turns(TURNS, lambda: backed_up(bench, "sqlite:" + database),
                             lambda: timed(["sqlite3", database, ".backup " + fresh(rival)]))
        os.remove(rival)
        figures.append(Figure("backup-sqlite-%d" % count, "s", ours, theirs, 2))
    return figures


def backup_postgresql(bench):
    """The same hubs on PostgreSQL, against pg_dump into a plain file."""
    figures = []
    with Cluster() as cluster:
        for count in SIZES:
            url = cluster.url("hub%d" % count)
            bench.programs.run(bench.programs.fanlight, "copy", "--from", "sqlite:" + generated(bench, count), "--to", url)
            dump = ["pg_dump", "-f", bench.programs.path("dump"), "-d", url]
            ours, theirs = turns(TURNS, lambda: backed_up(bench, url), lambda: timed(dump))
            figures.append(Figure("backup-postgresql-%d" % count, "s", ours, theirs, 2))
    return figures


FIGURES += [("backup-sqlite", backup_sqlite), ("backup-postgresql", backup_postgresql)]
