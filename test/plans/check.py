"""check.py sqlite FILE | postgresql URL STATEMENTS: what each query goes through from end to end, held to exceptions.golden.

A case for each query: it passes where it goes through nothing that grows, or through what the list says it may. A line of
the list that nothing needs any more is a failure too.
"""
import os
import re
import subprocess
import sys

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


def main(engine, where, *statements):
    tables, indexes, queries = exceptions()
    found = of_sqlite(where) if engine == 'sqlite' else postgresql_plans.plans(statements[0], where).items()
    failed = cases = 0
    for name, whole in found:
        bad = [(table, index) for table, index in whole
               if table not in tables and index not in indexes and table not in queries.get(name, ())]
        cases += 1
        failed += bool(bad)
        print('%s %d - %s on %s goes through nothing that grows' % ('not ok' if bad else 'ok', cases, name, engine))
        for table, index in bad:
            print('# all of %s%s' % (table, ' by ' + index if index else ''))
    print('1..%d' % cases)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
