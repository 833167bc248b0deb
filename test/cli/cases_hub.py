"""Making a hub, its people, its policy, its log and its time."""
import subprocess

from play import DATA

PASSWORD = 'a long enough password'


def a_hub_is_made_once(hub):
    done = hub.ok('init', '--authority', 'North Yorkshire Moors', '--json')
    assert done.json == {'authority': 'North Yorkshire Moors', 'reference_prefix': 'NYM', 'simulated': False}, done.out
    done = hub.run('init')
    assert done.code == 1 and 'North Yorkshire Moors' in done.err, done.err


def users_are_added_listed_and_disabled(hub):
    hub.init()
    done = hub.ok('user', 'add', 'Asha@example.org', '--name', 'Asha Rahman', '--role', 'social_worker', '--team',
                  'MASH team', '--password-stdin', '--json', stdin=PASSWORD + '\n')
    assert done.json['email'] == 'asha@example.org' and done.json['can_sign_in'], done.out
    hub.ok('user', 'add', 'd@example.org', '--name', 'D', '--role', 'director')
    for words, stdin in (
        (['asha@example.org', '--name', 'Again', '--role', 'auditor'], None),
        (['x@example.org', '--name', 'X', '--role', 'wizard'], None),
        (['x@example.org', '--name', 'X', '--role', 'auditor', '--team', 'Nobody'], None),
        (['x@example.org', '--name', 'X', '--role', 'partner'], None),
        (['nowhere', '--name', 'X', '--role', 'auditor'], None),
        (['x@example.org', '--name', 'X', '--role', 'auditor', '--password-stdin'], 'short\n'),
        (['x@example.org', '--name', 'X', '--role', 'auditor', '--password-stdin'], ''),
    ):
        done = hub.run('user', 'add', *words, stdin=stdin)
        assert done.code == 1 and done.err, (words, done.code)
    hub.ok('user', 'disable', 'asha@example.org')
    users = {user['email']: user for user in hub.ok('user', 'list', '--json').json['users']}
    assert not users['asha@example.org']['can_sign_in'] and users['asha@example.org']['disabled_at']
    assert hub.run('enquiry', 'list', '--as', 'asha@example.org').code == 1


def a_command_acts_as_a_user_with_what_that_user_may(hub):
    hub.init()
    for email, role in (('d@example.org', 'director'), ('a@example.org', 'administrator')):
        hub.ok('user', 'add', email, '--name', role, '--role', role)
    path = hub.enquiries({})
    assert hub.run('import', 'enquiries', path, '--as', 'd@example.org').code == 1
    assert hub.run('enquiry', 'list', '--as', 'nobody@example.org').code == 1
    done = hub.run('user', 'list', '--as', 'a@example.org')
    assert done.code == 1 and done.out == '', done.out


def each_use_of_the_operator_is_logged_with_the_systems_user(hub):
    hub.init()
    hub.imported({})
    hub.ok('enquiry', 'show', 'T-1')
    hub.run('import', 'enquiries', hub.enquiries({'external_ref': 'T-2', 'channel': 'fax'}))
    hub.imported({'external_ref': 'T-2'}, words=['--dry-run'])
    entries = hub.rows("select action, refused, detail from access_log where detail like '%system_user=%' order by id")
    who = subprocess.run(['id', '-un'], capture_output=True, text=True).stdout.strip()
    assert [(action, refused) for action, refused, _ in entries] == [
        ('import', 0), ('view_enquiry', 0), ('import', 1), ('import', 0)], entries
    assert all(detail.endswith('system_user=' + who) for _, _, detail in entries), entries
    assert hub.ok('audit', 'verify', '--json').json['ok']


def a_log_with_a_missing_or_moved_entry_is_found_out(hub):
    hub.init()
    hub.imported({}, {'external_ref': 'T-2'})
    for _ in range(3):
        hub.ok('enquiry', 'show', 'T-1')
    good = hub.ok('audit', 'verify', '--json').json
    assert good['ok'] and good['first_bad'] is None and good['entries'] > 5
    hub.keep()
    for spoil in (
        "delete from access_log where id = 3",
        "delete from access_log where id = (select max(id) - 2 from access_log)",
        "update access_log set n = n + 10 where id = 4",
        "update access_log set record = record + 100 where id = (select min(entry) from history)",
    ):
        hub.back()
        hub.spoil(spoil)
        done = hub.run('audit', 'verify', '--json')
        assert done.code == 1 and not done.json['ok'] and done.json['first_bad'], (spoil, done.out)


