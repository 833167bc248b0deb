-- What a generated hub has none of, so that no table is empty where plans are taken: mostly of what is over, and a few that
-- still wait. The same text on both engines; an enquiry and its episode have one id.
insert into alarm (stable_id, kind, level, enquiry, subject, due_at, raised_at, ended_at, ended_why, recorded_at)
select 'p:' || id, 'danger', 1, id, id, received_at, received_at, case when id % 500 = 0 then null else received_at end, 'x',
	received_at from enquiry where id % 2 = 0;
insert into alarm_for (alarm, account) select id, 1 + id % 12 from alarm;
insert into contact (enquiry, kind, at, with_whom, reached, said, recorded_by, recorded_at)
select id, 'call', received_at, 'x', 1, 'x', 2, received_at from enquiry where id % 2 = 0;
insert into oversight_note (enquiry, note, written_by, at, recorded_at)
select id, 'x', 3, received_at, received_at from enquiry where id % 3 = 0;
insert into advice (enquiry, to_whom, advice, given_by, at, recorded_at)
select case when id % 2 = 0 then id end, 'family', 'x', 2, received_at, received_at from enquiry where id % 3 = 0;
insert into information_request (reference, kind, from_whom, matter, received_at, due_at, answer, answered_by, answered_at,
	recorded_by, recorded_at)
select 'R' || id, 'court', 'x', 'x', received_at, received_at, 'x', 2, case when id % 900 = 0 then null else received_at end, 2,
	received_at from enquiry where id % 3 = 0;
update enquiry set restricted = 1 where id % 100 = 7;
insert into restriction (enquiry, kind, reason, owner, restricted_by, at, review_due_at, lifted_at, recorded_at)
select id, case when id % 200 = 7 then 'allegation' else 'adoption' end, 'x', 3, 3, received_at, received_at, null, received_at
from enquiry where restricted = 1;
insert into restriction (enquiry, kind, reason, owner, restricted_by, at, review_due_at, lifted_at, recorded_at)
select id, 'adoption', 'x', 3, 3, received_at, received_at, received_at, received_at from enquiry where id % 4 = 1;
insert into restriction_member (enquiry, account, named_by, at) select id, 2, 3, received_at from enquiry where id % 4 = 1;
insert into broken_glass (enquiry, account, reason, at, expires_at, ended_at, recorded_at)
select id, 3, 'x', received_at, received_at, case when id % 4000 = 1 then null else received_at end, received_at
from enquiry where id % 4 = 1;
insert into person_link (child, person, state, recorded_at)
select id, 1 + id % 1000, case when id % 3000 = 0 then 'possible' when id % 2 = 0 then 'confirmed' else 'refused' end, recorded_at
from child where id % 3 = 0;
insert into open_case (person, case_status, worker_name, starts_on, ends_on, recorded_by, recorded_at)
select id, 'CIN', 'x', '2024-01-01', case when id % 10 = 0 then null else '2025-01-01' end, 1, recorded_at
from person where id % 5 = 0;
insert into child_version (child, reason, corrected_by, at, recorded_at)
select id, 'x', 2, recorded_at, recorded_at from child where id % 3 = 0;
insert into incident_link (enquiry, other, linked_by, at, ended_at, recorded_at)
select id, id + 1, 2, received_at, case when id % 8 = 0 then received_at end, received_at
from enquiry where id % 4 = 0 and id < (select max(id) from enquiry);
insert into transfer_in (enquiry, from_authority, spoken_to, plan_status, told_at, conference_due_at, conference_held_at,
	recorded_by, recorded_at)
