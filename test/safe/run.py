"""Backup, restore and copy of a whole hub, on both engines: python3 test/safe/run.py, with PGHOST leading to a server.

What was restored is compared with what was there by another way than the program's own: every row of every table, read
by the sqlite3 module and by psql. Cases run in order on hubs that earlier ones made; each is a sentence.
"""
import contextlib
import fcntl
import glob
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib'))
from client import Client, port_told

PROGRAM = os.path.abspath(os.environ.get('FANLIGHT_PROGRAM', 'build/fanlight'))
DATA = os.path.abspath('data/oxfordshire-2015')
NOW = '2015-07-13T09:20:00+01:00'
WITHIN_S = 60

# What using a hub writes by itself: the entry of each command, and who is signed in.
OWN_TRACES = ('session',)


def environment():
    return {k: v for k, v in os.environ.items() if not k.startswith('FANLIGHT_')}


class Done:
    def __init__(self, ran):
        self.code, self.out, self.err = ran.returncode, ran.stdout, ran.stderr


class Place:
    """A folder, its files and the databases of one run."""

    def __init__(self, folder):
        self.folder, self.databases = folder, 0
        self.key = self.write('key', b'thirty-two bytes of nothing much')
        os.chmod(self.key, 0o600)
        self.people = {}

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, content):
        with open(self.path(name), 'wb') as file:
            file.write(content)
        return self.path(name)

    def sqlite(self, name):
        return 'sqlite:' + self.path(name + '.db')

    def postgresql(self):
        """A new empty one."""
        self.databases += 1
        name = 'safe%d' % self.databases
        subprocess.run(['createdb', name], check=True)
        return 'postgresql:///%s?host=%s&user=%s' % (name, os.environ['PGHOST'], os.environ['PGUSER'])

    def run(self, *words, db=None, **options):
        command = [PROGRAM, *(['--db', db] if db else []), *words]
        return Done(subprocess.run(command, capture_output=True, text=True, env=environment(), cwd=self.folder,
                                   timeout=WITHIN_S, **options))

    def ok(self, *words, **options):
        done = self.run(*words, **options)
        assert done.code == 0, '%s ended with %d: %s' % (words, done.code, done.err)
        return done.out

    def backup(self, db, name):
        self.ok('backup', self.path(name), '--key-file', self.key, db=db)
        return self.path(name)

    def restore(self, file, db):
        self.ok('restore', file, '--key-file', self.key, db=db)
        return db

    def refused(self, db, words, why, *, code=1, way_out=''):
        """It says why, makes nothing, and leaves nothing."""
        before = self.files()
        done = self.run(*words, db=db)
        assert done.code == code and why in done.err and way_out in done.err and not done.out, vars(done)
        assert self.files() == before, self.files()

    def files(self):
        return sorted(os.listdir(self.folder))

    def ended_by(self, which, words, db, begun, undo):
        """It has begun, and then the signal comes; again, undone, where it was quicker."""
        for _ in range(100):
            process = subprocess.Popen([PROGRAM, *(['--db', db] if db else []), *words], stdout=subprocess.DEVNULL,
                                       stderr=subprocess.DEVNULL, env=environment(), cwd=self.folder)
            while not begun() and process.poll() is None:
                time.sleep(0.001)
            process.send_signal(which)
            if process.wait(WITHIN_S) == -which:
                return
            undo()
        raise AssertionError('%s was always quicker' % words[0])

    def ended_in_the_middle(self, which, words, db, made, part):
        """Of a file: what it is called until it is whole is there, and stays while what it waits for at its end is held."""
        def undo():
            for name in glob.glob(glob.escape(self.path(made)) + '*'):
                if not name.endswith('.db.lock'):
                    os.remove(name)
        with written_to(db) if part == '.part' else locked(self.path(made) + '.lock'):
            self.ended_by(which, words, db, lambda: os.path.exists(self.path(made) + part), undo)