def the_policy_is_shown_and_a_new_version_loaded(hub):
    hub.init()
    shown = hub.ok('policy', 'show', '--json').json
    assert shown['version'] == 1
    with open(hub.path('policy.txt'), 'w', encoding='utf-8') as file:
        file.write(shown['text'].replace('cap = 25', 'cap = 20'))
    assert hub.ok('policy', 'load', hub.path('policy.txt'), '--json').json['version'] == 2
    assert 'cap = 20' in hub.ok('policy', 'show').out
    with open(hub.path('policy.txt'), 'w', encoding='utf-8') as file:
        file.write('cap = many\nhat = 3\n')
    done = hub.run('policy', 'load', hub.path('policy.txt'))
    assert done.code == 1 and 'line 1' in done.err and 'line 2' in done.err, done.err


def the_schema_is_current_after_init(hub):
    hub.init()
    status = hub.ok('migrate', 'status', '--json').json
    assert status['waiting'] == 0 and status['applied'] >= 1
    assert hub.ok('migrate', 'up', '--json').json['applied'] == 0


# Where there is no hub yet this check says so. The cluster of the tests syncs nothing, and doctor says that too.
NO_HUB = {'sqlite': 'database', 'postgresql': 'policy'}  # there in a database that has the schema and no hub
OF_THE_ENGINE = {'sqlite': {'lock', 'write permission'}, 'postgresql': {'read-write', 'encoding', 'synchronous_commit'}}
WRONG_IN_TESTS = {'sqlite': set(), 'postgresql': {'fsync'}}


def doctor_says_what_is_wrong_and_how_to_mend_it(hub):
    done = hub.run('doctor', '--json')
    checks = {check['name']: check for check in done.json['checks']}
    no_hub = checks[NO_HUB[hub.engine]]
    assert done.code == 1 and not no_hub['ok'] and 'init' in no_hub['mend'], done.out
    hub.init()
    done = hub.run('doctor', '--json')
    wrong = {check['name'] for check in done.json['checks'] if not check['ok']}
    assert wrong == WRONG_IN_TESTS[hub.engine] and done.code == (1 if wrong else 0), done.out
    assert all(check['ok'] == (check['mend'] is None) for check in done.json['checks']), done.out
    assert {'schema', 'policy', 'bank holidays', 'clock', hub.engine} | OF_THE_ENGINE[hub.engine] <= {
        check['name'] for check in done.json['checks']}


def only_a_simulated_hub_takes_a_time_to_write_at(hub):
    hub.init()
    when = '2015-06-30T10:42:00+01:00'
    for words in (['import', 'enquiries', hub.enquiries({})], ['report', 'daily', '--collate'],
                  ['user', 'add', 'a@example.org', '--name', 'A', '--role', 'auditor']):
        done = hub.run(*words, '--now', when)
        assert done.code == 2 and 'simulated' in done.err, (words, done.err)
    assert hub.run('serve', '--clock', when).code == 2
    assert hub.count() == 0
    hub.ok('enquiry', 'list', '--now', when)
    hub.forget()
    hub.init('--now', '2015-05-31T09:00:00+01:00')
    done = hub.run('import', 'enquiries', hub.enquiries({}), '--now', '2015-06-01T09:00:00+01:00', '--json')
    assert done.code == 1 and done.json['rejected'][0]['column'] == 'received_at', done.out
    hub.ok('import', 'enquiries', hub.enquiries({}), '--now', '2015-06-01T11:00:00+01:00')
    hub.ok('import', 'enquiries', hub.enquiries({'external_ref': 'T-2'}), '--now', '2015-06-01T10:30:00+01:00')


def the_demonstration_stands_at_its_moment_as_if_lived(hub):
    made = hub.ok('demo', DATA, '--until', '2015-06-30T10:42:00+01:00', '--json').json
    assert {user['role'] for user in made['users']} == {
        'administrator', 'social_worker', 'practice_manager', 'edt_worker', 'edt_manager', 'project_manager',
        'service_manager', 'director', 'partner', 'auditor', 'system_administrator'}
    assert all(len(user['password']) >= 12 for user in made['users'])
    listed = hub.ok('enquiry', 'list', '--all', '--json').json['enquiries']
    assert len(listed) == made['enquiries'] and max(row['received_at'] for row in listed) <= made['until']
    assert any(row['state'] == 'allocated' for row in listed) and any(row['state'] == 'closed' for row in listed)
    assert hub.rows('select count(*) from history where recorded_at < at') == [(0,)]
    assert hub.rows('select max(day) from daily_return where collated_at is not null') == [('2015-06-29',)]
    day = hub.ok('report', 'daily', '--date', '2015-06-29', '--json').json
    assert day['balances'] and day['collated_by'] == 'Wendy Pike', day['collated_by']
    assert hub.run('demo', DATA).code == 1
    assert hub.ok('audit', 'verify', '--json').json['ok']
