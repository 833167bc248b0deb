"""The tables that a query of PostgreSQL's goes through from one end to the other, read from its generic plan."""
import json
import re
import subprocess

# As every session of ours has them (db/postgresql.c).
SETTINGS = ["set geqo = off;", "set max_parallel_workers_per_gather = 0;", "set random_page_cost = 1.1;",
            "set enable_hashjoin = off;", "set enable_mergejoin = off;",
            'set join_collapse_limit = 8;', 'set from_collapse_limit = 8;']

PREPARED = re.compile(r'^prepare "?(\w+)"? ?(?:\(([^)]*)\))? as\n', re.M)


def statements(path):
    """(name, how many parameters, its whole prepare) of the statements sqlc wrote."""
    with open(path, encoding='utf-8') as file:
        text = file.read()
    starts = list(PREPARED.finditer(text))
    for at, start in enumerate(starts):
        end = starts[at + 1].start() if at + 1 < len(starts) else len(text)
        yield start.group(1), len((start.group(2) or '').split(',')) if start.group(2) else 0, text[start.start():end]


def nodes(plan):
    yield plan
    for below in plan.get('Plans', []):
        yield from nodes(below)


def whole(plan):
    """(table, index or None): a scan without a condition that leads it, unless it stops at a limit of its own."""
    for node in nodes(plan):
        kind, table = node['Node Type'], node.get('Relation Name')
        if kind == 'Seq Scan':
            yield table, None
        if kind in ('Index Scan', 'Index Only Scan') and 'Index Cond' not in node:
            yield table, node['Index Name']


def plans(path, url):
    """name: what it goes through whole."""
    lines = ['set plan_cache_mode = force_generic_plan;', 'set jit = off;', *SETTINGS]
    names = []
    for name, count, prepare in statements(path):
        given = '(' + ', '.join(['null'] * count) + ')' if count else ''
        lines += [prepare, "\\echo =", 'explain (format json) execute "%s"%s;' % (name, given)]
        names.append(name)
    ran = subprocess.run(['psql', '-X', '-q', '-At', '-v', 'ON_ERROR_STOP=1', url], input='\n'.join(lines),
                         capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(ran.stderr[-2000:])
    answers = ran.stdout.split('=\n')[1:]
    return {name: sorted(set(whole(json.loads(answer)[0]['Plan'])), key=str) for name, answer in zip(names, answers)}
