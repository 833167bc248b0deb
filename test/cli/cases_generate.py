"""A hub of a given size, invented."""
import hashlib
import sqlite3
import subprocess

from play import PROGRAM, only_on_sqlite

UNTIL = '2026-06-30T10:42:00+01:00'
DRAWN_ANEW = {'account': ('password_hash',)}


def _generated(hub, name, *words):
    """The generated hub's database, open; another name each time."""
    path = hub.path(name)
    done = hub.run('generate', '--enquiries', '600', '--json', *words, settings={'FANLIGHT_DB': 'sqlite:' + path})
    assert done.code == 0, done.err
    assert done.json['enquiries'] == 600 and done.json['until'] == UNTIL, done.out
    return sqlite3.connect(path)


def _sum(database):
    """Of every row of every table, but for the passwords."""
    hashed = hashlib.sha256()
    for name, in database.execute("select name from sqlite_schema where type = 'table' order by name").fetchall():
        columns = [row[1] for row in database.execute(f'pragma table_info("{name}")')
                   if row[1] not in DRAWN_ANEW.get(name, ()) and (name, row[1]) != ('migration', 'applied_at')]
        for row in database.execute(f'select {", ".join(columns)} from "{name}" order by 1, 2'):
            hashed.update(repr((name, row)).encode())
    return hashed.hexdigest()


@only_on_sqlite('what is drawn is drawn before any database is written to')
def the_same_numbers_generate_the_same_hub_and_another_seed_another(hub):
    first = _sum(_generated(hub, 'first.db', '--seed', '7'))
    assert first == _sum(_generated(hub, 'second.db', '--seed', '7'))
    assert first != _sum(_generated(hub, 'third.db', '--seed', '8'))


def a_generated_hub_is_whole_and_goes_on(hub):
    done = hub.ok('generate', '--enquiries', '600', '--json', '--years', '2')
    assert done.json['enquiries'] == 600 and done.json['until'] == UNTIL, done.out
    assert hub.rows('select simulated from installation') == [(1,)]
    if hub.engine == 'sqlite':
        assert hub.rows('pragma foreign_key_check') == [] and hub.rows('pragma integrity_check') == [('ok',)]
    steps = hub.rows("select to_state from lifecycle_step where from_state = 'none' order by 1")
    assert steps == [('received',), ('screened',)], steps
    counted = hub.rows('select w.open, count(e.id) from worker w left join episode e on e.worker = w.account '
                       'and e.ended_at is null group by w.id having w.open <> count(e.id)')
    assert counted == [], counted
    assert hub.rows("select count(*) from access_log where record_kind = 'enquiry'")[0][0] > 3000
    assert hub.ok('audit', 'verify', '--json').json['ok']
    for date in '2024-11-20', '2026-06-29', '2026-06-30':
        day = hub.ok('report', 'daily', '--date', date, '--now', UNTIL, '--json').json
        assert day['balances'], day
    hub.imported({'received_at': '2026-06-30T11:00:00+01:00', 'child_date_of_birth': '2018-01-01'},
                 words=['--now', '2026-06-30T11:05:00+01:00'])
    assert hub.ok('audit', 'verify', '--json').json['ok']


def a_list_longer_than_memory_should_hold_is_written_whole_and_seen_once(hub):
    """Past a megabyte it goes out in parts: nothing may be lost, come twice, or go out before it stands on the access log."""
    hub.ok('generate', '--enquiries', '4000', '--years', '2')
    done = hub.ok('enquiry', 'list', '--all', '--json')
    assert len(done.out) > 1 << 20
    held = hub.rows('select reference from enquiry order by received_at desc, id desc')
    seen = hub.rows("select detail from access_log where action = 'view_list' order by id")
    assert [row['reference'] for row in done.json['enquiries']] == [reference for reference, in held]
    assert [detail.split(' system_user')[0] for detail, in seen] == ['command=enquiry list', 'list=enquiries all=yes'], seen
    lines = hub.ok('enquiry', 'list', '--all').out.splitlines()
    assert len(lines) == 4001 and lines[-1] == '4000 enquiries', lines[-1]
    with open('/dev/full', 'w', encoding='ascii') as full:
        ran = subprocess.run([PROGRAM, 'enquiry', 'list', '--all', '--json'], stdout=full, stderr=subprocess.PIPE, check=False,
                             env=hub.environment(FANLIGHT_DB=hub.url))
    assert (ran.returncode, ran.stderr) == (3, b'fanlight: could not write the result to standard output\n'), ran


@only_on_sqlite('what is drawn is drawn before any database is written to')
def its_shares_are_those_of_the_summer_of_2015(hub):
    database = _generated(hub, 'hub.db', '--seed', '3')

    def share(sql):
        return database.execute(sql).fetchone()[0]

    assert 0.33 < share("select avg(concern = 'domestic_abuse') from enquiry") < 0.53
    assert 0.60 < share("select avg(e.necessary = 'no') from episode e join enquiry q on q.id = e.enquiry "
                        "where q.domestic_abuse_notification = 1 and e.ended_at is not null") < 0.78
    assert 0.95 < share("select avg(ended_at <= due_at) from episode where ended = 'decision'")
    assert 1.55 < share('select 1.0 * (select count(*) from child) / count(*) from enquiry') < 1.9
    assert 0.1 < share('select avg(again) from (select count(*) > 1 as again from child group by person)') < 0.4
    assert 100 < share('select count(*) from episode where ended_at is null') < 200


def only_an_empty_hub_is_filled_and_sizes_are_bounded(hub):
    hub.ok('init', '--authority', 'Ours')
    hub.ok('generate', '--enquiries', '10')
    assert hub.rows('select authority, simulated from installation') == [('Ours', 1)]
    done = hub.run('generate', '--enquiries', '10')
    assert done.code == 1 and 'holds enquiries' in done.err, done.err
    for words in ['--enquiries', '0'], ['--enquiries', '10', '--years', '26'], ['--enquiries', 'many'], []:
        assert hub.run('generate', *words).code == 2, words