select id, 'x', 'x', 'CP', received_at, received_at, case when id % 3000 = 0 then null else received_at end, 2, received_at
from enquiry where id % 3 = 0;
insert into move (episode, from_workstream, to_workstream, reason, moved_by, at, recorded_at)
select id, 1, 2, 'x', 3, received_at, received_at from enquiry where id % 4 = 0;
insert into policy (version, valid_from, content, note, loaded_by, recorded_at) select 2, 1, p.content, 'x', 1, 1 from policy p;
insert into due_change (episode, policy, screening_due_was, screening_due_at, due_was, due_at, at, recorded_at)
select id, 2, received_at, received_at, received_at, received_at, received_at, received_at from enquiry where id % 4 = 0;
insert into retriage (made_by, at, recorded_at) select 3, received_at, received_at from enquiry where id % 100 = 0;
insert into retriage_item (retriage, episode, reason, rag, rating, state_was, version_after)
select 1 + e.id % (select max(id) from retriage), e.id, 'x', 'red', (select max(r.id) from rag_history r where r.episode = e.id), 'screened', 2
from enquiry e where e.id % 3 = 0;
insert into second_look (episode, proposal, decided_by, due_at, looked_by, looked_at, found, recorded_at)
select p.episode, p.id, 2, p.proposed_at, case when p.id % 3000 = 0 then null else 3 end,
	case when p.id % 3000 = 0 then null else p.proposed_at end, case when p.id % 3000 = 0 then null else 'agreed' end, p.proposed_at
from proposal p where p.id % 3 = 0;
insert into protection (episode, kind, starts_at, ends_at, ended_at, recorded_by, recorded_at)
select id, 'police_protection', received_at, received_at + 1, case when id % 3000 = 0 then null else received_at end, 2, received_at
from enquiry where id % 3 = 0;
insert into review (episode, asked_at, reason, reviewed_by, at, recorded_at)
select id, received_at, 'x', 3, received_at, received_at from enquiry where id % 3 = 0;
insert into further_information (enquiry, received_at, recorded_at, recorded_by, summary, content, content_hash)
select id, received_at, received_at, 2, 'x', 'x', content_hash from enquiry where id % 3 = 0;
insert into duty_hand_over (episode, direction, given_at, accepted_by, accepted_at, recorded_at)
select id, case when id % 2 = 0 then 'to_edt' else 'from_edt' end, received_at, case when id % 600 = 0 then null else 2 end,
	case when id % 600 = 0 then null else received_at end, received_at from enquiry where id % 3 = 0;
insert into outbox (stable_id, kind, enquiry, content, at, due_at, delivered_at, recorded_at, owed_by)
select 'p:' || id, 'feedback', id, 'x', received_at, received_at, case when id % 500 = 0 then null else received_at end,
	received_at, received_at from enquiry where id % 2 = 0;
insert into submission (account, key, route, body_hash, status, at)
select 2, 'k' || id, '/x', content_hash, 201, received_at from enquiry where id % 2 = 0;
insert into draft (account, key, writer, address, title, content, version, started_at, saved_at, sent_at, recorded_at)
select 2 + id % 12, 'k' || id, 'w', '/x', 'x', 'x', 1, received_at, received_at, case when id % 50 = 0 then null else received_at end,
	received_at from enquiry where id % 4 = 0;
insert into session (account, token_hash, csrf, created_at, last_seen_at, expires_at)
select 2 + id % 12, content_hash, 'c' || id, received_at, received_at, received_at from enquiry where id % 4 = 0;
insert into sign_in_failure (email, at) select 'a' || id % 100, received_at from enquiry where id % 4 = 0;
insert into job_run (name, slot, at) select 'hand_over_at_close', 's' || id, received_at from enquiry where id % 20 = 0;
insert into holding (episode, kind, about, done_by, at, recorded_at)
select id, 'held', 3, 3, received_at, received_at from enquiry where id % 3 = 0;
insert into duty (account, kind, starts_at, ends_at, named_by, recorded_at)
select 3, 'duty_manager', received_at, received_at + 1, 4, received_at from enquiry where id % 10 = 0;
insert into absence (account, starts_at, ends_at, reason, recorded_at)
select 2 + id % 12, received_at, received_at + 1, 'x', received_at from enquiry where id % 20 = 0;
