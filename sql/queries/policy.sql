-- policy_at :find
-- The version in force at an instant: the last that had begun, else the first.
-- in: at instant
select id, version, content
from policy
where version = coalesce(
	(select max(p.version) from policy p
		where p.valid_from = (select max(q.valid_from) from policy q where q.valid_from <= $at)),
	(select min(p.version) from policy p));

-- policy_all :many
-- Every version in the order it began or will begin: what was in force when.
select p.id, p.version, p.valid_from, p.recorded_at, p.content from policy p order by p.valid_from, p.version;

-- policy_by_version :find
-- One version whole.
-- out: loaded_by text
select p.id, p.version, p.valid_from, p.content, p.note, p.recorded_at, a.name as loaded_by
from policy p
join account a on a.id = p.loaded_by
where p.version = $version;

-- policy_latest :one
-- The version that was loaded last, and by whom.
-- out: loaded_by text
select p.id, p.version, p.recorded_at, a.name as loaded_by
from policy p
join account a on a.id = p.loaded_by
order by p.version desc
limit 1;

-- policy_waiting :many
-- Versions dated later than they were loaded that have begun since, and have not been put into effect.
-- in: now instant
select p.id, p.version, p.valid_from
from policy p
where p.valid_from > p.recorded_at and p.valid_from <= $now
	and not exists (select 1 from job_run j where j.name = 'policy' and j.slot = cast(p.version as text))
order by p.valid_from, p.version;

-- policy_begun :exec
insert into job_run (name, slot, at) values ('policy', cast($version as text), $at);

-- policy_insert :one
-- in: valid_from instant
insert into policy (version, valid_from, content, note, loaded_by, recorded_at)
values ((select coalesce(max(p.version), 0) + 1 from policy p), $valid_from, $content, $note, $loaded_by, $recorded_at)
returning id, version;

-- policy_versions :many
-- The versions there are, the newest first.
-- out: loaded_by text
-- row: policy_version_row
select p.id, p.version, p.valid_from, p.note, p.recorded_at, a.name as loaded_by
from policy p
join account a on a.id = p.loaded_by
order by p.version desc
limit 100;

-- policy_open_episodes :many
-- Open episodes whose deadlines a new calendar or new hours may move, and how each was rated last.
-- access: system, recomputes deadlines; a reference and its deadlines are shown, never what the enquiry says
select e.id, e.enquiry, q.reference, e.state, e.rag, e.started_at, e.screening_due_at, e.screened_at, e.due_at,
	e.recorded_at
from episode e
join enquiry q on q.id = e.enquiry
where e.ended_at is null
order by +e.id;

-- policy_ratings :many
-- How the open episodes were rated, in order, without what was undone: for computing their deadlines again.
-- access: system, recomputes deadlines; nothing is shown
select r.episode, r.rag, r.kind, r.information_at, r.at, r.recorded_at
from episode e
cross join rag_history r
where r.episode = e.id and e.ended_at is null
	and not exists (select 1 from retriage_item i where i.rating = r.id and i.undone_at is not null)
order by +r.episode, r.at, r.id;

-- policy_others :many
-- The other clocks that are still to come: discussions to be held, conferences, assessments that were handed over.
-- in: now instant
-- out: kind text, number int, enquiry enquiry_id, started_at instant, due_at instant, recorded_at instant
-- access: system, recomputes deadlines; how many is shown
select 'strategy_held' as kind, d.id as number, e.enquiry as enquiry, d.requested_at as started_at, d.due_at as due_at,
	d.recorded_at as recorded_at
from strategy_discussion d
join episode e on e.id = d.episode
where d.held_at is null and d.due_at > $now
union all
select 'conference', d.id, e.enquiry, d.held_at, d.conference_due_at, d.recorded_at
from strategy_discussion d
join episode e on e.id = d.episode
where d.conference_held_at is null and d.conference_due_at > $now
union all
select 'transfer_in', t.id, t.enquiry, t.told_at, t.conference_due_at, t.recorded_at
from transfer_in t
where t.conference_held_at is null and t.conference_due_at > $now
union all
select 'assessment', h.id, e.enquiry, q.received_at, h.due_at, h.recorded_at
from hand_over h
join episode e on e.id = h.episode
join enquiry q on q.id = e.enquiry
where h.kind = 'assessment_team' and h.due_at > $now
union all
select 'assessment', h.id, e.enquiry, h.answered_at, h.due_at, h.recorded_at
from hand_over h
join episode e on e.id = h.episode
where h.kind = 'assessment_team' and h.answered_at is not null and h.due_at > $now
order by 1, 2, 4;

-- policy_strategy_due :exec
-- in: id strategy_discussion_id
-- access: system, recomputes deadlines
update strategy_discussion set due_at = $due_at where id = $id;

-- policy_conference_due :exec
-- in: id strategy_discussion_id
-- access: system, recomputes deadlines
update strategy_discussion set conference_due_at = $conference_due_at where id = $id;

-- policy_transfer_due :exec
-- in: id transfer_in_id
-- access: system, recomputes deadlines
update transfer_in set conference_due_at = $conference_due_at where id = $id;

-- policy_hand_over_due :exec
-- in: id hand_over_id
-- access: system, recomputes deadlines
update hand_over set due_at = $due_at where id = $id;

-- policy_due_change :exec
-- What moved, and from what to what.
insert into due_change (episode, policy, screening_due_was, screening_due_at, due_was, due_at, at, recorded_at)
values ($episode, $policy, $screening_due_was, $screening_due_at, $due_was, $due_at, $at, $recorded_at);

-- policy_episode_due :exec
-- Deadlines by the new policy; whoever has the page open is told by the version.
-- in: id episode_id
-- access: system, recomputes deadlines; nothing is shown
update episode set screening_due_at = $screening_due_at, due_at = $due_at, version = version + 1 where id = $id;

-- policy_caps :exec
-- A changed cap is every worker's who had the old one, or more than the new; nobody is refused for holding more.
-- in: cap_was int
update worker set cap = $cap where cap <> $cap and (cap = $cap_was or cap > $cap);
