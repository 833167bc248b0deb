"""What the command-line tests share: running the program, hubs of their own, files of rows, and TAP.

A test is a function whose name is a sentence; it takes a Hub, a fresh folder with no database in it, and asserts.
"""
import csv
import io
import json
import os
import subprocess
import sys
import tempfile
import time
import traceback
from concurrent.futures import ThreadPoolExecutor

PROGRAM = os.path.abspath(os.environ.get('FANLIGHT_PROGRAM', 'build/fanlight'))
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
    """A folder of its own, and the program in it."""

    def __init__(self, folder):
        self.folder = folder
        self.url = 'sqlite:' + os.path.join(folder, 'hub.db')

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


def rejected(done):
    return [(row['line'], row['column']) for row in done.json['rejected']]


# Most of a test is waiting for a program that waits for a disk: two at a time take half as long.
SIDE_BY_SIDE = 2


def tried(test):
    """Why it failed, or nothing."""
    with tempfile.TemporaryDirectory(prefix='fanlight-cli.') as folder:
        try:
            test(Hub(folder))
            return ''
        except Exception:
            return ''.join('# ' + line + '\n' for line in traceback.format_exc().splitlines()[-12:])


def play(tests):
    failures = 0
    with ThreadPoolExecutor(SIDE_BY_SIDE) as side_by_side:
        for number, (test, why) in enumerate(zip(tests, side_by_side.map(tried, tests)), 1):
            failures += bool(why)
            print(f"{'not ok' if why else 'ok'} {number} - {test.__name__.replace('_', ' ')}")
            print(why, end='', flush=True)
    print(f'1..{len(tests)}')
    return 1 if failures else 0
