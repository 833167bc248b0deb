"""Races across two nodes: two servers over one PostgreSQL database, asked at the same moment. races.py PROGRAM URL, where
URL is of a database that has the schema and nothing in it, and psql's environment leads to the same cluster. What each
race leaves behind is read from the database; a line a case, for the suite to number."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

PROGRAM, URL = sys.argv[1:3]
DATABASE = re.search(r'///([^?]+)', URL).group(1)
PASSWORD = 'a door with a fanlight over it'
START = '2015-06-01T10:00:00+01:00'
PEOPLE = {
    'olsen': ('Astrid Olsen', 'administrator'), 'rahman': ('Asha Rahman', 'social_worker'),
    'byrne': ('Ciaran Byrne', 'social_worker'), 'nair': ('Meera Nair', 'practice_manager'),
    'ellis': ('Paul Ellis', 'practice_manager'), 'porter': ('Jo Porter', 'project_manager'),
}
CAP, ROUNDS, DAYS = 25, 8, 4


def run(*words, give=''):
    done = subprocess.run([PROGRAM, '--db', URL, *words], input=give, capture_output=True, text=True)
    if done.returncode:
        sys.exit('%s: exit %d: %s' % (' '.join(words), done.returncode, done.stderr))
    return done.stdout


def rows(sql):
    done = subprocess.run(['psql', '-X', '-q', '-At', '-F', '|', '-v', 'ON_ERROR_STOP=1', '-d', DATABASE, '-c', sql],
                          capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return [line.split('|') for line in done.stdout.splitlines()]


def number(sql):
    return int(rows(sql)[0][0])


class Node:
    """A server of its own on a free port."""
    def __init__(self, folder, name):
        with socket.socket() as s:
            s.bind(('127.0.0.1', 0))
            self.port = s.getsockname()[1]
        self.log = open(os.path.join(folder, name), 'w')
        self.process = subprocess.Popen(
            [PROGRAM, '--db', URL, 'serve', '--listen', '127.0.0.1:%d' % self.port, '--clock', START],
            stdout=self.log, stderr=self.log)
        until = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < until:
            try:
                socket.create_connection(('127.0.0.1', self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        sys.exit('a node does not answer: ' + open(self.log.name).read()[:400])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


class Person:
    """Signed in once; the cookies hold on either node."""
    def __init__(self, node, name):
        self.cookies, self.csrf = {}, ''
        _, _, page = self.ask(node, 'GET', '/sign-in')
        token = re.search(r'name="csrf" value="([^"]*)"', page) or re.search(r'value="([^"]*)"[^>]*name="csrf"', page)
        form = urllib.parse.urlencode({'email': name + '@hub.example', 'password': PASSWORD, 'csrf': token.group(1)})
        status, _, page = self.ask(node, 'POST', '/sign-in', form, {'Content-Type': 'application/x-www-form-urlencoded'})
        if status != 303:
            sys.exit('%s could not sign in: %d' % (name, status))
        self.csrf = json.loads(self.ask(node, 'GET', '/api/v1/session')[2])['csrf']

    def ask(self, node, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection('127.0.0.1', node.port, timeout=60)
        said = {'Cookie': '; '.join('%s=%s' % pair for pair in self.cookies.items()), **dict(headers)}
        if self.csrf:
            said['X-CSRF-Token'] = self.csrf
        if body and 'Content-Type' not in said:
            said['Content-Type'] = 'application/json'
        if isinstance(body, dict):
            body = json.dumps(body)
        connection.request(method, path, body, said)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == 'set-cookie':
                key, _, rest = value.partition('=')
                self.cookies[key] = rest.partition(';')[0]
        page = answer.read().decode()
        connection.close()
        return answer.status, dict(answer.getheaders()), page

    def api(self, node, method, path, body=None, version=None, key=None):
        headers = {}
        if version is not None:
            headers['If-Match'] = '"%d"' % version
        if key:
            headers['Idempotency-Key'] = key
        return self.ask(node, method, '/api/v1' + path, body, headers)


def together(*asks):
    """All at one moment; the answers in order."""
    answers, barrier = [None] * len(asks), threading.Barrier(len(asks))

    def one(i):
        barrier.wait()
        answers[i] = asks[i]()
    threads = [threading.Thread(target=one, args=(i,)) for i in range(len(asks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


failures = 0


def case(good, name, why=''):
    global failures
    failures += not good
    print('%s %s%s' % ('ok' if good else 'not ok', name, '' if good else ': %s' % why), flush=True)


class Hub:
    def __init__(self, nodes):
        self.one, self.other = nodes
        self.people = {name: Person(nodes[i % 2], name) for i, name in enumerate(PEOPLE)}
        self.made = 0
        self.worker = {name: number("select id from account where email = '%s@hub.example'" % name) for name in PEOPLE}

    def receive(self, node=None, key=None, words=None):
        self.made += 1
        body = {'channel': 'phone', 'source_code': '2A', 'concern': ['neglect'],
                'summary': words or 'Hungry, %d.' % self.made, 'children': [{'given_name': 'Ada', 'family_name': 'Quaint'}]}
        return self.people['olsen'].api(node or self.one, 'POST', '/enquiries', body, key=key)

    def screened(self, rag='green'):
        reference = json.loads(self.receive()[2])['reference']
        status, _, page = self.screen(self.one, 'rahman', reference, rag)
        assert status == 200, page
        return reference

    def screen(self, node, name, reference, rag='green'):
        return self.people[name].api(node, 'POST', '/enquiries/%s/screen' % reference,
                                     {'rag': rag, 'rag_reason': 'As it is.'}, 1)

    def version(self, reference):
        return number("select e.version from episode e join enquiry q on q.id = e.enquiry "
                      "where q.reference = '%s' and e.is_current = 1" % reference)

    def give(self, node, name, reference, to='byrne', version=None):
        return self.people[name].api(node, 'POST', '/enquiries/%s/allocate' % reference,
                                     {'worker': self.worker[to], 'reason': 'There is a place.'},
                                     version or self.version(reference))

    def open(self, name):
        return [int(n) for n in rows(
            'select w.open, (select count(*) from episode e where e.worker = w.account and e.ended_at is null) '
            'from worker w where w.account = %d' % self.worker[name])[0]]


def screening_raced(hub):
    wrong = []
    for _ in range(ROUNDS):
        reference = json.loads(hub.receive()[2])['reference']
        got = together(lambda: hub.screen(hub.one, 'rahman', reference, 'green'),
                       lambda: hub.screen(hub.other, 'byrne', reference, 'amber'))
        statuses = sorted(answer[0] for answer in got)
        steps = number("select count(*) from history h join enquiry q on q.id = h.enquiry "
                       "where q.reference = '%s' and h.transition = 'screened'" % reference)
        if statuses[0] != 200 or statuses[1] not in (409, 412) or steps != 1:
            wrong.append((statuses, steps))
    case(not wrong, 'an enquiry screened on both nodes at once is screened once, and the other is told', wrong)


def key_raced(hub):
    wrong = []
    for i in range(ROUNDS):
        words = 'Raced %d.' % i
        got = together(lambda: hub.receive(hub.one, 'key-%d' % i, words), lambda: hub.receive(hub.other, 'key-%d' % i, words))
        made = number("select count(*) from enquiry where summary = '%s'" % words)
        if [a[0] for a in got] != [201, 201] or got[0][2] != got[1][2] or made != 1:
            wrong.append(([a[0] for a in got], made))
    case(not wrong, 'the same idempotency key on both nodes at once makes one enquiry and gets one answer', wrong)


def cap_raced(hub):
    references = [hub.screened() for _ in range(CAP + 1)]
    for reference in references[:CAP - 1]:
        status, _, page = hub.give(hub.one, 'nair', reference)
        assert status == 200, page
    wrong, last = [], references[CAP - 1:]
    for _ in range(ROUNDS):
        versions = [hub.version(reference) for reference in last]
        got = together(lambda: hub.give(hub.one, 'nair', last[0], version=versions[0]),
                       lambda: hub.give(hub.other, 'ellis', last[1], version=versions[1]))
        statuses = [answer[0] for answer in got]
        if sorted(statuses) != [200, 409] or hub.open('byrne') != [CAP, CAP]:
            wrong.append((statuses, hub.open('byrne')))
        given = last[statuses.index(200)] if 200 in statuses else last[0]
        hub.people['nair'].api(hub.one, 'POST', '/enquiries/%s/unallocate' % given, {'reason': 'Again.'}, hub.version(given))
    case(not wrong, 'at %d of %d, of two that are given on two nodes at once one is, and one is refused' % (CAP - 1, CAP), wrong)


def swap_raced(hub):
    """Two reds want the place of one green, from both nodes."""
    wrong = []
    green = hub.screened('green')
    reds = [hub.screened('red') for _ in range(2)]
    for i in range(ROUNDS):
        if rows("select e.worker from episode e join enquiry q on q.id = e.enquiry where q.reference = '%s'" % green) == [['']]:
            hub.give(hub.one, 'nair', green, 'rahman')
        before = hub.open('rahman')
        seen, versions = '%s@%d' % (green, hub.version(green)), [hub.version(red) for red in reds]

        def swap(node, name, i):
            return hub.people[name].api(node, 'POST', '/enquiries/%s/swap' % reds[i],
                                        {'swap_with': seen, 'reason': 'It can wait.'}, versions[i])
        got = together(lambda: swap(hub.one, 'nair', 0), lambda: swap(hub.other, 'ellis', 1))
        statuses = [answer[0] for answer in got]
        holders = [rows("select coalesce(e.worker, 0), e.state from episode e join enquiry q on q.id = e.enquiry "
                        "where q.reference = '%s' and e.is_current = 1" % r)[0] for r in (green, *reds)]
        held = sum(int(h[0]) == hub.worker['rahman'] for h in holders)
        if sorted(statuses)[0] != 200 or sorted(statuses)[1] not in (409, 412) or held != 1 or hub.open('rahman') != before:
            wrong.append((statuses, holders, before, hub.open('rahman')))
        for reference in (green, *reds):
            hub.people['nair'].api(hub.one, 'POST', '/enquiries/%s/unallocate' % reference, {'reason': 'Again.'},
                                   hub.version(reference))
    case(not wrong, 'one green that two reds take the place of on two nodes goes back for one of them, and the worker holds as many',
         wrong)


def collation_raced(hub):
    """Steps go on, on both nodes, while day after day is collated: each frozen balance is what its events say for ever."""
    wrong, over = [], threading.Event()

    def steps(node, i):
        while not over.is_set():
            reference = json.loads(hub.receive(node)[2])['reference']
            hub.screen(node, ('rahman', 'byrne')[i], reference)
    threads = [threading.Thread(target=steps, args=(node, i)) for i, node in enumerate((hub.one, hub.other))]
    for thread in threads:
        thread.start()
    for i in range(DAYS):
        done = subprocess.run([PROGRAM, '--db', URL, 'report', 'daily', '--date', '2015-06-%02d' % (i + 1), '--now',
                               '2015-06-%02dT%s:00+01:00' % (i + 1, '10:01' if i == 0 else '18:00'), '--collate'],
                              capture_output=True, text=True)
        if done.returncode:
            wrong.append(done.stderr)
        time.sleep(0.3)
    over.set()
    for thread in threads:
        thread.join()
    late = rows("""
        select r.day, b.workstream_key, b.unit, b.received, b.corrections,
            (select count(*) from balance_event e join workstream s on s.id = e.workstream
                where s.key = b.workstream_key and e.unit = b.unit and e.kind = 'received' and e.correction = 0
                    and e.counts_at >= r.window_start and e.counts_at < r.window_end),
            (select coalesce(sum(case when e.kind in ('received', 'reopened', 'moved_in', 'added') then 1 else -1 end), 0)
                from balance_event e join workstream s on s.id = e.workstream
                where s.key = b.workstream_key and e.unit = b.unit and e.counts_at < r.window_end), b.closing
        from daily_balance b join daily_return r on r.id = b.daily_return order by r.day, b.id""")
    wrong += [row for row in late if row[3] != row[5] or row[6] != row[7]]
    case(late and not wrong, 'what is frozen while steps go on is what its events say afterwards, on %d days' % DAYS, wrong[:3])


def steps_key():
    """The advisory lock of the steps, as src/hub/lock.c numbers it: FNV-1a of LOCK_STEPS and a nought."""
    h = 14695981039346656037
    for byte in (1, 0, 0, 0, 0, 0, 0, 0, 0):
        h = (h ^ byte) * 1099511628211 % (1 << 64)
    return h - (1 << 64) if h >> 63 else h


def until_waiting(count):
    """Until so many wait for an advisory lock."""
    for _ in range(3000):
        if number("select count(*) from pg_locks where locktype = 'advisory' and not granted") == count:
            return
        time.sleep(0.02)
    sys.exit('nobody waits for the lock of the steps')


def policy_raced(hub):
    """A step that was begun under one policy, and waits while another begins, is decided under the other."""
    policy = json.loads(run('policy', 'show', '--json'))['text']
    was, becomes = 'duration.red = elapsed_hours(4)', 'duration.red = elapsed_hours(3)'
    assert was in policy, policy
    reference = json.loads(hub.receive()[2])['reference']
    with tempfile.NamedTemporaryFile('w') as file:
        file.write(policy.replace(was, becomes))
        file.flush()
        holder = subprocess.Popen(['psql', '-X', '-q', '-d', DATABASE], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                  text=True)
        holder.stdin.write('begin; select pg_advisory_xact_lock(%d);\n' % steps_key())
        holder.stdin.flush()
        while not number("select count(*) from pg_locks where locktype = 'advisory' and granted and mode = 'ExclusiveLock' "
                         "and pid in (select pid from pg_stat_activity where application_name = 'psql')"):
            time.sleep(0.02)
        load = subprocess.Popen([PROGRAM, '--db', URL, 'policy', 'load', file.name, '--now', START],
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        until_waiting(1)
        answers = []
        step = threading.Thread(target=lambda: answers.append(hub.screen(hub.other, 'rahman', reference, 'red')))
        step.start()
        until_waiting(2)
        holder.communicate('commit;\n')
        said = load.communicate()[0]
        step.join()
    due = rows("select (e.due_at - q.received_at) / 3600000.0, (select max(version) from policy) from episode e "
               "join enquiry q on q.id = e.enquiry where q.reference = '%s'" % reference)[0]
    case(load.returncode == 0 and answers[0][0] == 200 and float(due[0]) == 3 and due[1] == '2',
         'a step that waits while a policy begins is decided under that policy', [load.returncode, said, answers, due])


def looked_at_once(hub):
    reference = hub.screened()
    before = number("select max(n) from access_log l join enquiry q on q.id = l.record "
                    "where l.record_kind = 'enquiry' and q.reference = '%s'" % reference)

    def look(node, name):
        return lambda: [hub.people[name].api(node, 'GET', '/enquiries/%s' % reference)[0] for _ in range(ROUNDS)]
    names = ['nair', 'ellis', 'rahman', 'byrne']
    got = together(*[look((hub.one, hub.other)[i % 2], name) for i, name in enumerate(names)])
    after = number("select max(n) from access_log l join enquiry q on q.id = l.record "
                   "where l.record_kind = 'enquiry' and q.reference = '%s'" % reference)
    case(all(status == 200 for statuses in got for status in statuses) and after - before == ROUNDS * len(names),
         'a record that four look at on two nodes at once has an entry for each look', (before, after))


def numbering(_):
    holes = rows("select record_kind, record, count(*), min(n), max(n) from access_log group by record_kind, record "
                 "having min(n) <> 1 or max(n) <> count(*)")
    case(not holes, 'the numbers of every record\'s access log are without a hole', holes[:3])
    case('complete and in order' in run('audit', 'verify'), 'audit verify says so')
    unequal = rows('select w.account, w.open, count(e.id) from worker w left join episode e on e.worker = w.account '
                   'and e.ended_at is null group by w.account, w.open having w.open <> count(e.id)')
    case(not unequal, 'what each worker is said to hold is what they hold', unequal)


def main():
    run('init', '--authority', 'Testshire', '--now', '2015-06-01T08:00:00+01:00')
    for name, (full, role) in PEOPLE.items():
        team = ['--team', 'MASH team'] if role in ('social_worker', 'practice_manager', 'administrator') else []
        run('user', 'add', name + '@hub.example', '--name', full, '--role', role, *team, '--password-stdin', give=PASSWORD + '\n')
    with tempfile.TemporaryDirectory() as folder:
        nodes = [Node(folder, 'one'), Node(folder, 'other')]
        try:
            hub = Hub(nodes)
            for race in (screening_raced, key_raced, cap_raced, swap_raced, looked_at_once, collation_raced, policy_raced,
                         numbering):
                race(hub)
        finally:
            ended = [node.stop() for node in nodes]
            logs = [open(node.log.name).read() for node in nodes]
        case(ended == [0, 0], 'both nodes end well', ended)
        failed = [line for log in logs for line in log.splitlines() if 'chore_failed' in line or 'not_logged' in line]
        case(not failed, 'nothing that the nodes do by themselves failed', failed[:3])
        print('# deadlocks that PostgreSQL broke, each run again: %s' % rows(
            "select deadlocks from pg_stat_database where datname = '%s'" % DATABASE)[0][0])
    return failures > 0


if __name__ == '__main__':
    sys.exit(main())
