"""The summer of 2015, whole: the figures that were published (product.md), from the files, through the rules."""
from datetime import date, timedelta

from play import DATA


def _summer(hub):
    hub.init()
    for name, workstream in (('enquiries', 'new'), ('accumulation', 'accumulation')):
        hub.ok('import', 'enquiries', f'{DATA}/{name}.csv', '--workstream', workstream)
    for name, rows in (('decisions', 1963), ('accumulation-decisions', 268)):
        words = ['import', 'decisions', f'{DATA}/{name}.csv', '--create-people', '--json']
        assert hub.ok(*words).json['decisions'] == rows
        assert hub.ok(*words).json['already_present'] == rows


def _check_balance(row):
    came = row['opening'] + row['received'] + row['reopened'] + row['moved_in'] + row['corrections'] + row.get('added', 0)
    left = row['completed'] + row['withdrawn'] + row['moved_out'] + row.get('removed', 0)
    assert came - left == row['closing'], row


def _check_return(day, before):
    assert day['balances']
    for unit in ('enquiries', 'children'):
        _check_balance(day[unit])
        assert before is None or day[unit]['opening'] == before[unit]['closing'], day[unit]
        assert sum(row[unit]['closing'] for row in day['by_workstream']) == day[unit]['closing']
    assert all(worker['open'] <= worker['cap'] == 25 for worker in day['workers'])


def the_summer_of_2015_comes_out_as_it_was_published(hub):
    _summer(hub)
    assert hub.ok('enquiry', 'list', '--json').json['enquiries'] == []
    ended = hub.ok('enquiry', 'list', '--all', '--json').json['enquiries']
    assert len(ended) == 1299 and {row['state'] for row in ended} <= {'decided', 'screened_out', 'closed'}
    totals = {key: [0, 0] for key in ('in_time', 'same_day_risk', 'not_necessary', 'received')}
    day, before = date(2015, 6, 1), None
    while day <= date(2015, 8, 28):
        report = hub.ok('report', 'daily', '--date', day.isoformat(), '--json').json
        _check_return(report, before)
        for key in ('in_time', 'same_day_risk'):
            totals[key][0] += report[key]['n']
            totals[key][1] += report[key]['of']
        totals['not_necessary'][0] += report['domestic_abuse']['not_necessary']
        totals['not_necessary'][1] += report['domestic_abuse']['received']
        totals['received'][0] += report['enquiries']['received']
        totals['received'][1] += report['children']['received']
        before, day = report, day + timedelta(days=1)
    assert totals == {'in_time': [1117, 1139], 'same_day_risk': [1130, 1139], 'not_necessary': [316, 456],
                      'received': [1139, 1963]}, totals
    assert before['enquiries']['closing'] == before['children']['closing'] == 0
    assert hub.ok('audit', 'verify', '--json').json['ok']
