"""A generated hub, against a bare loop that inserts the same rows."""

import sqlite3

from figures import GENERATED_YEARS, Figure, figure, tables, turns
from hub import copy_database
from writing import bare_commit

TURNS = {10000: 5, 100000: 1}
BATCH_DAYS, BATCH_ENQUIRIES = 92, 5000  # generate commits at each, as src/hub/generate.c has it


def commits(count):
    return max(-(-GENERATED_YEARS * 365 // BATCH_DAYS), -(-count // BATCH_ENQUIRIES))


def row_counts(database):
    connection = sqlite3.connect(database)
    counts = [(name, *connection.execute('select count(*) from "%s"' % name).fetchone()) for name in tables(connection)]
    connection.close()
    return counts


@figure
def generate(bench):
    """`generate` of 10,000 and 100,000 enquiries, against a bare loop with the same rows and as many commits."""
    programs = bench.programs
    empty, bare = programs.path("generate-empty.db"), programs.path("generate-bare.db")
    programs.command(empty, "init", "--authority", "Generated", "--now", "2023-06-30T10:00:00+01:00")
    figures = []
    for count, times in TURNS.items():
        made = bench.generated_path(count)
        rates = turns(times, lambda: count / bench.generate(count), lambda: count / bare_commit(
            programs, made, copy_database(empty, bare), commits(count), "--bulk"))
        if row_counts(made) != row_counts(bare):
            raise RuntimeError("the bare loop left rows out")
        figures.append(Figure("generate-%d" % count, "enquiries/s", *rates, 0.5, at_least=True))
    return figures
