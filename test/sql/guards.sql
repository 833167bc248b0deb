-- What the schema holds by itself, whoever writes to it: tried on both engines by test/sql/guards.py, each case alone on
-- what is given and then undone. A case is its sentence, what it has to answer, and its statements, of which the last
-- is refused. "holds" means that it is not refused; a query after it has to answer 1.

-- given
insert into account (id, email, name, role, created_at) values
	(901, 'one@x', 'One', 'social_worker', 0), (902, 'two@x', 'Two', 'social_worker', 0),
	(903, 'three@x', 'Three', 'practice_manager', 0);
insert into worker (id, account, staff_number, cap, hours_percent) values
	(901, 901, 'S1', 2, 100), (902, 902, 'S2', 3, 50);
insert into policy (id, version, valid_from, content, note, loaded_by, recorded_at) values (901, 901, 0, '', '', 901, 0);
insert into enquiry (id, reference, source_system, external_ref, received_at, recorded_at, recorded_by, channel, source_code,
	concern, concerns, domestic_abuse_notification, immediate_danger, summary, child_count, content_hash)
	select id, 'R-' || id, '', 'X-' || id, 0, 0, 901, 'email', '6', 'neglect', 'neglect', 0, 0, 'x', 1, :bytes
	from (select 901 as id union select 902 union select 903 union select 904) as four;
insert into episode (id, enquiry, n, is_current, workstream, state, rag, rag_order, due_at, started_at, screening_due_at,
	version, recorded_at) select q.id, q.id, 1, 1, 1, 'received', null, 3, null, 0, 0, 1, 0 from enquiry q where q.id > 900;
update episode set state = 'screened', rag = 'red', due_at = 9 where id in (901, 902, 903);
update episode set state = 'allocated', worker = 901 where id in (901, 902);
insert into person (id, recorded_at) values (901, 0);
insert into child (id, enquiry, position, person, recorded_at) values (901, 901, 1, 901, 0);
insert into proposal (id, episode, kind, proposed_by, proposed_at, recorded_at, policy) values (901, 901, 'outcome', 901, 0, 0, 901);
insert into outcome (id, episode, child, proposal, outcome, threshold_level, reason, recorded_at)
	values (901, 901, 901, 901, 'assessment', 3, 'x', 0);
insert into access_log (id, record_kind, record, n, account, action, refused, at, recorded_at) values
	(901, 'enquiry', 901, 1, 901, 'screen', 0, 0, 0);
insert into history (id, enquiry, episode, transition, from_state, to_state, actor, entry, at, recorded_at)
	values (901, 901, 901, 'screened', 'received', 'screened', 901, 901, 0, 0);
insert into rag_history (id, episode, rag, kind, reason, due_at, rated_by, at, recorded_at)
	values (901, 901, 'red', 'first', 'x', 9, 901, 0, 0);
insert into balance_event (id, kind, unit, workstream, enquiry, episode, screened_out, correction, at, counts_at, recorded_at)
	values (901, 'received', 'enquiry', 1, 901, 901, 0, 0, 0, 0, 0);
insert into daily_return (id, day, window_start, window_end, frozen_at, content) values (901, '2015-06-01', 0, 9, 9, '{}');
insert into daily_balance (id, daily_return, workstream_key, unit, opening, received, reopened, moved_in, corrections, added,
	removed, completed, screened_out, withdrawn, moved_out, closing)
	values (901, 901, '', 'enquiry', 1, 2, 0, 0, 0, 0, 0, 1, 1, 0, 0, 2);

-- a worker at the cap takes no more
-- refused: the caseload is full
update episode set state = 'allocated', worker = 901 where id = 903;

-- nor by the counter
-- refused: the caseload is full
update worker set open = 3 where id = 901;

-- the cap is times the hours, rounded down: 3 at half time is 1
-- refused: the caseload is full
update episode set worker = 902 where id = 901;
update episode set worker = 902 where id = 902;

-- lowering a cap below what is held is not refused
-- holds
update worker set cap = 1 where id = 901;
select 1 from worker where id = 901 and open = 2 and cap = 1;

-- one who is over the cap lets go
-- holds
update worker set cap = 0 where id = 901;
update episode set worker = null, state = 'screened' where id = 901;
select 1 from worker where id = 901 and open = 1;

-- and takes nothing while over it
-- refused: the caseload is full
update worker set cap = 1 where id = 901;
update episode set worker = null, state = 'screened' where id = 901;
update episode set worker = 901, state = 'allocated' where id = 901;

-- a swap frees the place it takes
-- holds
update episode set worker = null, state = 'screened' where id = 901;
update episode set worker = 901, state = 'allocated' where id = 903;
select 1 from worker where id = 901 and open = 2;

-- a decided enquiry leaves the caseload, its worker still named
-- holds
update episode set state = 'recommended' where id = 901;
update episode set state = 'decided', ended = 'decision', ended_at = 5 where id = 901;
select 1 from worker w where id = 901 and open = 1 and 1 = (
	select count(*) from episode e where e.worker = w.account and e.ended_at is null);

-- nobody holds less than nothing
-- refused: open
update worker set open = -1 where id = 901;

-- an enquiry isn't allocated before it is screened
-- refused: the life cycle has no such step
update episode set state = 'allocated', worker = 902, rag = 'red', due_at = 9 where id = 904;

-- nor decided before it is recommended
-- refused: the life cycle has no such step
update episode set state = 'decided', rag = 'red', due_at = 9, ended_at = 5 where id = 904;

-- nor screened out once it is allocated
-- refused: the life cycle has no such step
update episode set state = 'screened_out', ended_at = 5 where id = 901;

