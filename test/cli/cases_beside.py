"""Commands beside a running server: the server runs them, and nobody who reads the answer can tell."""
import os
import pwd
import shutil
import signal
import socket
import sqlite3
import subprocess
import time

from play import ENQUIRY, PROGRAM, Hub

ONLY_ON_SQLITE = 'beside a server on PostgreSQL a command goes to the database itself'
PASSWORD = 'a long enough password'
NOW = ('--now', '2015-06-03T10:00:00+01:00')
POLICY_NOTE = ('--note', 'As it was.')


def _until(good, seconds=60):
    """Waits for a condition, generously."""
    end = time.monotonic() + seconds
    while not good():
        assert time.monotonic() < end, 'it did not come'
        time.sleep(0.02)


def _stop(server, how=signal.SIGTERM):
    server.send_signal(how)
    return server.wait(timeout=120)


def _simulated(hub):
    """A hub with a team, a file of enquiries and a file of what was decided."""
    hub.init('--now', '2015-05-31T09:00:00+01:00')
    for name, role in (('Asha Rahman', 'social_worker'), ('Ciaran Byrne', 'social_worker'), ('Priya Nair', 'practice_manager')):
        hub.ok('user', 'add', name.replace(' ', '.').lower() + '@hub.example', '--name', name, '--role', role,
               '--team', 'MASH team', '--now', '2015-05-31T09:00:00+01:00')


def _file(hub, name, content):
    with open(hub.path(name), 'w', encoding='utf-8', newline='') as file:
        file.write(content)
    return hub.path(name)


def _commands(hub):
    """What is run in turn, each with what it reads from standard input: reading, writing, tried, refused and misused."""
    good = hub.write('good.csv', [ENQUIRY, {**ENQUIRY, 'external_ref': 'T-2', 'child_given_name': 'Ida'}])
    bad = hub.write('bad.csv', [{**ENQUIRY, 'external_ref': 'T-3', 'child_given_name': 'Una'},
                                {**ENQUIRY, 'external_ref': 'T-4', 'child_sex': 'sometimes', 'concern': 'what'}])
    policy = _file(hub, 'policy.json', hub.ok('policy', 'show', '--json', *NOW).out)
    ratings = 'reference,rag,reason\nOX-15-00001-0,red,Nothing like it\n'
    for words in (
        ['user', 'list'], ['user', 'list', '--json'],
        ['import', 'enquiries', good, '--dry-run'], ['import', 'enquiries', good], ['import', 'enquiries', good, '--json'],
        ['import', 'enquiries', bad], ['import', 'enquiries', bad, '--json'], ['import', 'enquiries', bad, '--partial'],
        ['import', 'enquiries', bad, '--partial', '--json'], ['import', 'enquiries', good, '--workstream', 'none'],
        ['import', 'enquiries', hub.path('not there')], ['import', 'enquiries', hub.folder],
        ['import', 'decisions', hub.decisions({}), '--json'], ['import', 'decisions', hub.decisions({'child': '7'})],
        ['import', 'open-cases', hub.write('open.csv', [{'nhs_number': '9434765919', 'given_name': 'Sam'}])],
        ['enquiry', 'list'], ['enquiry', 'list', '--all', '--json'], ['enquiry', 'show', 'T-1'],
        ['enquiry', 'show', 'T-1', '--json'], ['enquiry', 'show', 'T-99'], ['enquiry', 'list', '--as', 'nobody@hub.example'],
        ['enquiry', 'show', 'T-1', '--as', 'asha.rahman@hub.example', '--json'],
        ['user', 'list', '--as', 'asha.rahman@hub.example'],
        ['request', 'list'], ['edt'], ['edt', '--json'], ['report', 'daily', '--date', '2015-06-02'],
        ['report', 'daily', '--date', '2015-06-02', '--collate'], ['report', 'daily', '--date', '2015-06-02', '--json'],
        ['continuity'], ['continuity', '--json'], ['continuity', '--html'], ['continuity', hub.path('good.csv')],
        ['accumulation'], ['accumulation', '--json'], ['accumulation', '--target', '2015-07-01'],
        ['retriage', _file(hub, 'ratings.csv', ratings)], ['retriage', hub.path('ratings.csv'), '--dry-run', '--json'],
        ['retriage', '--undo', '1'], ['retriage', '--undo', 'x'], ['retriage'], ['retriage', good],
        ['policy', 'show'], ['policy', 'show', '--json'], ['policy', 'load', policy, *POLICY_NOTE, '--dry-run'],
        ['policy', 'load', policy, *POLICY_NOTE], ['policy', 'load', good, *POLICY_NOTE], ['holidays', 'load', good, *POLICY_NOTE],
        ['duty', 'list'], ['duty', 'list', '--json'], ['duty', 'cancel', '7'], ['absence', 'list'], ['absence', 'list', '--json'],
        ['absence', 'withdraw', '9'], ['deputy', 'list'], ['deputy', 'end', '4'],
        ['duty', 'add'], ['absence', 'add', 'asha.rahman@hub.example'], ['deputy', 'add', 'x'],
        ['user', 'change', 'asha.rahman@hub.example', '--name', 'Asha Rahman-Lee'],
        ['user', 'disable', 'ciaran.byrne@hub.example', '--json'], ['user', 'disable', 'nobody@hub.example'],
        ['audit', 'verify'], ['audit', 'verify', '--json'], ['migrate', 'status'], ['migrate', 'status', '--json'],
        ['due', '--received', '2015-06-10T10:00:00+01:00', '--rag', 'red'], ['enquiry', 'lst'], ['enquiry', 'list', '--al'],
    ):
        yield words, None
    add = ['user', 'add', 'new@hub.example', '--name', 'New Person', '--role', 'administrator', '--password-stdin']
    yield add, ''
    yield add, 'short\n'
    yield [*add, '--json'], PASSWORD + '\nmore\n'
    yield add, PASSWORD + '\n'


