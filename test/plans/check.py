"""check.py (PLACE FILE | postgresql URL)...: what each query goes through from end to end, held to exceptions.golden.

The places are looked at side by side. A case for each query in each: it passes where it goes through nothing that grows, or
through what the list says it may. A line of the list, and a table of a query's line, that no plan of any of them needs is a
failure too. PLANS_QUERIES says SQLite's statements; PLANS_STATEMENTS is the file of PostgreSQL's.
"""
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import postgresql_plans
import sqlite_plans

HERE = os.path.dirname(os.path.abspath(__file__))


def exceptions():
    """({table}, {index}, {query: whole things it may go through}), of the list."""
    tables, indexes, queries = set(), set(), {}
    with open(os.path.join(HERE, 'exceptions.golden'), encoding='utf-8') as file:
        for line in file:
            words = line.split()
            if words[:1] == ['table']:
                tables.add(words[1])
            elif words[:1] == ['index']:
                indexes.add(words[1])
            elif words[:1] == ['query']:
                queries[words[1]] = set(words[2].split(','))
    return tables, indexes, queries


def of_sqlite(path):
    database = sqlite_plans.Plans(path)
    said = subprocess.run([os.environ['PLANS_QUERIES'], 'sqlite'], capture_output=True, check=True).stdout.decode()
    for text in filter(None, said.split('\0')):
        name, sql = text.split('\n', 1)
        yield name, database.whole(sql, set(re.findall(r'\$(\w+)', sql)))


def plans(engine, where):
    """[(query, [(table, index or None)])] in one place; what isn't called postgresql is a file of SQLite's."""
    if engine == 'postgresql':
        return list(postgresql_plans.plans(os.environ['PLANS_STATEMENTS'], where).items())
    return list(of_sqlite(where))


class List:
    """The exceptions, and which of them something needed."""

    def __init__(self):
        self.tables, self.indexes, self.queries = exceptions()
        self.needed = set()

    def allows(self, query, table, index):
        for held, words in ((table in self.tables, ('table', table)), (index in self.indexes, ('index', index)),
                            (table in self.queries.get(query, ()), ('query', query, table))):
            if held:
                self.needed.add(words)
                return True
        return False

    def unneeded(self):
        of_queries = {('query', name, table) for name, tables in self.queries.items() for table in tables}
        every = {('table', name) for name in self.tables} | {('index', name) for name in self.indexes} | of_queries
        return sorted(every - self.needed)


class Tap:
    cases = failed = 0

    def tell(self, name, bad):
        self.cases += 1
        self.failed += bool(bad)
        print('%s %d - %s' % ('not ok' if bad else 'ok', self.cases, name))
        for line in bad:
            print('#', line)


def main(*places):
    tap, allowed = Tap(), List()
    places = list(zip(places[::2], places[1::2]))
    with ThreadPoolExecutor(len(places)) as side_by_side:
        looked = list(side_by_side.map(plans, *zip(*places)))
    for (engine, _), found in zip(places, looked):
        for name, whole in found:
            bad = [(table, index) for table, index in whole if not allowed.allows(name, table, index)]
            tap.tell('%s on %s goes through nothing that grows' % (name, engine),
                     ['all of %s%s' % (table, ' by ' + index if index else '') for table, index in bad])
    tap.tell('every line of exceptions.golden is needed by a plan', [' '.join(words) for words in allowed.unneeded()])
    print('1..%d' % tap.cases)
    return 1 if tap.failed else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
