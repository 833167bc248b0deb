"""What the command-line tests share: running the program, hubs of their own, files of rows, and TAP.

A test is a function whose name is a sentence; it takes a Hub, a fresh folder with no database in it, and asserts. Each is played
on SQLite and, where FANLIGHT_TEST_POSTGRESQL is the URL of a cluster with a database `empty_hub` (test/lib/postgres.sh makes both), on
a copy of that too; those of what only SQLite has say so by @only_on_sqlite.
"""
import csv
import io
import itertools
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

PROGRAM = os.path.abspath(os.environ.get('FANLIGHT_PROGRAM', 'build/fanlight'))
CLUSTER = os.environ.get('FANLIGHT_TEST_POSTGRESQL')
DATA = os.path.abspath('data/oxfordshire-2015')

ENQUIRY = {
    'external_ref': 'T-1', 'received_at': '2015-06-01T10:00:00+01:00', 'channel': 'phone', 'source_code': '2A',
    'referrer_name': 'Ann Teacher', 'referrer_role': 'Head', 'referrer_organisation': 'A school',
    'referrer_email': 'ann@example.org', 'referrer_phone': '01632 960001', 'concern': 'neglect',
    'domestic_abuse_notification': 'no', 'immediate_danger': 'no', 'consent': 'obtained', 'summary': 'He comes hungry.',
    'child_given_name': 'Sam', 'child_family_name': 'Lee', 'child_date_of_birth': '2009-07-13', 'child_expected_date': '',
    'child_sex': 'male', 'child_ethnicity': 'WBRI', 'child_nhs_number': '9434765919', 'address': '1 High Street',
    'postcode': 'OX1 1AA', 'parent_name': 'Kim Lee',
}

DECISION = {
    'external_ref': 'T-1', 'child': '1', 'screened_by': 'Asha Rahman', 'screened_at': '2015-06-01T10:30:00+01:00',
    'rag': 'green', 'necessary': 'yes', 'necessary_reason': 'at_or_above_threshold', 'ended': 'decision',
    'allocated_to': 'Asha Rahman', 'allocated_at': '2015-06-01T10:40:00+01:00', 'outcome': 'assessment',
    'threshold_level': '3', 'reason': 'Needs are unlikely to be met without services.', 'service': '', 'agreement_by': '',
    'strategy_requested_at': '', 'recommended_by': 'Asha Rahman', 'recommended_at': '2015-06-02T09:00:00+01:00',
    'authorised_by': 'Priya Nair', 'authorised_at': '2015-06-02T09:30:00+01:00',
}


class Done:
    def __init__(self, ran):
        self.code, self.out, self.err = ran.returncode, ran.stdout, ran.stderr

    @property
    def json(self):
        return json.loads(self.out)


class Hub:
    """A folder of its own, and the program in it, on SQLite."""
    engine = 'sqlite'

    def __init__(self, folder):
        self.folder = folder
        self.url = 'sqlite:' + os.path.join(folder, 'hub.db')

    def rows(self, sql):
        """What the database holds, asked past the program."""
        database = sqlite3.connect(self.path('hub.db'))
        found = database.execute(sql).fetchall()
        database.close()
        return found

    def spoil(self, sql):
        """Changes the access log past what keeps it from being changed."""
        database = sqlite3.connect(self.path('hub.db'))
        database.executescript(f'drop trigger if exists access_log_keeps; drop trigger if exists access_log_stays; {sql};')
        database.close()

    def keep(self):
        """The hub as it is, for back()."""
        shutil.copy(self.path('hub.db'), self.path('kept.db'))

    def back(self):
        shutil.copy(self.path('kept.db'), self.path('hub.db'))

    def forget(self):
        """No hub is there any more."""
        os.remove(self.path('hub.db'))

    def close(self):
        pass

    def path(self, name):
        return os.path.join(self.folder, name)

    def environment(self, **settings):
        return {**{k: v for k, v in os.environ.items() if not k.startswith('FANLIGHT_')}, **settings}

    def run(self, *words, stdin=None, settings=None):
        env = self.environment(**(settings if settings is not None else {'FANLIGHT_DB': self.url}))
        return Done(subprocess.run([PROGRAM, *words], capture_output=True, text=True, input=stdin, env=env,
                                   cwd=self.folder, timeout=300))

    def most_memory_kb(self, *words):
        """The most resident memory a command came to, as the kernel counts it while it runs."""
        ran = subprocess.Popen([PROGRAM, *words], stdout=subprocess.DEVNULL, env=self.environment(FANLIGHT_DB=self.url))
        most = 0
        while ran.poll() is None:
            with open(f'/proc/{ran.pid}/status', encoding='ascii') as status:
                most = max([most] + [int(line.split()[1]) for line in status if line.startswith('VmHWM')])
            time.sleep(0.01)
        assert ran.returncode == 0
        return most

    def serve(self, *words):
        """A server on any port, once it listens."""
        server = subprocess.Popen([PROGRAM, 'serve', '--listen', '127.0.0.1:0', *words], stderr=subprocess.PIPE, text=True,
                                  env=self.environment(FANLIGHT_DB=self.url))
        said = server.stderr.readline()
        assert 'listening' in said, said
        return server

    def ok(self, *words, **more):
        done = self.run(*words, **more)
        assert done.code == 0, f'{words} ended with {done.code}: {done.err}'
        return done

    def init(self, *words):
        self.ok('init', '--authority', 'Oxfordshire', *words)

    def write(self, name, rows, columns=None, newline='\n', begin=''):
        out = io.StringIO()
        writer = csv.DictWriter(out, columns or list(rows[0]), lineterminator=newline, extrasaction='ignore')
        writer.writeheader()
        writer.writerows(rows)
        with open(self.path(name), 'w', encoding='utf-8', newline='') as file:
            file.write(begin + out.getvalue())
        return self.path(name)

    def enquiries(self, *changes, **more):
        """A file with a row of ENQUIRY for each change."""
        return self.write('enquiries.csv', [{**ENQUIRY, **change} for change in changes], **more)

    def decisions(self, *changes, **more):
        return self.write('decisions.csv', [{**DECISION, **change} for change in changes], **more)

    def imported(self, *changes, words=(), **more):
        return self.run('import', 'enquiries', self.enquiries(*changes, **more), '--json', *words)

    def count(self):
        return len(self.ok('enquiry', 'list', '--all', '--json').json['enquiries'])


