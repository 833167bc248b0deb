-- holding_room :many
-- How much room each workstream's team has, with whoever is lent to it, and how many enquiries look for a worker.
-- in: at instant, workstream workstream_id
-- out: room int, looking int
-- access: system, totals only
select s.id as workstream,
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
select e.id, e.rag, e.started_at, e.due_at, e.screened_at, s.key as workstream_key,
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
	q.immediate_danger, q.child_count
from episode e
join enquiry q on q.id = e.enquiry
where e.id = $id;
