-- take_over_last :find
-- When a workstream was taken over, and by whom.
-- in: workstream_key text
-- out: workstream workstream_id, taken_at instant, taken_by text
select t.id, w.id as workstream, w.name, t.at as taken_at, t.due_at, a.name as taken_by
from take_over t
join workstream w on w.id = t.workstream
join account a on a.id = t.taken_by
where w.key = $workstream_key
order by t.at desc, t.id desc
limit 1;

-- take_over_insert :exec
insert into take_over (workstream, at, due_at, taken_by, recorded_at)
values ($workstream, $at, $due_at, $taken_by, $recorded_at);

-- take_over_screened :many
-- What was screened before the take-over and not yet decided: it is to be screened again.
-- access: system, marks every enquiry of a workstream that is taken over
select e.id, e.enquiry
from episode e
where e.workstream = $workstream and e.ended_at is null and e.screened_at is not null and e.rescreen_asked_at is null
	and e.state in ('screened', 'allocated', 'held')
order by e.id;

-- take_over_asks :exec
-- in: id episode_id
-- access: system, marks every enquiry of a workstream that is taken over
update episode set rescreen_asked_at = $rescreen_asked_at, version = version + 1 where id = $id;

-- accumulation_counts :one
-- How many are left of how many, and how many wait to be screened. What moved away isn't among them any more.
-- in: taken_at instant
-- out: total int, open int, unscreened int
-- access: system, totals only
select
	(select count(*) from episode e where e.workstream = $workstream and e.is_current = 1
		and (e.ended_at is null or e.ended_at >= $taken_at)) as total,
	(select count(*) from episode e where e.workstream = $workstream and e.ended_at is null) as open,
	(select count(*) from episode e where e.workstream = $workstream and e.ended_at is null
		and (e.screened_at is null or e.rescreen_asked_at is not null)) as unscreened;

-- accumulation_open :many
-- Every open one by its rating, age and clock.
-- access: system, totals only
select e.rag, q.received_at, e.due_at
from episode e
join enquiry q on q.id = e.enquiry
where e.workstream = $workstream and e.ended_at is null
order by q.received_at, e.id;

-- accumulation_events :many
-- What came and went since an instant, each as plus or minus one.
-- in: from_at instant
-- out: total int
-- access: system, totals only
select b.counts_at, b.kind, case when b.kind in ('received', 'reopened', 'moved_in') then 1 else -1 end as total
from balance_event b
where b.workstream = $workstream and b.unit = 'enquiry' and b.counts_at >= $from_at
order by b.counts_at, b.id;

-- accumulation_workers :many
-- What each person cleared since the take-over, and screened.
-- in: taken_at instant
-- out: cleared int, screened int
-- row: accumulation_worker_row
-- access: system, figures by worker
select x.account, a.name, sum(x.cleared) as cleared, sum(x.screened) as screened
from (
	select p.proposed_by as account, 1 as cleared, 0 as screened
	from balance_event b
	join proposal p on p.id = (select max(l.id) from proposal l where l.episode = b.episode and l.answer = 'agreed'
			and l.kind in ('outcome', 'screen_out'))
	where b.workstream = $workstream and b.unit = 'enquiry' and b.kind = 'completed' and b.counts_at >= $taken_at
	union all
	select h.actor, 0, 1
	from history h
	where h.transition = 'screened' and h.at >= $taken_at
		and (select e.workstream from episode e where e.id = h.episode) = $workstream
) x
join account a on a.id = x.account
group by x.account, a.name
order by cleared desc, a.name, x.account;

-- screen_next :find
-- The next one of a workstream to be screened, after a place in the order: red from receipt first, then by risk and age.
-- in: red int, id episode_id
-- out: red int
-- row: screen_next_row
select e.id, e.enquiry, e.reference, case when e.rag = 'red' then 0 else 1 end as red, e.risk_order, e.started_at
from visible_episode e
where e.viewer = $viewer and e.workstream = $workstream and e.ended_at is null
	and (e.screened_at is null or e.rescreen_asked_at is not null)
	and (case when e.rag = 'red' then 0 else 1 end, e.risk_order, e.started_at, e.id)
		> ($red, $risk_order, $started_at, $id)
order by red, e.risk_order, e.started_at, e.id
limit 1;

-- screen_before :one
-- How many wait before this place, and how many in all.
-- in: red int, id episode_id
-- out: total int, count int
-- access: system, totals only
select count(*) as total,
	coalesce(sum(case when (case when e.rag = 'red' then 0 else 1 end, e.risk_order, e.started_at, e.id)
		< ($red, $risk_order, $started_at, $id) then 1 else 0 end), 0) as count
from episode e
where e.workstream = $workstream and e.ended_at is null
	and (e.screened_at is null or e.rescreen_asked_at is not null);
