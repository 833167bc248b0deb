"""Enquiry files, good and bad: interfaces.md, "Enquiry file"."""
from play import DATA, ENQUIRY, rejected


def the_columns_may_stand_in_any_order_behind_a_byte_order_mark_with_crlf(hub):
    hub.init()
    columns = sorted(ENQUIRY, reverse=True)
    done = hub.imported({}, columns=columns, newline='\r\n', begin='\ufeff')
    assert done.code == 0 and (done.json['enquiries'], done.json['children']) == (1, 1), done.err


def rows_of_one_reference_are_one_enquiry_and_need_not_be_adjacent(hub):
    hub.init()
    done = hub.imported({}, {'external_ref': 'T-2'}, {'child_given_name': 'Jo', 'address': '2 Low Street',
                                                     'child_nhs_number': '4010232137'})
    assert (done.json['enquiries'], done.json['children']) == (2, 3)
    shown = hub.ok('enquiry', 'show', 'T-1', '--json').json
    assert [child['name'] for child in shown['children']] == ['Sam Lee', 'Jo Lee'], shown['children']


def nine_children_and_a_narrative_of_64_kb_are_taken_whole(hub):
    hub.init()
    summary = 'é' * 32767 + 'ab'
    assert len(summary.encode()) == 65536
    names = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I']
    done = hub.imported(*[{'summary': summary, 'child_given_name': n, 'child_nhs_number': ''} for n in names])
    assert done.code == 0 and done.json['children'] == 9, done.err
    assert hub.ok('enquiry', 'show', 'T-1', '--json').json['summary'] == summary


def a_longer_narrative_is_refused_and_so_is_one_of_10_mb(hub):
    hub.init()
    for length in (65537, 10 << 20):
        done = hub.imported({'summary': 'x' * length})
        assert done.code == 1 and rejected(done) == [(2, 'summary')], done.err
    assert hub.count() == 0


def every_bad_row_is_named_with_line_column_and_reason(hub):
    hub.init()
    bad = [
        ('source_code', {'source_code': '6B'}), ('channel', {'channel': 'fax'}), ('concern', {'concern': 'neglect;sadness'}),
        ('consent', {'consent': 'maybe'}), ('child_sex', {'child_sex': 'M'}), ('child_ethnicity', {'child_ethnicity': 'XX'}),
        ('received_at', {'received_at': '2015-06-31T10:00:00+01:00'}), ('received_at', {'received_at': '2015-06-01 10:00'}),
        ('received_at', {'received_at': ''}), ('received_at', {'received_at': '2999-01-01T00:00:00Z', 'child_date_of_birth': ''}),
        ('child_date_of_birth', {'child_date_of_birth': '2009-02-30'}),
        ('child_date_of_birth', {'child_date_of_birth': '2015-06-02'}),
        ('child_nhs_number', {'child_nhs_number': '1111111111'}), ('child_nhs_number', {'child_nhs_number': '9434765918'}),
        ('postcode', {'postcode': 'NOWHERE'}), ('referrer_email', {'referrer_email': 'nobody'}),
        ('domestic_abuse_notification', {'domestic_abuse_notification': 'perhaps'}), ('summary', {'summary': ''}),
        ('external_ref', {'external_ref': ''}),
    ]
    done = hub.imported(*[{'external_ref': f'T-{i}', **change} for i, (_, change) in enumerate(bad)])
    assert done.code == 1 and done.json['enquiries'] == done.json['children'] == 0, done.out
    assert rejected(done) == [(i + 2, column) for i, (column, _) in enumerate(bad)], done.json['rejected']
    assert all(row['reason'] for row in done.json['rejected'])
    assert hub.count() == 0 and 'line 2, source_code: ' in done.err


def two_dates_of_a_child_or_two_problems_of_a_row_are_told(hub):
    hub.init()
    done = hub.imported({'child_expected_date': '2015-09-01'})
    assert done.code == 1 and {line for line, _ in rejected(done)} == {2}
    assert rejected(done)[0][1] in ('child_expected_date', 'child_date_of_birth'), done.out
    done = hub.imported({'channel': 'fax', 'child_sex': 'M'})
    assert rejected(done) == [(2, 'channel'), (2, 'child_sex')], done.out