-- a closed one doesn't come back in its episode
-- refused: the life cycle has no such step
update episode set state = 'screened_out', ended_at = 5 where id = 903;
update episode set state = 'closed', closed_at = 6 where id = 903;
update episode set state = 'screened' where id = 903;

-- an episode ends once
-- refused: an episode ends once
update episode set state = 'screened_out', ended_at = 5 where id = 903;
update episode set ended_at = 6 where id = 903;

-- and its end isn't taken back
-- refused: an episode ends once
update episode set state = 'screened_out', ended_at = 5 where id = 903;
update episode set ended_at = null where id = 903;

-- an ended state has its end
-- refused:
update episode set state = 'screened_out' where id = 903;

-- an open state has none
-- refused:
update episode set ended_at = 5 where id = 903;

-- what is rated has a time it is due
-- refused:
update episode set due_at = null where id = 903;

-- an allocated one has its worker
-- refused:
update episode set worker = null where id = 901;

-- nothing waits for a signature once it has ended
-- refused:
update episode set state = 'screened_out', ended_at = 5, pending = 'screen_out' where id = 903;

-- an episode begins received or screened
-- refused:
insert into episode (id, enquiry, n, is_current, workstream, state, rag, due_at, ended_at, started_at, screening_due_at, version,
	recorded_at) values (911, 903, 2, 0, 1, 'decided', 'red', 9, 9, 0, 0, 1, 0);

-- with nobody
-- refused: an episode starts
insert into episode (id, enquiry, n, is_current, workstream, state, rag, due_at, worker, started_at, screening_due_at, version,
	recorded_at) values (911, 903, 2, 0, 1, 'screened', 'red', 9, 902, 0, 0, 1, 0);

-- an enquiry has one episode that stands
-- refused: episode
insert into episode (id, enquiry, n, is_current, workstream, state, started_at, screening_due_at, version, recorded_at)
	values (911, 903, 2, 1, 1, 'received', 0, 0, 1, 0);

-- a sender's reference is one enquiry
-- refused: external_ref
update enquiry set external_ref = 'X-901' where id = 902;

-- a child isn't born and unborn
-- refused:
update child set date_of_birth = '2015-01-01', expected_date = '2015-09-01' where id = 901;

-- whoever proposed doesn't agree to it
-- refused:
update proposal set answered_by = 901, answered_at = 5, answer = 'agreed' where id = 901;

-- nor refuses it
-- refused:
update proposal set answered_by = 901, answered_at = 5, answer = 'refused' where id = 901;

-- another does
-- holds
update proposal set answered_by = 903, answered_at = 5, answer = 'agreed' where id = 901;
select 1;

-- one proposal waits at a time
-- refused: proposal
insert into proposal (id, episode, kind, proposed_by, proposed_at, recorded_at, policy) values (911, 901, 'lowering', 902, 0, 0, 901);

-- a child has one authorised outcome in an episode
-- refused: outcome
update outcome set authorised_by = 903, authorised_at = 5 where id = 901;
update proposal set answered_by = 903, answered_at = 5, answer = 'agreed' where id = 901;
insert into proposal (id, episode, kind, proposed_by, proposed_at, recorded_at, policy) values (911, 901, 'outcome', 902, 0, 0, 901);
insert into outcome (id, episode, child, proposal, outcome, threshold_level, reason, authorised_at, recorded_at)
	values (911, 901, 901, 911, 'no_further_action', 1, 'x', 6, 0);

-- an authorised outcome stands
-- refused: an authorised outcome
update outcome set authorised_by = 903, authorised_at = 5 where id = 901;
update outcome set outcome = 'no_further_action' where id = 901;

-- the access log is not changed
-- refused: the access log is never changed
update access_log set detail = 'x' where id = 901;

-- nor shortened
-- refused: the access log is never
delete from access_log where id = 901;

-- nor numbered twice
-- refused: access_log
insert into access_log (id, record_kind, record, n, account, action, refused, at, recorded_at) values
	(911, 'enquiry', 901, 1, 901, 'screen', 0, 0, 0);

-- history is not changed
-- refused: history is never
update history set at = 1 where id = 901;

-- nor shortened
-- refused: history is never
delete from history where id = 901;

-- and has only steps that there are
-- refused:
insert into history (id, enquiry, episode, transition, from_state, to_state, actor, entry, at, recorded_at)
	values (911, 901, 901, 'decided', 'received', 'decided', 901, 901, 0, 0);

-- a rating is not changed
-- refused: the ratings are never
update rag_history set rag = 'green' where id = 901;

-- nor forgotten
-- refused: the ratings are never
delete from rag_history where id = 901;

-- an enquiry is not deleted
-- refused: an enquiry is never deleted
delete from enquiry where id = 904;

-- a frozen return is not changed
-- refused: a frozen return is never
update daily_return set content = '{"a": 1}' where id = 901;

-- nor deleted
-- refused: a frozen return is never
delete from daily_return where id = 901;

-- nor its balance
-- refused: a frozen return is never
update daily_balance set received = 3, closing = 3 where id = 901;

-- nor taken from it
-- refused: a frozen return is never
delete from daily_balance where id = 901;

-- a balance that doesn't balance isn't kept
-- refused:
insert into daily_balance (id, daily_return, workstream_key, unit, opening, received, reopened, moved_in, corrections, added,
	removed, completed, screened_out, withdrawn, moved_out, closing)
	values (911, 901, 'new', 'enquiry', 1, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 3);

-- what the balance counts is not changed
-- refused: what the balance counts is never
update balance_event set counts_at = 8 where id = 901;

-- nor taken away
-- refused: what the balance counts is never
delete from balance_event where id = 901;

-- a policy version is not changed
-- refused: a policy version is never
update policy set content = 'x' where id = 901;

-- nor deleted
-- refused: a policy version is never
delete from policy where id = 901;
