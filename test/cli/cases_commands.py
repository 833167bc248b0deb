"""Every command's help, and what a mistyped line is answered."""
import re

from play import only_on_sqlite

COMMANDS = {
    'init': ['--authority'], 'demo': ['--until'],
    'serve': ['--listen', '--clock', '--tls-cert', '--tls-key'],
    'user add': ['--name', '--role', '--agency', '--team', '--password-stdin'], 'user list': [], 'user disable': [],
    'import enquiries': ['--workstream', '--dry-run', '--partial'], 'import decisions': ['--create-people'],
    'enquiry list': ['--all'], 'enquiry show': [], 'due': ['--received', '--rag'],
    'report daily': ['--date', '--collate'], 'audit verify': [], 'edt': [], 'policy show': ['--version'],
    'policy load': ['--note', '--from', '--dry-run'], 'holidays load': ['--note'],
    'accumulation': ['--target', '--take-over'], 'retriage': ['--dry-run', '--undo'],
    'migrate status': [], 'migrate up': [], 'doctor': [], 'openapi': [],
}
GLOBAL = ['--db', '--json', '--as', '--now', '--help']


def every_command_of_the_interface_is_listed_and_every_listed_one_has_help(hub):
    listed = re.findall(r'^  (\w+(?: \w+)?)  ', hub.ok('--help').out, re.M)
    assert set(COMMANDS) <= set(listed) and len(set(listed)) == len(listed), listed
    for command in listed:
        assert f'usage: fanlight {command}' in hub.ok(*command.split(), '--help').out, command


def the_help_of_every_command_names_its_options_and_ends_with_0(hub):
    for command, options in COMMANDS.items():
        done = hub.ok(*command.split(), '--help')
        for option in options + GLOBAL:
            assert f'{option} ' in done.out or f'{option}\n' in done.out, (command, option)
        assert done.err == ''


def a_group_lists_its_commands(hub):
    done = hub.ok('import', '--help')
    assert 'import enquiries' in done.out and 'import decisions' in done.out and 'policy show' not in done.out


def no_command_at_all_is_usage(hub):
    done = hub.run()
    assert done.code == 2 and done.out == '' and 'usage: fanlight' in done.err


def a_mistyped_line_ends_with_2_and_the_nearest_name(hub):
    for words, said in (
        (['inti'], 'Did you mean init?'),
        (['import', 'enquiry'], 'Did you mean import enquiries?'),
        (['import'], 'Did you mean import enquiries?'),
        (['enquiry', 'list', '--al'], 'Did you mean --all?'),
        (['due', '--recieved', 'x'], 'Did you mean --received?'),
        (['--jason', 'enquiry', 'list'], 'Did you mean --json?'),
        (['frobnicate'], 'there is no command frobnicate'),
        (['due', '--rag', 'red'], '--received INSTANT is missing'),
        (['enquiry', 'show'], 'REF is missing'),
        (['enquiry', 'list', 'more'], '"more" is one word too many'),
        (['due', '--received', '2015-06-10T10:00:00', '--rag', 'red'], 'is not an instant'),
        (['due', '--received', '2015-06-10T10:00:00Z', '--rag', 'purple'], 'red, amber or green'),
        (['report', 'daily', '--date', '2015-02-30'], 'is not a day'),
        (['enquiry', 'list', '--now', 'yesterday'], 'is not an instant'),
    ):
        done = hub.run(*words)
        assert done.code == 2 and done.out == '' and said in done.err, (words, done.code, done.err)


@only_on_sqlite('what is not there on PostgreSQL is a database of a server')
def a_database_that_is_missing_or_holds_no_hub_ends_with_3_and_the_way_out(hub):
    done = hub.run('enquiry', 'list')
    assert done.code == 3 and done.out == '' and 'fanlight init' in done.err, done.err
    open(hub.path('hub.db'), 'w').close()
    done = hub.run('enquiry', 'list')
    assert done.code == 3 and 'holds no hub' in done.err, done.err
    done = hub.run('enquiry', 'list', '--db', 'mysql://x')
    assert done.code == 3 and done.err, done.err


def global_options_stand_before_or_after_the_command(hub):
    hub.init()
    for words in (['--db', hub.url, 'enquiry', 'list', '--json'], ['--json', 'enquiry', '--db=' + hub.url, 'list']):
        assert hub.ok(*words, settings={}).json == {'enquiries': [], 'next': None}


def an_unknown_setting_is_refused_with_the_nearest(hub):
    done = hub.run('enquiry', 'list', settings={'FANLIGHT_LISTN': 'x'})
    assert done.code == 2 and 'listen' in done.err, done.err


def the_routes_have_an_openapi_document_without_a_hub(hub):
    document = hub.ok('openapi').json
    assert document['openapi'].startswith('3.1') and {'get', 'post'} <= set(document['paths']['/api/v1/enquiries'])