def an_unborn_child_and_one_with_one_name_and_no_dates_are_taken(hub):
    hub.init()
    nobody = {'child_date_of_birth': '', 'child_nhs_number': ''}
    done = hub.imported({**nobody, 'child_expected_date': '2015-09-01', 'child_given_name': '', 'child_family_name': ''},
                        {**nobody, 'child_family_name': ''})
    assert done.code == 0 and done.json['children'] == 2, done.err


def where_the_enquirys_own_columns_differ_each_row_is_rejected(hub):
    hub.init()
    done = hub.imported({}, {'external_ref': 'T-2'}, {'channel': 'letter', 'child_given_name': 'Jo'})
    assert done.code == 1 and rejected(done) == [(2, 'channel'), (4, 'channel')], done.out


def partial_takes_whole_good_enquiries_and_still_ends_with_1(hub):
    hub.init()
    changes = [{}, {'child_given_name': 'Jo', 'child_sex': 'X'}, {'external_ref': 'T-2'}]
    done = hub.imported(*changes, words=['--partial'])
    assert done.code == 1 and (done.json['enquiries'], done.json['children']) == (1, 1), done.out
    assert rejected(done) == [(3, 'child_sex')]
    assert hub.run('enquiry', 'show', 'T-1').code == 1 and hub.run('enquiry', 'show', 'T-2').code == 0


def an_enquiry_of_which_one_row_cannot_be_read_is_not_taken_without_that_child(hub):
    hub.init()
    for n, broken in enumerate((lambda line: line.replace(b'Jo', b'J\xf6'), lambda line: line.rsplit(b',', 1)[0],
                                lambda line: line + b',more')):
        with open(hub.enquiries({}, {'child_given_name': 'Jo'}, {'external_ref': f'S-{n}'}), 'rb') as file:
            lines = file.read().splitlines()
        lines[2] = broken(lines[2])
        with open(hub.path('broken.csv'), 'wb') as file:
            file.write(b'\n'.join(lines))
        done = hub.run('import', 'enquiries', hub.path('broken.csv'), '--partial', '--json')
        assert done.code == 1 and (done.json['enquiries'], done.json['children']) == (1, 1), done.out
        assert (3, None) in rejected(done), done.out
        assert hub.run('enquiry', 'show', 'T-1').code == 1 and hub.run('enquiry', 'show', f'S-{n}').code == 0


def a_header_with_an_unknown_a_missing_or_a_double_column_is_refused_on_line_1(hub):
    hub.init()
    for columns, column in (
        ([*ENQUIRY, 'child_height'], 'child_height'),
        ([c for c in ENQUIRY if c != 'received_at'], 'received_at'),
        ([*ENQUIRY, 'summary'], 'summary'),
    ):
        done = hub.imported({'child_height': '2 m'}, columns=columns)
        assert done.code == 1 and rejected(done) == [(1, column)], done.out


def a_file_that_is_empty_cut_off_or_no_csv_is_refused_whole(hub):
    hub.init()
    with open(hub.enquiries({}, {'external_ref': 'T-2', 'summary': 'a "word", and more'}), encoding='utf-8') as file:
        whole = file.read()
    cut = whole[:whole.rindex('a ""word') + 10]
    for text, line in (('', 1), (cut, 3), ('\ufeff', 1), (whole.replace(',phone,', ',ph"one,', 1), 2)):
        with open(hub.path('bad.csv'), 'w', encoding='utf-8') as file:
            file.write(text)
        done = hub.run('import', 'enquiries', hub.path('bad.csv'), '--json')
        assert done.code == 1 and rejected(done) == [(line, None)], (text[:20], done.out)
    with open(hub.path('bad.csv'), 'wb') as file:
        file.write(whole.replace('hungry', 'hungr\u00ff').encode('latin-1'))
    done = hub.run('import', 'enquiries', hub.path('bad.csv'), '--json')
    assert done.code == 1 and done.json['rejected'][0]['line'] == 2 and hub.count() == 0, done.out
    assert hub.run('import', 'enquiries', hub.path('missing.csv')).code == 1


def a_row_with_a_field_too_few_is_named(hub):
    hub.init()
    path = hub.enquiries({}, {'external_ref': 'T-2'})
    with open(path, 'a', encoding='utf-8') as file:
        file.write('T-3,2015-06-01T10:00:00Z\n')
    done = hub.run('import', 'enquiries', path, '--json')
    assert done.code == 1 and rejected(done) == [(4, None)], done.out


