-- duty_hand_over_insert :one
-- One is handed over to or from EDT; given_by 0 is the hub itself.
insert into duty_hand_over (episode, direction, given_by, given_at, words, recorded_at)
values ($episode, $direction, nullif($given_by, 0), $given_at, $words, $recorded_at)
returning id;

-- duty_hand_over_last :find
-- The latest of an episode: it waits, or who accepted it when.
-- out: given_by account_id, giver text, accepter text
select d.id, d.direction, d.given_by, d.given_at, d.accepted_at, d.overtaken_at, g.name as giver, a.name as accepter
from visible_duty_hand_over d
left join account g on g.id = d.given_by
left join account a on a.id = d.accepted_by
where d.viewer = $viewer and d.episode = $episode
order by d.id desc
limit 1;

-- duty_hand_over_accepted :exec
-- in: id duty_hand_over_id, accepted_by account_id
-- access: system, the action looked at it through the view
update duty_hand_over set accepted_by = $accepted_by, accepted_at = $accepted_at
where id = $id and coalesce(accepted_at, overtaken_at) is null;

-- duty_hand_over_overtake :exec
-- What waits for an answer about this episode is over.
-- access: system, the action looked at the episode through its view
update duty_hand_over set overtaken_at = $overtaken_at
where episode = $episode and coalesce(accepted_at, overtaken_at) is null;

-- duty_hand_over_waiting_for :many
-- What waits to be accepted in one direction and was not given by this person, the oldest first.
-- in: direction text, limit int
-- access: system, the episode of a hand-over that is read through its view
select d.id, d.episode, d.enquiry, d.reference, d.direction, e.state
from visible_duty_hand_over d
join episode e on e.id = d.episode
where d.viewer = $viewer and coalesce(d.accepted_at, d.overtaken_at) is null and d.direction = $direction
	and coalesce(d.given_by, 0) <> $viewer
	and (e.ended_at is null or (e.state = 'decided' and d.direction = 'from_edt' and d.given_by is not null))
order by d.given_at, d.id
limit $limit;

-- duty_hand_over_of :many
-- The ledger of one enquiry, the latest first.
-- out: given_by text, accepted_by text
-- row: duty_hand_over_line
select d.id, d.reference, d.direction, d.given_at, g.name as given_by, d.words as hand_over_words, d.accepted_at,
	a.name as accepted_by, d.overtaken_at
from visible_duty_hand_over d
left join account g on g.id = d.given_by
left join account a on a.id = d.accepted_by
where d.viewer = $viewer and d.enquiry = $enquiry
order by d.id desc;

-- duty_to_edt_at_close :many
-- What passes to EDT at a close: unscreened, and open reds, received before it and not given to EDT since the opening.
-- in: opening instant, close instant, limit int
-- row: duty_passing
-- access: system, passed on by the hub's own clock
select e.id, e.enquiry, e.state
from episode e
join workstream w on w.id = e.workstream
where e.ended_at is null and (e.rag_order = 0 or (e.screened_at is null and w.key <> 'accumulation'))
	and +e.started_at < $close
	and not exists (select 1 from duty_hand_over d
		where d.episode = e.id and d.direction = 'to_edt' and d.given_at >= $opening and d.overtaken_at is null)
order by +e.id
limit $limit;

-- duty_from_edt_at_opening :many
-- What EDT gives back at an opening: what it was given since the opening before and is open still, and what came in
-- out of hours and is red or unscreened; but what it has given back already.
-- in: since instant, close instant, opening instant, limit int
-- row: duty_passing
-- access: system, passed on by the hub's own clock
select e.id, e.enquiry, e.state
from episode e
join workstream w on w.id = e.workstream
where e.ended_at is null
	and (exists (select 1 from duty_hand_over d
			where d.episode = e.id and d.direction = 'to_edt' and d.given_at >= $since and d.overtaken_at is null)
		or (e.started_at >= $close and e.started_at < $opening
			and (e.rag_order = 0 or (e.screened_at is null and w.key <> 'accumulation'))))
	and not exists (select 1 from duty_hand_over d
		where d.episode = e.id and d.direction = 'from_edt' and d.given_at >= $close and d.overtaken_at is null)
order by +e.id
limit $limit;

-- duty_hand_over_overtaken :many
-- What waits though the enquiry went another way: it ended, or what the hub gave as unscreened was screened.
-- in: limit int
-- row: duty_passing
-- access: system, the hub's own clock takes it off the list
select e.id, e.enquiry, e.state
from duty_hand_over d
cross join episode e -- in this order, however few hand-overs wait
where e.id = d.episode and coalesce(d.accepted_at, d.overtaken_at) is null
	and ((e.ended_at is not null
			and not (e.state = 'decided' and d.direction = 'from_edt' and d.given_by is not null))
		or (d.given_by is null and e.screened_at is not null and e.rag_order <> 0))
order by d.given_at, d.id
limit $limit;

-- job_run_find :find
-- Was this job done for this slot?
-- in: slot text
select id, at from job_run where name = $name and slot = $slot;

-- job_run_insert :exec
-- in: slot text
insert into job_run (name, slot, at) values ($name, $slot, $at) on conflict (name, slot) do nothing;
