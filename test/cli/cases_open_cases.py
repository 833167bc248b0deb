"""The council's list of open cases: interfaces.md, "import open-cases"; domain.md, "Open cases"."""
from play import rejected

CASE = {'nhs_number': '9434765919', 'given_name': 'Sam', 'family_name': 'Lee', 'date_of_birth': '2009-07-13',
        'status': 'CP', 'worker': 'Jo Ward', 'manager': 'Ann Holt', 'team': 'Family team', 'from': '2015-01-05', 'to': ''}


def _cases(hub, *changes, words=(), columns=None):
    path = hub.write('cases.csv', [{**CASE, **change} for change in changes], columns=columns)
    return hub.run('import', 'open-cases', path, '--json', *words)


def _told(done):
    return done.code, [done.json[key] for key in ('open_cases', 'updated', 'already_present', 'possible')]


def _child(hub, reference='T-1', place=0):
    return hub.ok('enquiry', 'show', reference, '--json').json['children'][place]


def an_nhs_number_with_the_same_birth_and_name_is_the_same_person_whichever_came_first(hub):
    hub.init()
    hub.imported({})
    assert _told(_cases(hub, {})) == (0, [1, 0, 0, 0])
    shown = hub.ok('enquiry', 'show', 'T-1', '--json').json
    assert [(row['case_status'], row['case_worker'], row['case_to']) for row in shown['open_cases']] == [('CP', 'Jo Ward', None)]
    assert shown['children'][0]['possible'] == []
    hub.imported({'external_ref': 'T-2'})
    assert _child(hub, 'T-2')['person'] == shown['children'][0]['person']


def the_number_alone_disagrees_with_nobody(hub):
    hub.init()
    alone = {'given_name': '', 'family_name': '', 'date_of_birth': ''}
    _cases(hub, {**alone, 'nhs_number': '4010232137'})
    hub.imported({'child_nhs_number': '4010232137'}, {'external_ref': 'T-2'})
    _cases(hub, alone)
    for reference in ('T-1', 'T-2'):
        shown = hub.ok('enquiry', 'show', reference, '--json').json
        assert len(shown['open_cases']) == 1 and shown['children'][0]['possible'] == [], reference


def a_number_with_another_name_or_birth_is_only_possible(hub):
    hub.init()
    hub.imported({}, {'child_given_name': 'Ali', 'child_nhs_number': ''})
    assert _told(_cases(hub, {'given_name': 'Ali'})) == (0, [1, 0, 0, 2])
    assert _told(_cases(hub, {'given_name': 'Ali'})) == (0, [0, 0, 1, 0])
    shown = hub.ok('enquiry', 'show', 'T-1', '--json').json
    assert shown['open_cases'] == [] and [len(c['possible']) for c in shown['children']] == [1, 1]
    assert shown['children'][0]['possible'][0] not in [c['person'] for c in shown['children']]


def names_and_birth_alone_are_only_possible_whichever_came_first(hub):
    hub.init()
    hub.imported({})
    assert _told(_cases(hub, {'nhs_number': '', 'given_name': 'SAM'})) == (0, [1, 0, 0, 1])
    hub.imported({'external_ref': 'T-2', 'child_nhs_number': ''}, {'external_ref': 'T-2', 'child_given_name': 'Kim'})
    first, second = _child(hub), _child(hub, 'T-2')
    assert first['possible'] == second['possible'] != [] and first['person'] not in first['possible']
    assert _child(hub, 'T-2', 1)['possible'] == []


def a_second_import_of_the_same_file_adds_nothing_and_what_changed_is_updated(hub):
    hub.init()
    hub.imported({})
    rows = [{}, {'nhs_number': '', 'given_name': 'Kim', 'status': 'CIN'}, {'status': 'CLA', 'from': '2015-03-02'}]
    assert _told(_cases(hub, *rows)) == (0, [3, 0, 0, 0])
    assert _told(_cases(hub, *rows)) == (0, [0, 0, 3, 0])
    assert _told(_cases(hub, {'to': '2015-05-29'}, *rows[1:])) == (0, [0, 1, 2, 0])
    shown = hub.ok('enquiry', 'show', 'T-1', '--json').json['open_cases']
    assert [(row['case_status'], row['case_to']) for row in shown] == [('CLA', None), ('CP', '2015-05-29')]


def every_bad_row_is_named_and_nothing_is_taken(hub):
    hub.init()
    bad = [('status', {'status': 'XX'}), ('status', {'status': ''}), ('to', {'to': '2015-01-04'}),
           ('nhs_number', {'nhs_number': ''}), ('nhs_number', {'nhs_number': '9434765918'}), ('worker', {'worker': ''}),
           ('from', {'from': ''}), ('from', {'from': '5 January'}), ('date_of_birth', {'date_of_birth': '2999-01-01'})]
    bad[3][1]['date_of_birth'] = ''
    done = _cases(hub, {}, *[change for _, change in bad])
    assert rejected(done) == [(i + 3, column) for i, (column, _) in enumerate(bad)], done.json['rejected']
    assert _told(done) == (1, [0, 0, 0, 0]) and all(row['reason'] for row in done.json['rejected'])
    assert 'line 3, status: ' in done.err and 'nothing was taken in' in done.err
    assert _told(_cases(hub, {}, bad[0][1], words=['--partial'])) == (1, [1, 0, 0, 0])
    assert _told(_cases(hub, {})) == (0, [0, 0, 1, 0])


def a_dry_run_writes_nothing(hub):
    hub.init()
    assert _told(_cases(hub, {}, words=['--dry-run'])) == (0, [1, 0, 0, 0])
    assert _told(_cases(hub, {})) == (0, [1, 0, 0, 0])


def a_wrong_header_is_told_and_the_other_columns_may_be_missing(hub):
    hub.init()
    done = _cases(hub, {'colour': 'red'}, columns=['nhs_number', 'status', 'from', 'colour'])
    assert done.code == 1 and rejected(done) == [(1, 'colour'), (1, 'worker')], done.out
    assert _told(_cases(hub, {}, columns=['to', 'from', 'worker', 'status', 'nhs_number'])) == (0, [1, 0, 0, 0])