@contextlib.contextmanager
def written_to(url):
    """Somebody writes: a backup's entry on the access log has to wait."""
    connection = sqlite3.connect(url[7:], isolation_level=None)
    connection.execute('begin immediate')
    yield
    connection.execute('rollback')
    connection.close()


@contextlib.contextmanager
def locked(path):
    """Another command has it: what is restored has to wait for its name."""
    with open(path, 'w') as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
    os.remove(path)


def sqlite_rows(url):
    """Of each table its rows, as JSON has them."""
    connection = sqlite3.connect('file:%s?mode=ro' % url[7:], uri=True)
    connection.row_factory = sqlite3.Row
    names = [name for name, in connection.execute("select name from sqlite_schema where type = 'table'")]
    rows = {name: [{key: '\\x' + row[key].hex() if isinstance(row[key], bytes) else row[key] for key in row.keys()}
                   for row in connection.execute('select * from "%s" order by 1' % name)] for name in names}
    connection.close()
    return rows


def psql(url, sql):
    return subprocess.run(['psql', '-X', '-At', '-d', url, '-c', sql], check=True, capture_output=True, text=True).stdout


def postgresql_rows(url):
    names = psql(url, "select tablename from pg_tables where schemaname = 'public'").split()
    return {name: [json.loads(line) for line in
                   psql(url, 'select row_to_json(t) from (select * from "%s" order by 1) t' % name).splitlines()]
            for name in names}


def holds_nothing(url):
    return psql(url, "select count(*) from pg_class where relnamespace = 'public'::regnamespace").strip() == '0'


def rows_of(url):
    return sqlite_rows(url) if url.startswith('sqlite:') else postgresql_rows(url)


def same_rows(one, other, entries):
    """Table by table; of the access log so many entries, because using a hub adds its own."""
    assert one.keys() == other.keys(), one.keys() ^ other.keys()
    for name in one:
        if name in OWN_TRACES:
            continue
        a, b = (side[name][:entries] if name == 'access_log' else side[name] for side in (one, other))
        assert len(a) == len(b), (name, len(a), len(b))
        for row, twin in zip(a, b):
            assert row == twin, (name, row, twin)


class Server(Client):
    def __init__(self, place, db):
        self.process = subprocess.Popen([PROGRAM, '--db', db, 'serve', '--listen', '127.0.0.1:0', '--clock', NOW],
                                        stderr=subprocess.PIPE, text=True, env=environment(), cwd=place.folder)
        self.port = port_told(self.process)
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(WITHIN_S)


def what_it_answers(place, db):
    return [place.ok('report', 'daily', '--json', '--now', NOW, db=db),
            place.ok('enquiry', 'list', '--json', '--now', NOW, db=db)]


CASES = []


def case(function):
    CASES.append(function)
    return function


@case
def a_backup_is_one_file_that_nobody_else_may_read(p):
    p.demo = p.sqlite('demo')
    made = json.loads(p.ok('demo', DATA, '--json', db=p.demo))
    for user in made['users']:
        p.people.setdefault(user['role'], user)
    p.was = rows_of(p.demo)
    p.entries = len(p.was['access_log'])
    p.file = p.backup(p.demo, 'one')
    assert os.stat(p.file).st_mode & 0o777 == 0o600
    assert not os.path.exists(p.file + '.part')
    with open(p.file, 'rb') as file:
        p.sealed = file.read()
    assert b'Rahman' not in p.sealed and b'enquiry' not in p.sealed


@case
def its_use_is_on_the_access_log(p):
    entry = rows_of(p.demo)['access_log'][-1]
    assert entry['action'] == 'back_up' and 'enquiries=775' in entry['detail'], entry


@case
def verifying_says_what_is_in_it(p):
    said = json.loads(p.ok('backup', 'verify', p.file, '--key-file', p.key, '--json'))
    assert said['authority'] == 'Oxfordshire' and said['enquiries'] == 775 and said['simulated'] is True
    counted = {table['name']: table['rows'] for table in said['tables']}
    assert counted == {name: len(rows) for name, rows in p.was.items() if name != 'migration'}
    assert 'whole: the hub of Oxfordshire' in p.ok('backup', 'verify', p.file, '--key-file', p.key)