def _entries(hub):
    with sqlite3.connect(hub.path('hub.db')) as database:
        return database.execute('select action, refused, detail from access_log order by id').fetchall()


def every_command_answers_the_same_beside_a_server_as_without_one(hub):
    _simulated(hub)
    alone = Hub(os.path.join(hub.folder, 'alone'))
    os.mkdir(alone.folder)
    commands = list(_commands(hub))
    shutil.copy(hub.path('hub.db'), alone.folder)
    server = hub.serve()
    try:
        for words, stdin in commands:
            at = () if words[0] == 'migrate' else NOW
            one, other = (where.run(*words, *at, stdin=stdin) for where in (alone, hub))
            assert (one.code, one.out, one.err) == (other.code, other.out, other.err), \
                f'{words}: {one.code} {one.out} {one.err} and beside a server {other.code} {other.out} {other.err}'
    finally:
        assert _stop(server) == 0
    assert not os.path.exists(hub.path('hub.db.sock'))
    assert _entries(alone) == _entries(hub)


def what_a_server_does_for_a_command_is_its_askers_on_the_access_log(hub):
    hub.init()
    server = hub.serve()
    try:
        mode = os.stat(hub.path('hub.db.sock')).st_mode
        assert mode & 0o777 == 0o600, oct(mode)
        hub.ok('enquiry', 'list')
    finally:
        _stop(server)
    assert f'command=enquiry list system_user={pwd.getpwuid(os.getuid()).pw_name}' in [row[2] for row in _entries(hub)]


def what_needs_the_database_to_itself_is_refused_beside_a_server(hub):
    hub.init()
    server = hub.serve()
    try:
        for words in (['init', '--authority', 'X'], ['migrate', 'up'], ['serve', '--listen', '127.0.0.1:0'],
                      ['demo', hub.folder]):
            done = hub.run(*words)
            assert done.code in (1, 3) and done.out == '', (words, done.code)
            assert 'a server is running' in done.err or words[0] == 'demo', done.err
        hub.ok('due', '--received', '2015-06-10T10:00:00+01:00', '--rag', 'red')
    finally:
        assert _stop(server) == 0
    hub.ok('enquiry', 'list')


def a_socket_that_a_killed_server_left_is_no_server(hub):
    hub.init()
    _stop(hub.serve(), signal.SIGKILL)
    assert os.path.exists(hub.path('hub.db.sock'))
    hub.ok('enquiry', 'list')
    server = hub.serve()
    hub.ok('enquiry', 'list')
    _stop(server)


def a_database_deep_in_folders_has_its_socket_too(hub):
    folder = os.path.join(hub.folder, *['a rather long name of a folder'] * 5)
    os.makedirs(folder)
    deep = Hub(folder)
    deep.init()
    server = deep.serve()
    deep.ok('enquiry', 'list')
    assert os.path.exists(deep.path('hub.db.sock'))
    assert _stop(server) == 0


def _many(hub, count):
    return hub.enquiries(*({'external_ref': f'T-{i}', 'child_given_name': f'Sam{i}', 'child_nhs_number': '',
                            'referrer_name': 'Ann Teacher'} for i in range(count)))


def _importing(hub, count):
    """A long import, once the server works on it: its transaction holds the writer."""
    path = _many(hub, count)
    client = subprocess.Popen([PROGRAM, 'import', 'enquiries', path, '--json'], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              text=True, env=hub.environment(FANLIGHT_DB=hub.url))
    database = sqlite3.connect(hub.path('hub.db'), isolation_level=None, timeout=0)

    def writing():
        try:
            database.execute('begin immediate')
            database.execute('rollback')
        except sqlite3.OperationalError:
            return True
        return client.poll() is not None

    _until(writing)
    database.close()
    return client


LONG = 6000


