"""Hubs on two engines: rows.py STATEMENTS (SQLITE_PATH DATABASE)... psql's environment leads to the cluster that has the other copy of
each as DATABASE; STATEMENTS is build/sql/postgresql.sql. Every row of every table is compared, and then what every query of
sql/queries that only reads answers, with parameters drawn from what the tables hold. A line a case, for the suite to number."""
import csv
import glob
import io
import os
import random
import re
import sqlite3
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SETS = 10  # of parameters for each query
TRIES = 300  # until one of them gives a row
SALTED = {('account', 'password_hash'), ('migration', 'applied_at')}
AHEAD = {'reference_counter': 'id, year, last - (select count(*) from reference_ready r where r.year = reference_counter.year)'}
READY = 'reference_ready'  # the references that PostgreSQL makes ready ahead: a counter stands as many further on there
LOCKS = 'lock'  # the noun whose text never runs on SQLite
OF_SALTS = {'session_credentials'}
NULL = '\\N'

sqlite = None  # the hub that is looked at; PGDATABASE is the other's


def look_at(path, database):
    global sqlite
    sqlite = sqlite3.connect('file:%s?mode=ro' % path, uri=True)
    sqlite.text_factory = lambda b: b.decode('utf-8', 'surrogateescape')
    os.environ['PGDATABASE'] = database


def psql(script):
    # A column's value and a null must look different: every value of a csv is quoted by force, a null is not.
    done = subprocess.run(['psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-P', 'footer=off'], input=script,
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[:2000])
    return done.stdout


def said(value):
    if value is None:
        return NULL
    if isinstance(value, bytes):
        return '\\x' + value.hex()
    if isinstance(value, float):
        return '%.9g' % value
    return str(value)


def heard(text):
    if text in ('t', 'f'):  # what PostgreSQL calls a boolean is a bool of the C either way
        return '1' if text == 't' else '0'
    return '%.9g' % float(text) if re.fullmatch(r'-?\d+\.\d+(e-?\d+)?', text) else text


def case(good, name, why=''):
    print('ok ' + name if good else 'not ok %s: %s' % (name, why), flush=True)


def tables():
    return [row[0] for row in sqlite.execute(
        "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' order by 1")]


def columns(table):
    return [row[1] for row in sqlite.execute('pragma table_info("%s")' % table)]


def compare_tables():
    for table in tables():
        if table == READY:
            continue
        names = columns(table)
        order = 'id' if 'id' in names else ', '.join(names)
        mine = [[said(v) for v in row] for row in sqlite.execute('select * from "%s" order by %s' % (table, order))]
        script = '\\pset null \'%s\'\n\\pset format csv\n\\t on\nselect %s from "%s" order by %s;\n' % (
            NULL.replace('\\', '\\\\'), AHEAD.get(table, ', '.join('"%s"' % n for n in names)), table, order)
        other = [[heard(v) for v in row] for row in csv.reader(io.StringIO(psql(script)))]
        for i, name in enumerate(names):
            if (table, name) in SALTED:
                for row in mine + other:
                    row[i] = ''
        wrong = [pair for pair in zip(mine, other) if pair[0] != pair[1]]
        case(len(mine) == len(other) and not wrong, 'the rows of %s are the same on both engines (%s, %d)' % (table, os.environ['PGDATABASE'], len(mine)),
             '%d and %d; %s' % (len(mine), len(other), wrong[:1]))


def queries():
    """{name: SQL} of what only reads."""
    found = {}
    for path in sorted(glob.glob(os.path.join(HERE, '..', '..', 'sql', 'queries', '*.sql'))):
        noun = os.path.basename(path).split('.')[0]
        if path.endswith('.postgresql.sql') or noun == LOCKS:
            continue
        text = open(path).read()
        for name, body in re.findall(r'^-- (\w+) :\w+\n(.*?)(?=^-- \w+ :|\Z)', text, re.S | re.M):
            sql = '\n'.join(line for line in body.splitlines() if not line.startswith('--')).strip().rstrip(';')
            if not re.search(r'\b(insert into|update \w+ set|update \w+\s+set|delete from)\b', sql, re.I):
                found[name] = sql
    return found


def prepared(path):
    """{name: ([types], statement)} as PostgreSQL is told them."""
    found = {}
    for block in re.findall(r'^prepare .*?;\n\n', open(path).read(), re.S | re.M):
        name, types = re.match(r'prepare "(\w+)"(?: \(([^)]*)\))? as\n', block).groups()
        found[name] = ([t.strip() for t in types.split(',')] if types else [], block)
    return found


