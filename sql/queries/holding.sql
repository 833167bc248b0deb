-- holding_room :many
-- How much room each workstream's team has, with whoever is lent to it, and how many enquiries look for a worker.
-- in: at instant, workstream workstream_id
-- out: room int, looking int
-- access: system, totals only
select s.id as workstream, s.key as workstream_key,
	(select coalesce(sum(w.cap * w.hours_percent / 100 - w.open), 0)
		from worker w
		join account a on a.id = w.account
		left join team t on t.id = a.team
		where w.open < w.cap * w.hours_percent / 100
			and (t.workstream = s.id or exists (select 1 from loan l where l.workstream = s.id
				and l.account = w.account and l.starts_at <= $at and l.ends_at > $at and l.cancelled_at is null))
			and (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at)
			and not exists (select 1 from absence b where b.account = w.account and b.starts_at <= $at
				and (b.ends_at is null or b.ends_at > $at) and b.cancelled_at is null)) as room,
	(select count(*) from episode e where e.workstream = s.id and e.state = 'screened' and e.ended_at is null
		and coalesce(e.pending, '') <> 'screen_out') as looking
from workstream s
where $workstream is null or s.id = $workstream or exists (select 1 from loan l
	where l.starts_at <= $at and l.ends_at > $at and l.cancelled_at is null)
order by s.id;

-- holding_looking :many
-- What looks for a worker in one workstream, the most urgent first, and when an accumulation was last taken over.
-- in: workstream workstream_id
-- out: taken_over_at instant
-- access: system, decides what is held, whoever acts; no record is shown
select e.id, e.enquiry, e.rag, e.started_at, e.due_at, e.screened_at, s.key as workstream_key,
	(select max(k.at) from take_over k where k.workstream = e.workstream) as taken_over_at
from episode e
join workstream s on s.id = e.workstream
where e.workstream = $workstream and e.state = 'screened' and e.ended_at is null
	and coalesce(e.pending, '') <> 'screen_out'
order by e.rag_order, e.due_at, e.id;

-- holding_episode :find
-- One of those, for its step; the person whose action held it need not be one who may read it.
-- in: id episode_id
-- row: episode
-- access: system, writes the step; no record is shown
select e.id, e.enquiry, e.n, e.workstream, e.state, e.pending, e.rag, e.rag_order, e.first_rag, e.started_at,
	e.screening_due_at, e.screened_at, e.screened_by, e.due_at, e.worker, e.allocated_at, e.held_by, e.held_at,
	e.recommended_by, e.recommended_at, e.necessary, e.necessary_reason, e.ended, e.ended_at, e.closed_at,
	e.rescreen_asked_at, e.review_asked_at, e.version,
	q.reference, q.external_ref, q.received_at, q.source_code, q.concern, q.concerns, q.domestic_abuse_notification,
	q.immediate_danger, q.child_count, q.restricted
from episode e
join enquiry q on q.id = e.enquiry
where e.id = $id;

-- holding_managers :many
-- Who may hold what finds no room: managers and deputies who are here, with how much each holds now.
-- in: at instant
-- out: held int
-- row: holding_manager
-- access: system, counts what each manager holds; no record is shown
select a.id as account, a.name, a.role,
	(select count(*) from episode e where e.held_by = a.id and e.state = 'held' and e.ended_at is null) as held
from account a
where (a.role in ('practice_manager', 'edt_manager') or (a.role in ('social_worker', 'edt_worker')
		and exists (select 1 from deputy d where d.account = a.id and d.starts_at <= $at and d.ends_at > $at
			and d.cancelled_at is null)))
	and (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at)
	and not exists (select 1 from absence b where b.account = a.id and b.starts_at <= $at
		and (b.ends_at is null or b.ends_at > $at) and b.cancelled_at is null)
order by a.name, a.id;

-- holding_insert :exec
-- Why it was held, put back or swapped by hand.
-- in: other episode_id
insert into holding (episode, kind, about, other, reason, done_by, at, recorded_at)
values ($episode, $kind, $about, $other, $reason, $done_by, $at, $recorded_at);

-- holding_notes :many
-- What was said of an enquiry each time, the oldest first.
-- out: reference text
-- row: holding_note
select h.kind, b.name as holder,
	(select o.reference from visible_episode o where o.viewer = $viewer and o.id = h.other) as reference, h.reason, a.name as actor, h.at
from visible_holding h
join account a on a.id = h.done_by
join account b on b.id = h.about
where h.viewer = $viewer and h.enquiry = $enquiry
order by h.id;

-- swap_offers :many
-- Greens, then ambers, of those who are here and not over, that could go back; what has the most time left first.
-- in: at instant, workstream workstream_id, limit int
-- row: swap_offer
select e.id, e.reference, e.rag, e.started_at, e.due_at, e.version, e.child_count, e.concern as main_concern,
	e.worker, a.name as worker_name, w.open, w.cap, w.hours_percent
from visible_episode e
join worker w on w.account = e.worker
join account a on a.id = e.worker
left join team t on t.id = a.team
where e.viewer = $viewer and e.workstream = $workstream and e.state = 'allocated' and e.ended_at is null
	and e.rag_order > 0 and w.open - 1 < w.cap * w.hours_percent / 100
	and (t.workstream = $workstream or exists (select 1 from loan l where l.workstream = $workstream
		and l.account = w.account and l.starts_at <= $at and l.ends_at > $at and l.cancelled_at is null))
	and (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at)
	and not exists (select 1 from absence b where b.account = w.account and b.starts_at <= $at
		and (b.ends_at is null or b.ends_at > $at) and b.cancelled_at is null)
order by e.rag_order desc, e.due_at desc, e.id desc
limit $limit;

-- loan_workers :many
-- Who could be lent to a workstream: of another team, here, and not lent to it now; who has most room first.
-- in: at instant, workstream workstream_id
-- row: loan_worker
select w.account, a.name, t.name as team, w.open, w.cap, w.hours_percent
from worker w
join account a on a.id = w.account
left join team t on t.id = a.team
where (t.workstream is null or t.workstream <> $workstream)
	and not exists (select 1 from loan l where l.workstream = $workstream
		and l.account = w.account and l.starts_at <= $at and l.ends_at > $at and l.cancelled_at is null)
	and (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at)
	and not exists (select 1 from absence b where b.account = w.account and b.starts_at <= $at
		and (b.ends_at is null or b.ends_at > $at) and b.cancelled_at is null)
order by w.cap * w.hours_percent / 100 - w.open desc, a.name, a.id;

-- loan_insert :exec
insert into loan (account, workstream, starts_at, ends_at, lent_by, reason, recorded_at)
values ($account, $workstream, $starts_at, $ends_at, $lent_by, $reason, $recorded_at);

-- loan_standing :many
-- Who is lent now, to which workstream and until when; those that end first before the others.
-- in: at instant
-- row: loan_row
select l.id, l.account, a.name, s.name as workstream, t.name as team, l.starts_at, l.ends_at,
	b.name as actor, l.reason
from loan l
join account a on a.id = l.account
join workstream s on s.id = l.workstream
join account b on b.id = l.lent_by
left join team t on t.id = a.team
where l.starts_at <= $at and l.ends_at > $at and l.cancelled_at is null
order by l.ends_at, l.id;

-- loan_cancel :exec
-- Ends one early.
-- in: loan loan_id, at instant
update loan set cancelled_at = $at where id = $loan and cancelled_at is null and ends_at > $at;