@case
def a_file_that_is_there_is_not_written_over(p):
    p.refused(p.demo, ['backup', p.file, '--key-file', p.key], 'is there already')
    with open(p.file, 'rb') as file:
        assert file.read() == p.sealed


@case
def what_is_no_key_is_refused_by_its_name(p):
    short = p.write('short', b'thirty-one bytes are too short.')
    p.refused(p.demo, ['backup', p.path('two'), '--key-file', short], 'at least 32 bytes')
    p.refused(p.demo, ['backup', p.path('two'), '--key-file', p.path('none')], p.path('none'))
    p.refused(p.demo, ['restore', p.path('none'), '--key-file', p.key], p.path('none'))


@case
def a_key_that_everybody_can_read_is_told_of(p):
    open_key = p.write('open', b'thirty-two bytes for all to read')
    os.chmod(open_key, 0o644)
    assert 'everybody' in p.run('backup', p.path('open-backup'), '--key-file', open_key, db=p.demo).err
    assert p.run('backup', 'verify', p.file, '--key-file', p.key).err == ''


@case
def another_key_opens_nothing(p):
    other = p.write('other', b'thirty-two bytes of something el')
    p.empty = p.postgresql()
    p.refused(None, ['backup', 'verify', p.file, '--key-file', other], "the key is another's")
    p.refused(p.sqlite('new'), ['restore', p.file, '--key-file', other], "the key is another's")
    p.refused(p.empty, ['restore', p.file, '--key-file', other], "the key is another's")


@case
def one_changed_byte_anywhere_is_refused(p):
    chosen = random.Random(2015)
    places = [0, 17, 18, 30, 41, 42, 60, len(p.sealed) - 1, len(p.sealed) - 40, len(p.sealed) - 20000]
    places += [chosen.randrange(len(p.sealed)) for _ in range(20)]
    for at in places:
        spoilt = bytearray(p.sealed)
        spoilt[at] ^= 1 << at % 8
        p.write('spoilt', bytes(spoilt))
        done = p.run('backup', 'verify', p.path('spoilt'), '--key-file', p.key)
        assert done.code == 1 and done.err and not done.out, (at, done.code, done.err)
    for at in places[:3] + places[7:9]:
        spoilt = bytearray(p.sealed)
        spoilt[at] ^= 1 << at % 8
        p.write('spoilt', bytes(spoilt))
        for db in p.sqlite('new'), p.empty:
            p.refused(db, ['restore', p.path('spoilt'), '--key-file', p.key], '')


@case
def a_file_that_was_cut_short_is_refused(p):
    chosen = random.Random(1963)
    for length in [0, 10, 18, 42, 65617, len(p.sealed) - 1] + [chosen.randrange(len(p.sealed)) for _ in range(14)]:
        p.write('spoilt', p.sealed[:length])
        done = p.run('backup', 'verify', p.path('spoilt'), '--key-file', p.key)
        assert done.code == 1 and done.err and not done.out, (length, done.code, done.err)
    p.write('spoilt', p.sealed[:-1])
    for db in p.sqlite('new'), p.empty:
        p.refused(db, ['restore', p.path('spoilt'), '--key-file', p.key], 'changed or cut')
    assert holds_nothing(p.empty)
    p.write('spoilt', p.sealed + b'x')
    p.refused(None, ['backup', 'verify', p.path('spoilt'), '--key-file', p.key], 'changed or cut')


@case
def what_holds_a_hub_is_not_filled(p):
    p.refused(p.demo, ['restore', p.file, '--key-file', p.key], 'holds a hub already')
    p.refused(None, ['copy', '--from', p.demo, '--to', p.demo], 'holds a hub already')
    other = p.postgresql()
    psql(other, 'create table theirs (id int)')
    p.refused(other, ['restore', p.file, '--key-file', p.key], 'not empty')


