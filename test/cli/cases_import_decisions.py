"""Decisions files, good and bad: interfaces.md, "Decisions file"."""
from play import rejected

CREATE = ['--create-people', '--json']


def _decided(hub, *changes, words=CREATE):
    return hub.run('import', 'decisions', hub.decisions(*changes), *words)


def _ready(hub, *changes):
    hub.init()
    assert hub.imported(*(changes or [{}])).code == 0


def a_decision_is_applied_at_its_own_instants_by_whom_it_names(hub):
    _ready(hub)
    done = _decided(hub, {})
    assert done.code == 0 and (done.json['decisions'], done.json['already_present']) == (1, 0), done.err
    shown = hub.ok('enquiry', 'show', 'T-1', '--json').json
    steps = [(step['transition'], step['at'], step['actor']) for step in shown['history']]
    assert steps == [
        ('received', '2015-06-01T10:00:00+01:00', 'Operator'),
        ('screened', '2015-06-01T10:30:00+01:00', 'Asha Rahman'),
        ('allocated', '2015-06-01T10:40:00+01:00', 'Priya Nair'),
        ('recommended', '2015-06-02T09:00:00+01:00', 'Asha Rahman'),
        ('decided', '2015-06-02T09:30:00+01:00', 'Priya Nair'),
    ], steps
    assert shown['children'][0]['outcome'] == 'assessment' and shown['children'][0]['threshold_level'] == 3


def a_second_import_of_decisions_adds_nothing(hub):
    _ready(hub)
    _decided(hub, {})
    steps = len(hub.ok('enquiry', 'show', 'T-1', '--json').json['history'])
    done = _decided(hub, {})
    assert done.code == 0 and (done.json['decisions'], done.json['already_present']) == (0, 1), done.out
    assert len(hub.ok('enquiry', 'show', 'T-1', '--json').json['history']) == steps
    done = _decided(hub, {'outcome': 'no_further_action', 'threshold_level': '1'})
    assert done.code == 1 and rejected(done) == [(2, 'outcome')], done.out


def what_ended_at_screening_is_screened_out(hub):
    _ready(hub)
    done = _decided(hub, {'ended': 'screening', 'necessary': 'no', 'necessary_reason': 'below_threshold',
                          'allocated_to': '', 'allocated_at': '', 'outcome': 'no_further_action', 'threshold_level': '1'})
    assert done.code == 0, done.err
    shown = hub.ok('enquiry', 'show', 'T-1', '--json').json
    assert [step['transition'] for step in shown['history']][:4] == [
        'received', 'screened', 'screen_out_proposed', 'screened_out'], shown['history']
    assert shown['children'][0]['outcome'] == 'no_further_action'


def people_are_made_without_leave_to_sign_in_and_only_when_asked(hub):
    _ready(hub)
    done = _decided(hub, {}, words=['--json'])
    assert done.code == 1 and ('screened_by' in {column for _, column in rejected(done)}), done.out
    assert _decided(hub, {}).code == 0
    users = {user['name']: user for user in hub.ok('user', 'list', '--json').json['users']}
    assert users['Asha Rahman']['role'] == 'social_worker' and users['Priya Nair']['role'] == 'practice_manager'
    assert not users['Asha Rahman']['can_sign_in'] and users['Asha Rahman']['team']


def every_bad_decision_is_named_with_line_column_and_reason(hub):
    bad = [
        ('external_ref', {'external_ref': 'T-99'}), ('child', {'child': '2'}), ('child', {'child': 'first'}),
        ('rag', {'rag': 'blue'}), ('necessary', {'necessary': 'perhaps'}), ('ended', {'ended': 'well'}),
        ('necessary_reason', {'necessary_reason': 'unclear'}), ('outcome', {'outcome': 'nothing'}),
        ('outcome', {'outcome': ''}), ('threshold_level', {'threshold_level': '7'}), ('screened_by', {'screened_by': ''}),
        ('screened_at', {'screened_at': '2015-06-31T10:00:00+01:00'}), ('allocated_to', {'allocated_to': ''}),
        ('screened_at', {'screened_at': '2015-06-01T09:59:59+01:00'}),
        ('allocated_at', {'allocated_at': '2015-06-01T10:00:00+01:00'}),
        ('authorised_at', {'authorised_at': '2015-06-02T08:00:00+01:00'}),
        ('authorised_at', {'authorised_at': '2999-06-02T08:00:00+01:00'}),
        ('service', {'outcome': 'universal_services', 'threshold_level': '2', 'service': 'Circus',
                     'agreement_by': 'Kim Lee'}),
    ]
    _ready(hub)
    for column, change in bad:
        done = _decided(hub, change)
        assert done.code == 1 and done.json['decisions'] == 0, (change, done.out)
        assert (2, column) in rejected(done), (change, done.json['rejected'])
    assert hub.ok('enquiry', 'show', 'T-1', '--json').json['state'] == 'received'


def the_rules_of_the_screen_hold_for_a_file(hub):
    _ready(hub)
    for change in (
        {'authorised_by': 'Asha Rahman'},
        {'outcome': 'no_further_action', 'threshold_level': '4'},
        {'outcome': 'section_47', 'threshold_level': '4'},
        {'outcome': 'universal_services', 'threshold_level': '2', 'service': 'Health visitor'},
    ):
        done = _decided(hub, change)
        assert done.code == 1 and rejected(done), (change, done.out)
    assert hub.ok('enquiry', 'show', 'T-1', '--json').json['state'] == 'received'


def all_of_a_file_or_nothing(hub):
    _ready(hub, {}, {'external_ref': 'T-2'})
    done = _decided(hub, {}, {'external_ref': 'T-2', 'rag': 'blue'})
    assert done.code == 1 and rejected(done) == [(3, 'rag')], done.out
    assert hub.ok('enquiry', 'show', 'T-1', '--json').json['state'] == 'received'


def a_place_that_falls_free_at_an_instant_can_be_taken_at_it(hub):
    """26 enquiries for one worker with 25 places: the last is allocated as the first is authorised."""
    refs = [f'T-{i:02}' for i in range(26)]
    _ready(hub, *[{'external_ref': ref, 'child_nhs_number': ''} for ref in refs])
    free = '2015-06-03T09:30:00+01:00'
    common = {'rag': 'green', 'recommended_at': '2015-06-04T09:00:00+01:00', 'authorised_at': '2015-06-04T09:30:00+01:00'}
    first = {'recommended_at': '2015-06-03T09:00:00+01:00', 'authorised_at': free}
    rows = [{'external_ref': ref, **common} for ref in refs]
    rows[25].update(first)
    rows[0].update({'allocated_at': free, 'recommended_at': '2015-06-04T08:00:00+01:00'})
    done = _decided(hub, *rows)
    assert done.code == 0 and done.json['decisions'] == 26, done.err


def a_full_caseload_is_a_refusal_with_its_row(hub):
    refs = [f'T-{i:02}' for i in range(26)]
    _ready(hub, *[{'external_ref': ref, 'child_nhs_number': ''} for ref in refs])
    done = _decided(hub, *[{'external_ref': ref} for ref in refs])
    assert done.code == 1 and rejected(done) == [(27, 'allocated_at')], done.out
    assert '25 of 25' in done.json['rejected'][0]['reason'], done.out