def a_dry_run_says_what_would_be_taken_and_takes_nothing(hub):
    hub.init()
    done = hub.imported({}, words=['--dry-run'])
    assert done.code == 0 and done.json['enquiries'] == 1 and hub.count() == 0, done.err


def a_second_import_adds_nothing_and_other_content_is_further_information(hub):
    hub.init()
    hub.imported({}, {'external_ref': 'T-2'})
    done = hub.imported({}, {'external_ref': 'T-2'})
    assert (done.json['enquiries'], done.json['already_present'], done.json['further_information']) == (0, 2, 0)
    done = hub.imported({'summary': 'He comes hungry and cold.'}, {'external_ref': 'T-2'})
    assert (done.json['enquiries'], done.json['already_present'], done.json['further_information']) == (0, 1, 1)
    done = hub.imported({'summary': 'He comes hungry and cold.'})
    assert (done.json['already_present'], done.json['further_information']) == (1, 0)
    steps = [step['transition'] for step in hub.ok('enquiry', 'show', 'T-1', '--json').json['history']]
    assert steps == ['received', 'further_information'], steps


def an_unknown_workstream_is_refused(hub):
    hub.init()
    done = hub.imported({}, words=['--workstream', 'backlog'])
    assert done.code == 1 and 'backlog' in done.err and hub.count() == 0
    assert hub.imported({}, words=['--workstream', 'accumulation']).code == 0
    assert hub.ok('enquiry', 'list', '--json').json['enquiries'][0]['workstream'] == 'accumulation'


def immediate_danger_is_red_from_receipt(hub):
    hub.init()
    hub.imported({'immediate_danger': 'yes'})
    row = hub.ok('enquiry', 'list', '--json').json['enquiries'][0]
    assert row['rag'] == 'red' and row['due_at'] == '2015-06-01T14:00:00+01:00', row


def a_list_has_the_keys_that_scripts_rely_on(hub):
    hub.init()
    hub.imported({})
    row = hub.ok('enquiry', 'list', '--json').json['enquiries'][0]
    for key in ('reference', 'external_ref', 'received_at', 'workstream', 'state', 'pending', 'rag', 'screening_due_at',
                'due_at', 'child_count', 'allocated_to'):
        assert key in row, key
    assert row['received_at'] == '2015-06-01T10:00:00+01:00' and row['due_at'] is None and row['rag'] is None
    assert row['child_count'] == 1 and row['state'] == 'received' and row['allocated_to'] is None
    shown = hub.ok('enquiry', 'show', row['reference'], '--json').json
    assert set(row) - {'id', 'rag_order', 'due_key'} <= set(shown), set(row) - set(shown)
    assert {'at', 'actor', 'transition'} <= set(shown['history'][0])
    assert {'name', 'person', 'possible', 'outcome', 'threshold_level', 'reason'} <= set(shown['children'][0])
    assert hub.run('enquiry', 'show', 'OX-15-99999-X').code == 1


def a_file_costs_its_own_bytes_and_little_more_so_that_200_000_rows_stay_under_512_mb(hub):
    """Two files of another size: what a row more costs is the slope between them."""
    hub.init()
    memory = []
    for count in (1000, 11000):
        path = hub.enquiries(*[{'external_ref': f'L-{count}-{i // 2}', 'child_given_name': f'Child {i}',
                                'child_nhs_number': '', 'summary': 'He comes hungry. ' * 40} for i in range(count)])
        memory.append(hub.most_memory_kb('import', 'enquiries', path))
    bytes_of_a_row = (memory[1] - memory[0]) * 1024 / 10000
    assert memory[0] * 1024 + 200000 * bytes_of_a_row < 512 << 20, memory


def the_enquiries_of_2015_are_all_taken(hub):
    hub.init()
    for name, workstream, enquiries, children in (('enquiries.csv', 'new', 1139, 1963),
                                                  ('accumulation.csv', 'accumulation', 160, 268)):
        words = ['import', 'enquiries', f'{DATA}/{name}', '--workstream', workstream, '--json']
        first, second = hub.ok(*words).json, hub.ok(*words).json
        assert (first['enquiries'], first['children']) == (enquiries, children), first
        assert (second['enquiries'], second['children'], second['already_present']) == (0, 0, enquiries), second