@case
def sqlite_to_sqlite(p):
    p.again = p.restore(p.file, p.sqlite('again'))
    same_rows(p.was, rows_of(p.again), p.entries)
    assert [name for name in os.listdir(p.folder) if 'restoring' in name] == []


@case
def two_at_once_to_one_place_take_turns(p):
    db = p.sqlite('raced')
    words = [PROGRAM, '--db', db, 'restore', p.file, '--key-file', p.key]
    both = [subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), cwd=p.folder)
            for _ in range(2)]
    codes = sorted(process.wait(WITHIN_S) for process in both)
    assert codes[0] == 0 and codes[1] in (1, 3), codes
    same_rows(p.was, rows_of(db), p.entries)
    assert [name for name in os.listdir(p.folder) if 'restoring' in name] == []


@case
def sqlite_to_postgresql(p):
    p.server = p.restore(p.file, p.empty)
    same_rows(p.was, rows_of(p.server), p.entries)


@case
def postgresql_to_postgresql(p):
    p.from_server = p.backup(p.server, 'from-server')
    p.server_again = p.restore(p.from_server, p.postgresql())
    same_rows(p.was, rows_of(p.server_again), p.entries)


@case
def postgresql_to_sqlite(p):
    p.back = p.restore(p.from_server, p.sqlite('back'))
    same_rows(p.was, rows_of(p.back), p.entries)


@case
def copies_go_both_ways(p):
    p.copied = p.postgresql()
    said = p.ok('copy', '--from', p.back, '--to', p.copied, '--json')
    assert json.loads(said)['enquiries'] == 775
    p.ok('copy', '--from', p.copied, '--to', p.sqlite('copied'))
    same_rows(p.was, rows_of(p.copied), p.entries)
    same_rows(rows_of(p.copied), rows_of(p.sqlite('copied')), None)


@case
def each_of_them_answers_as_the_first_did(p):
    answers = what_it_answers(p, p.demo)
    for db in p.again, p.server, p.back, p.copied:
        assert what_it_answers(p, db) == answers, db


@case
def the_access_log_of_each_is_complete_and_in_order(p):
    for db in p.again, p.server, p.server_again, p.back, p.copied, p.sqlite('copied'):
        assert 'complete and in order' in p.ok('audit', 'verify', db=db)


@case
def what_guards_the_schema_stands_again(p):
    def guards(url):
        return sorted(row for row in sqlite3.connect(url[7:]).execute(
            "select type, name, tbl_name, sql from sqlite_schema where name not like 'sqlite_%'"))

    assert guards(p.again) == guards(p.demo) and guards(p.back) == guards(p.demo)
    done = subprocess.run(['psql', '-X', '-d', p.server, '-c', 'delete from access_log'], capture_output=True, text=True)
    assert 'never changed' in done.stderr, done.stderr
    assert psql(p.server, "select count(*) from pg_trigger where tgenabled = 'D'").strip() == '0'
    fresh = p.postgresql()
    p.ok('init', db=fresh)
    told = """select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint where contype <> 't'
        union all select indrelid::regclass::text, '', pg_get_indexdef(indexrelid) from pg_index
        where indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
        union all select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
        order by 1, 2, 3"""
    assert psql(fresh, told) == psql(p.server, told)


@case
def the_caseload_counters_are_what_is_held(p):
    held = ('select count(*) from worker w where w.open <> (select count(*) from episode e '
            'where e.worker = w.account and e.ended_at is null)')
    assert sqlite3.connect(p.again[7:]).execute(held).fetchone() == (0,)
    assert psql(p.server, held).strip() == '0'