class Values:
    """What a parameter of this name and type may be: what stands in the tables under the name, or near it."""
    def __init__(self):
        self.chance, self.known = random.Random(20150601), {}
        for table in tables():
            for name in columns(table):
                got = [row[0] for row in sqlite.execute(
                    'select distinct "%s" from "%s" where "%s" is not null order by 1 limit 400' % (name, table, name))]
                self.known.setdefault(table if name == 'id' else name, []).extend(got)
        self.rows = {}
        for table in tables():
            names = [table if name == 'id' else name for name in columns(table)]
            some = sqlite.execute('select * from "%s" limit 20000' % table).fetchall()
            some = self.chance.sample(some, min(len(some), 200))
            self.rows[table] = [dict(zip(names, row)) for row in some]
        self.instants = [v for name, got in self.known.items() if name.endswith('_at') or name == 'at' for v in got
                         if isinstance(v, int) and v > 10**12]

    def draw(self, name, kind):
        number = kind in ('bigint', 'smallint')
        if name == 'limit':
            return self.chance.choice([1, 7, 1000])
        if name in ('viewer', 'account', 'actor', 'worker', 'id') and number:
            pool = self.known['account'] + (self.known['enquiry'][:50] if name == 'id' else [])
        else:
            pool = self.known.get(name) or self.known.get(re.sub(r'^(of|the|after|since)_|_(was|id)$', '', name)) or []
        if kind == 'smallint':
            pool = [0, 1]
        pool = [v for v in pool if (isinstance(v, int) if number else isinstance(v, bytes if kind == 'bytea' else str))]
        if not pool and number:
            pool = self.instants if re.search(r'at$|from|to$|since|before|until|start|end|now|open|clos|ago|due', name) else [0, 1, 2, 5]
        if kind == 'double precision':
            return self.chance.choice([0.5, 2.0])
        return self.chance.choice(pool) if pool else (None if kind == 'bytea' else '2015-06-30')


    def of_one_row(self, names, types, drawn):
        """The same, with what one row of some table has under those names: what belongs together is asked for together."""
        fit = [table for table, rows in self.rows.items() if rows and any(n in rows[0] for n in names)]
        if not fit:
            return drawn
        row = self.chance.choice(self.rows[self.chance.choice(fit)])
        kinds = {'text': str, 'bytea': bytes, 'bigint': int, 'smallint': int}
        return [row[n] if isinstance(row.get(n), kinds.get(t, float)) else v for n, t, v in zip(names, types, drawn)]

    def sets(self, names, types):
        """One after another, half of them of one row."""
        for i in range(TRIES if names else 1):
            drawn = [self.draw(n, t) for n, t in zip(names, types)]
            yield self.of_one_row(names, types, drawn) if i % 2 else drawn


def literal(value, kind):
    if value is None:
        return 'null'
    if isinstance(value, bytes):
        return "'\\x%s'::bytea" % value.hex()
    return "'%s'::%s" % (str(value).replace("'", "''"), kind)


def order_of(sql):
    """The names of a query's parameters as they are numbered: by where each is first said."""
    return list(dict.fromkeys(re.findall(r'\$(\w+)', re.sub(r"'[^']*'", "''", sql))))


def asked_with(values, sql, names, types):
    """[(parameters, SQLite's rows)]: the first few, and if those have no row, one more that has."""
    found, seen = [], set()
    for i, drawn in enumerate(values.sets(names, types)):
        if str(drawn) in seen:
            continue
        seen.add(str(drawn))
        given = dict(zip(names, drawn))
        rows = sqlite.execute(sql, given).fetchall()
        if i < SETS or rows:
            found.append((given, rows))
        if i >= SETS - 1 and any(rows for _, rows in found):
            break
    return found


def compare_queries():
    """{query: how many rows it had}"""
    values, known = Values(), prepared(sys.argv[1])
    asked, script = [], '\\pset null \'%s\'\n\\pset format csv\n\\t on\n' % NULL.replace('\\', '\\\\')
    for name, sql in queries().items():
        types, block = known[name]
        names = order_of(sql)
        script += block
        for given, rows in asked_with(values, sql, names, types):
            asked.append((name, given, rows))
            script += 'execute "%s"%s;\n\\echo ---\n' % (
                name, '(%s)' % ', '.join(literal(v, t) for v, t in zip(given.values(), types)) if names else '')
    others = psql(script).split('---\n')
    wrong, rows_of = {}, {}
    for (name, given, rows), other in zip(asked, others):
        mine = [[said(v) for v in row] for row in rows]
        theirs = [[heard(v) for v in row] for row in csv.reader(io.StringIO(other))]
        rows_of[name] = rows_of.get(name, 0) + len(mine)
        if mine != theirs and name not in OF_SALTS and name not in wrong:
            differ = next((p for p in zip(mine, theirs) if p[0] != p[1]), (len(mine), len(theirs)))
            wrong[name] = '%s: %s' % (given, differ)
    for name in rows_of:
        case(name not in wrong, 'query %s answers the same on both engines (%s, %d rows)' % (
            name, os.environ['PGDATABASE'], rows_of[name]), wrong.get(name, '')[:900])
    return rows_of


had = {}
for path, database in zip(sys.argv[2::2], sys.argv[3::2]):
    look_at(path, database)
    compare_tables()
    for name, count in compare_queries().items():
        had[name] = had.get(name, 0) + count
never = [name for name, count in had.items() if not count]
print('# %d queries were asked and never had a row: %s' % (len(never), ' '.join(never)))