class HubOnPostgresql(Hub):
    """The same in a database of its own in a cluster."""
    engine = 'postgresql'
    made = itertools.count(1)

    def __init__(self, folder):
        super().__init__(folder)
        self.name = f'cli_{os.getpid()}_{next(self.made)}'
        self._copy('empty_hub', self.name)
        self.url = self._url(self.name)

    @staticmethod
    def _url(name):
        where = urlsplit(CLUSTER)
        return f'postgresql:///{name}?{where.query}'

    def _psql(self, url, *statements, more=()):
        words = [word for statement in statements for word in ('-c', statement)]
        ran = subprocess.run(['psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', *more, url, *words], capture_output=True, text=True,
                             check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def _copy(self, one, other):
        self._psql(CLUSTER, f'drop database if exists {other} with (force)', f'create database {other} template {one}')

    def rows(self, sql):
        found = csv.reader(io.StringIO(self._psql(self.url, sql, more=['--csv', '-t'])))
        return [tuple(int(cell) if re.fullmatch(r'-?\d+', cell) else cell for cell in row) for row in found]

    def spoil(self, sql):
        self._psql(self.url, 'set session_replication_role = replica', sql)

    def keep(self):
        self._copy(self.name, self.name + '_kept')

    def back(self):
        self._copy(self.name + '_kept', self.name)

    def forget(self):
        self._copy('empty_hub', self.name)

    def close(self):
        for name in self.name, self.name + '_kept':
            self._psql(CLUSTER, f'drop database if exists {name} with (force)')


def only_on_sqlite(why):
    """Of a test; a module of such tests says it by ONLY_ON_SQLITE."""
    def say(test):
        test.only_on_sqlite = why
        return test
    return say


def rejected(done):
    return [(row['line'], row['column']) for row in done.json['rejected']]


# Most of a test is waiting for a program that waits for a disk: three at a time keep two processors at work.
SIDE_BY_SIDE = 3


def tried(chosen):
    """Why it failed, or nothing."""
    test, engine = chosen
    with tempfile.TemporaryDirectory(prefix='fanlight-cli.') as folder:
        hub = None
        try:
            hub = engine(folder)
            test(hub)
            return ''
        except Exception:
            return ''.join('# ' + line + '\n' for line in traceback.format_exc().splitlines()[-12:])
        finally:
            if hub:
                hub.close()


def _left_out(test, engine):
    why = getattr(test, 'only_on_sqlite', getattr(sys.modules[test.__module__], 'ONLY_ON_SQLITE', None))
    return why if engine != Hub else None


def play(tests):
    engines = [Hub, HubOnPostgresql] if CLUSTER else [Hub]
    chosen = [(test, engine) for engine in engines for test in tests]
    left_out = [(test, engine) for test, engine in chosen if _left_out(test, engine)]
    played = [one for one in chosen if one not in left_out]
    failures = 0
    with ThreadPoolExecutor(SIDE_BY_SIDE) as side_by_side:
        for number, ((test, engine), why) in enumerate(zip(played, side_by_side.map(tried, played)), 1):
            failures += bool(why)
            print(f"{'not ok' if why else 'ok'} {number} - {test.__name__.replace('_', ' ')} ({engine.engine})")
            print(why, end='', flush=True)
    for number, (test, engine) in enumerate(left_out, len(played) + 1):
        print(f"ok {number} - {test.__name__.replace('_', ' ')} ({engine.engine}) # SKIP {_left_out(test, engine)}")
    print(f'1..{len(chosen)}')
    return 1 if failures else 0