def works_on(p, db):
    """Something new is taken in and screened: its ids are new, and the steps are allowed."""
    body = json.dumps({'external_ref': 'safe-1', 'source_system': 'test', 'channel': 'phone', 'source_code': '2A',
                       'referrer_name': 'Ann Reed', 'referrer_organisation': 'A school', 'concern': 'neglect',
                       'summary': 'He comes hungry.', 'children': [{'given_name': 'Sam', 'family_name': 'Field',
                                                                    'date_of_birth': '2009-03-04', 'sex': 'male'}]})
    with Server(p, db) as server:
        kind = {'Content-Type': 'application/json'}
        answer, text = server.ask('POST', '/api/v1/enquiries', {**server.sign_in(p.people['administrator']), **kind}, body)
        assert answer.status == 201, (answer.status, text)
        reference = json.loads(text)['reference']
        answer, text = server.ask('POST', '/api/v1/enquiries/%s/screen' % reference,
                                  {**server.sign_in(p.people['social_worker']), **kind, 'If-Match': '"1"'},
                                  json.dumps({'rag': 'amber', 'rag_reason': 'Hungry again.'}))
        assert answer.status == 200, (answer.status, text)
        assert json.loads(text)['state'] == 'screened'


@case
def a_restored_hub_goes_on_on_sqlite(p):
    works_on(p, p.again)


@case
def a_restored_hub_goes_on_on_postgresql(p):
    works_on(p, p.server)
    works_on(p, p.copied)


NEW = {'source_system': 'test', 'channel': 'phone', 'source_code': '2A', 'referrer_name': 'Ann', 'concern': 'neglect',
       'summary': 'Hungry.', 'children': [{'given_name': 'Sam', 'family_name': 'Field', 'sex': 'male'}]}


class Writing:
    """Somebody goes on taking enquiries in, from the first three on."""

    def __init__(self, server, headers, name):
        self.server, self.headers, self.name = server, {**headers, 'Content-Type': 'application/json'}, name
        self.sent, self.stopped = [], threading.Event()
        self.thread = threading.Thread(target=self.go_on)

    def go_on(self):
        while not self.stopped.is_set():
            body = json.dumps({**NEW, 'external_ref': '%s-%d' % (self.name, len(self.sent))})
            answer, text = self.server.ask('POST', '/api/v1/enquiries', self.headers, body)
            self.sent.append((answer.status, text))

    def __enter__(self):
        self.thread.start()
        while len(self.sent) < 3 and self.thread.is_alive():
            pass_time()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join()


def is_one_moment(p, db, name, to):
    """What came before it is in it whole, what came after isn't."""
    was = len(rows_of(db)['enquiry'])
    with Server(p, db) as server:
        p.signed_in = server.sign_in(p.people['administrator'])
        with Writing(server, p.signed_in, name) as writing:
            file = p.backup(db, name)
        assert {status for status, _ in writing.sent} == {201}, writing.sent[-1]
    entry = [row for row in rows_of(db)['access_log'] if row['action'] == 'back_up'][-1]
    assert 'enquiries=' in entry['detail'], entry
    rows = rows_of(p.restore(file, to))
    assert was + 3 <= len(rows['enquiry']) <= was + len(writing.sent)
    current = {row['enquiry'] for row in rows['episode']}
    assert {row['id'] for row in rows['enquiry']} == current == {row['enquiry'] for row in rows['child']}
    assert 'complete and in order' in p.ok('audit', 'verify', db=to)
    return to


def pass_time():
    threading.Event().wait(0.01)


@case
def beside_a_running_server_a_backup_is_one_moment_of_it(p):
    is_one_moment(p, p.demo, 'beside', p.sqlite('of-beside'))


@case
def beside_a_running_server_on_postgresql_too(p):
    p.later = is_one_moment(p, p.server, 'beside-postgresql', p.sqlite('later'))


@case
def a_running_hub_is_not_copied_and_is_told_the_way_out(p):
    empty = p.postgresql()
    with Server(p, p.demo) as server:
        for to in p.sqlite('moved'), empty:
            p.refused(None, ['copy', '--from', p.demo, '--to', to], 'a server is running', code=3, way_out='Stop it first')
        p.refused(p.demo, ['restore', p.file, '--key-file', p.key], 'holds a hub already')
        assert server.ask('GET', '/sign-in')[0].status == 200
    assert holds_nothing(empty)
    p.ok('copy', '--from', p.demo, '--to', p.sqlite('moved'))
    same_rows(rows_of(p.demo), rows_of(p.sqlite('moved')), None)