def a_command_whose_asker_leaves_keeps_nothing_or_all_and_the_server_goes_on(hub):
    hub.init()
    server = hub.serve()
    try:
        client = _importing(hub, LONG)
        client.send_signal(signal.SIGINT)
        client.communicate()
        assert hub.count() in (0, LONG)
        done = hub.imported({'external_ref': 'T-new', 'child_given_name': 'Ona'})
        assert done.code == 0 and done.json['enquiries'] == 1, done.err
    finally:
        assert _stop(server) == 0


def a_server_that_is_stopped_finishes_the_command_that_it_began(hub):
    hub.init()
    server = hub.serve()
    client = _importing(hub, LONG)
    behind = subprocess.Popen([PROGRAM, 'enquiry', 'list'], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
                              env=hub.environment(FANLIGHT_DB=hub.url))
    assert _stop(server) == 0
    out, err = client.communicate()
    told = behind.communicate()[1]
    assert behind.returncode == 0 or (behind.returncode == 3 and ('nothing was done' in told or 'is running' in told)), told
    assert client.returncode == 0 and f'"enquiries":{LONG}' in out.replace(' ', ''), err
    assert hub.count() == LONG


def _killed_in_the_middle(hub, count):
    """What a client says whose server is killed while it imports: nothing where it was through, or not begun, before."""
    server = hub.serve()
    client = _importing(hub, count)
    _stop(server, signal.SIGKILL)
    out, err = client.communicate()
    if client.returncode == 0:
        assert hub.count() == count
        return None
    assert client.returncode == 3 and out == '', (client.returncode, out, err)
    if 'nothing was done' in err:
        assert hub.count() == 0
        return None
    assert hub.count() in (0, count)
    return err


def a_server_that_is_killed_leaves_its_asker_without_an_answer_and_says_so(hub):
    for attempt in range(8):
        one = Hub(hub.path(str(attempt)))
        os.mkdir(one.folder)
        one.init()
        said = _killed_in_the_middle(one, LONG << min(attempt // 2, 1))
        assert one.ok('audit', 'verify', '--json').json['ok']
        if said:
            assert 'cannot tell yet whether this was saved' in said, said
            return
    assert False, 'no server was ever killed in the middle'


def _say(hub, *packets):
    """A connection that says this and waits for what comes of it."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as one:
        one.settimeout(60)
        one.connect(hub.path('hub.db.sock'))
        for packet in packets:
            one.send(packet)
        return one.recv(1 << 16)


def who_says_nonsense_is_let_go_and_nobody_waits_for_the_silent(hub):
    hub.init()
    server = hub.serve()
    silent = []
    try:
        for said in (b'x', b'fanlight command 1\n', b'fanlight command 1\n' + b'\xff' * 60, b'\0' * 4096,
                     b'fanlight command 1\n\0\0\0\0\0\0\1\0\0\0\1\0\0\0\4\0\0\0user\1\0\0\0x'):
            assert _say(hub, said) == b'', said
        for _ in range(12):
            silent.append(socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET))
            silent[-1].connect(hub.path('hub.db.sock'))
        hub.ok('enquiry', 'list')
    finally:
        for one in silent:
            one.close()
        assert _stop(server) == 0


def a_file_too_large_to_be_taken_in_beside_a_server_is_refused_with_the_way_out(hub):
    hub.init()
    server = hub.serve()
    try:
        done = hub.run('import', 'enquiries', hub.enquiries(*({'external_ref': f'T-{i}', 'summary': 'Long. ' * 1000} for i in range(750))))
        assert done.code == 1 and '4 MB' in done.err and 'in parts' in done.err, done.err
        assert hub.count() == 0
    finally:
        assert _stop(server) == 0


def a_result_that_nobody_reads_holds_up_nobody(hub):
    hub.init()
    hub.ok('import', 'enquiries', _many(hub, 300))
    server = hub.serve()
    try:
        stuck = [subprocess.Popen([PROGRAM, 'enquiry', 'list', '--all', '--json'], stdout=subprocess.PIPE,
                                  env=hub.environment(FANLIGHT_DB=hub.url)) for _ in range(4)]
        assert hub.count() == 300
        for client in stuck:
            assert client.communicate()[0].count(b'"reference"') == 300
    finally:
        assert _stop(server) == 0


def _answered_as(user, path):
    """Whether somebody of this user hears a word at the socket: in a process of its own, since it doesn't become root again."""
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setuid(user)
            with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as one:
                one.settimeout(60)
                one.connect(path)
                os._exit(1 if one.recv(9) else 0)
        except ConnectionError:
            os._exit(0)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def only_the_servers_user_and_root_are_answered(hub):
    if os.getuid() != 0:
        return
    hub.init()
    server = hub.serve()
    try:
        for path in (hub.folder, hub.path('hub.db.sock')):
            os.chmod(path, 0o777)
        assert _answered_as(pwd.getpwnam('nobody').pw_uid, hub.path('hub.db.sock')) == 0
        hub.ok('enquiry', 'list')
    finally:
        assert _stop(server) == 0
