"""The table of domain.md, "The clock": the columns of the policy that ships (red elapsed, amber, green)."""

VECTORS = [
    ('2015-06-10T10:00:00+01:00', '2015-06-10T14:00:00+01:00', '2015-06-11T10:00:00+01:00', '2015-06-15T10:00:00+01:00'),
    ('2015-07-03T15:30:00+01:00', '2015-07-03T19:30:00+01:00', '2015-07-06T15:30:00+01:00', '2015-07-08T15:30:00+01:00'),
    ('2015-07-03T16:10:00+01:00', '2015-07-03T20:10:00+01:00', '2015-07-07T08:30:00+01:00', '2015-07-09T08:30:00+01:00'),
    ('2015-08-28T14:00:00+01:00', '2015-08-28T18:00:00+01:00', '2015-09-01T14:00:00+01:00', '2015-09-03T14:00:00+01:00'),
    ('2015-12-24T15:00:00+00:00', '2015-12-24T19:00:00+00:00', '2015-12-29T15:00:00+00:00', '2015-12-31T15:00:00+00:00'),
    ('2022-09-16T15:30:00+01:00', '2022-09-16T19:30:00+01:00', '2022-09-20T15:30:00+01:00', '2022-09-22T15:30:00+01:00'),
]
RULES = {'red': 'elapsed_hours(4)', 'amber': 'working_days(1, same_time)', 'green': 'working_days(3, same_time)'}


def deadlines_are_those_of_the_table(hub):
    hub.init()
    for received, *dues in VECTORS:
        for rag, due in zip(RULES, dues):
            got = hub.ok('due', '--received', received, '--rag', rag, '--json').json
            assert got['due'] == due and got['rule'] == RULES[rag] and got['received'] == received, got


def the_text_says_how_a_deadline_was_reached(hub):
    hub.init()
    out = hub.ok('due', '--received', '2015-07-03T16:10:00+01:00', '--rag', 'amber').out
    assert 'Tuesday 7 July 2015, 08:30' in out and 'out of hours' in out and 'working_days(1, same_time)' in out, out


def an_instant_may_have_any_offset(hub):
    if hub.engine != 'sqlite':  # without a file there is no hub yet, and the policy that ships answers
        hub.init()
    got = hub.ok('due', '--received', '2015-06-10T09:00:00Z', '--rag', 'red', '--json').json
    assert got['received'] == '2015-06-10T10:00:00+01:00' and got['due'] == '2015-06-10T14:00:00+01:00', got