def half_made(p):
    return {name for name in p.files() if name.startswith('half')}


@case
def told_to_stop_in_the_middle_nothing_half_made_is_left(p):
    empty = p.postgresql()
    name = empty.split('/')[3].split('?')[0]
    key = ['--key-file', p.key]
    p.ended_in_the_middle(signal.SIGINT, ['backup', p.path('half'), *key], p.demo, 'half', '.part')
    p.ended_in_the_middle(signal.SIGTERM, ['restore', p.file, *key], p.sqlite('half'), 'half.db', '.restoring')
    p.ended_in_the_middle(signal.SIGHUP, ['copy', '--from', p.again, '--to', p.sqlite('half')], None, 'half.db', '.restoring')
    assert half_made(p) == set(), half_made(p)
    p.ended_by(signal.SIGTERM, ['restore', p.file, *key], empty,
               lambda: psql(p.server, "select count(*) from pg_stat_activity where datname = '%s' and query like 'copy %%'"
                            % name).strip() != '0',
               lambda: (subprocess.run(['dropdb', name], check=True), subprocess.run(['createdb', name], check=True)))
    assert holds_nothing(empty)


@case
def what_a_killed_one_left_is_begun_anew(p):
    key = ['--key-file', p.key]
    p.ended_in_the_middle(signal.SIGKILL, ['backup', p.path('half'), *key], p.demo, 'half', '.part')
    p.ended_in_the_middle(signal.SIGKILL, ['restore', p.file, *key], p.sqlite('half'), 'half.db', '.restoring')
    left = half_made(p)
    assert {'half.part', 'half.db.restoring'} <= left and not left & {'half', 'half.db'}, left
    p.ok('backup', 'verify', p.backup(p.demo, 'half'), '--key-file', p.key)
    p.restore(p.file, p.sqlite('half'))
    assert half_made(p) - {'half.db-wal', 'half.db-shm'} == {'half', 'half.db', 'half.db.lock'}, half_made(p)


@case
def who_was_signed_in_is_not_after_a_restore(p):
    with Server(p, p.later) as server:
        answer, _ = server.ask('GET', '/caseload', p.signed_in)
        assert answer.status in (302, 303) and '/sign-in' in answer.headers['Location'], answer.status


@case
def a_full_disk_is_said_and_leaves_nothing(p):
    small = p.path('small')
    os.mkdir(small)
    mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small], capture_output=True)
    if mounted.returncode:
        return 'no file system can be mounted here'
    try:
        done = p.run('backup', os.path.join(small, 'file'), '--key-file', p.key, db=p.demo)
        assert done.code == 3 and 'disk is full' in done.err, (done.code, done.err)
        assert os.listdir(small) == []
        done = p.run('restore', p.file, '--key-file', p.key, db='sqlite:' + os.path.join(small, 'hub.db'))
        assert done.code == 3 and 'disk is full' in done.err, (done.code, done.err)
        assert os.listdir(small) == [], os.listdir(small)
    finally:
        subprocess.run(['umount', small], check=True)


def main():
    failures = 0
    folder = tempfile.mkdtemp(prefix='fanlight-safe.')
    place = Place(folder)
    for number, test in enumerate(CASES, 1):
        name, why, skipped = test.__name__.replace('_', ' '), '', None
        try:
            skipped = test(place)
        except Exception:  # told, and the next is tried
            why = traceback.format_exc()
        failures += bool(why)
        print('%s %d - %s%s' % ('not ok' if why else 'ok', number, name, ' # SKIP ' + skipped if skipped else ''))
        for line in why.splitlines()[-12:]:
            print('# ' + line)
        sys.stdout.flush()
    print('1..%d' % len(CASES))
    shutil.rmtree(folder)
    return failures > 0


sys.exit(main())
