-- hub_now_states :many
-- What is open, by state and rating.
-- out: count int
-- access: system, totals only
select e.workstream, e.state, e.rag_order, count(*) as count
from episode e
where e.ended_at is null
group by e.workstream, e.state, e.rag_order
order by e.workstream, e.state, e.rag_order;

-- hub_now_figures :one
-- What presses: each from the index that its list is read by.
-- in: now instant, week_ago instant, last_close instant
-- out: late int, screened int, unscreened_oldest_at instant, awaiting int, awaiting_first_due_at instant, held_since instant
-- out: hand_overs_waiting int, hand_overs_oldest_at instant, further int, accumulation_change int, accumulation workstream_id, nobody int
-- access: system, totals only
select
	(select count(*) from episode e where e.ended_at is null and e.due_at < $now) as late,
	(select e.started_at from episode e where e.screened_at is null and e.ended_at is null
		order by e.screening_due_at, e.started_at, e.id limit 1) as unscreened_oldest_at,
	(select count(*) from episode e where e.pending is not null) as awaiting,
	(select count(*) from episode e where e.pending is not null and e.state = 'screened') as screened,
	(select min(e.due_at) from episode e where e.pending is not null) as awaiting_first_due_at,
	(select min(e.held_at) from episode e where e.ended_at is null and e.state = 'held') as held_since,
	(select count(*) from hand_over h where coalesce(h.answer, '') <> 'accepted') as hand_overs_waiting,
	(select min(h.made_at) from hand_over h where coalesce(h.answer, '') <> 'accepted') as hand_overs_oldest_at,
	(select count(*) from episode e
		where coalesce(e.rescreen_asked_at, e.review_asked_at) is not null and e.is_current = 1) as further,
	(select coalesce(sum(case when b.kind in ('received', 'reopened', 'moved_in', 'added') then 1 else -1 end), 0)
		from balance_event b
		where b.workstream = w.id and b.unit = 'enquiry' and b.counts_at >= $week_ago) as accumulation_change,
	w.id as accumulation,
	(select count(*) from episode e where e.ended_at is null and (e.worker in (select g.id from account g where g.disabled_at <= $now or g.ends_at <= $now)
		or (e.worker in (select b.account from absence b where b.cancelled_at is null
			and b.starts_at <= $now and (b.ends_at is null or b.ends_at > $now))
		and (e.rag_order <> 2 or e.worker in (select c.account from absence c where c.cancelled_at is null
			and c.starts_at < $last_close and (c.ends_at is null or c.ends_at >= $last_close)))))) as nobody
from workstream w
where w.key = 'accumulation';

-- hub_now_workers :many
-- Who has room: those who are there first, then most room, then by name.
-- in: now instant, today_from instant, today_to instant, target int
-- out: cap int, room int, due_today int, red int, amber int, progressed int, target int, away bool, away_until instant
-- row: hub_worker_row
-- access: system, figures by worker
select w.account, a.name, w.open, w.cap * w.hours_percent / 100 as cap,
	case when w.open < w.cap * w.hours_percent / 100 and b.id is null
		then w.cap * w.hours_percent / 100 - w.open else 0 end as room,
	(select count(*) from episode e
		where e.worker = w.account and e.ended_at is null and e.due_at < $today_to) as due_today,
	(select count(*) from episode e where e.worker = w.account and e.ended_at is null and e.rag_order = 0) as red,
	(select count(*) from episode e where e.worker = w.account and e.ended_at is null and e.rag_order = 1) as amber,
	(select count(distinct m.enquiry) from (
		select h.enquiry from history h
		where h.actor = w.account and h.at >= $today_from and h.at <= $now
			and h.transition in ('screened', 'screen_out_proposed', 'recommended')
		union all
		select e.enquiry from proposal p join episode e on e.id = p.episode
		where p.proposed_by = w.account and p.answered_at >= $today_from and p.answered_at <= $now
			and p.answer = 'agreed' and p.kind in ('outcome', 'screen_out')) m) as progressed,
	case when b.id is null then $target * w.hours_percent / 100 else 0 end as target,
	case when b.id is null then 0 else 1 end as away, b.ends_at as away_until
from worker w
join account a on a.id = w.account
left join absence b on b.id = (select x.id from absence x
	where x.account = w.account and x.cancelled_at is null and x.starts_at <= $now and (x.ends_at is null or x.ends_at > $now)
	order by x.starts_at desc, x.id desc limit 1)
where a.disabled_at is null
order by away, room desc, a.name, a.id;

-- hub_now_unscreened :many
-- What nobody has screened yet: by the order of risk, then the oldest.
-- in: now instant, after episode_id, limit int
-- out: late bool, held_by text, linked bool
-- row: hub_now_row
select e.id, e.enquiry, e.reference, e.received_at, e.workstream_key, e.state, e.pending, e.rag, e.due_at,
	case when e.due_at < $now then 1 else 0 end as late, e.screening_due_at, e.risk_order, e.immediate_danger,
	e.concern as main_concern, e.child_count, e.rescreen_asked_at, e.worker_name, e.holder_name as held_by, e.held_at,
	e.n, e.linked
from visible_line e
where e.viewer = $viewer and e.screened_at is null and e.ended_at is null
	and ($after is null or (e.risk_order, e.started_at, e.id) > (select p.risk_order, p.started_at, p.id
		from visible_episode p where p.viewer = $viewer and p.id = $after))
order by e.risk_order, e.started_at, e.id
limit $limit;

-- hub_now_awaiting :many
-- What waits for a second person, the first due first.
-- in: now instant, after episode_id, limit int
-- out: late bool, held_by text, linked bool
-- row: hub_now_row
select e.id, e.enquiry, e.reference, e.received_at, e.workstream_key, e.state, e.pending, e.rag, e.due_at,
	case when e.due_at < $now then 1 else 0 end as late, e.screening_due_at, e.risk_order, e.immediate_danger,
	e.concern as main_concern, e.child_count, e.rescreen_asked_at, e.worker_name, e.holder_name as held_by, e.held_at,
	e.n, e.linked
from visible_line e
where e.viewer = $viewer and e.pending is not null
	and ($after is null or (coalesce(e.due_at, 0), e.id) > (select coalesce(p.due_at, 0), p.id
		from visible_episode p where p.viewer = $viewer and p.id = $after))
order by coalesce(e.due_at, 0), e.id
limit $limit;

-- hub_now_unallocated :many
-- What is screened and given to nobody, the most urgent first.
-- in: now instant, after episode_id, limit int
-- out: late bool, held_by text, linked bool
-- row: hub_now_row
select e.id, e.enquiry, e.reference, e.received_at, e.workstream_key, e.state, e.pending, e.rag, e.due_at,
	case when e.due_at < $now then 1 else 0 end as late, e.screening_due_at, e.risk_order, e.immediate_danger,
	e.concern as main_concern, e.child_count, e.rescreen_asked_at, e.worker_name, e.holder_name as held_by, e.held_at,
	e.n, e.linked
from visible_line e
where e.viewer = $viewer and e.ended_at is null and e.state = 'screened' and e.pending is null
	and ($after is null or (e.rag_order, e.due_at, e.id) > (select p.rag_order, p.due_at, p.id
		from visible_episode p where p.viewer = $viewer and p.id = $after))
order by e.rag_order, e.due_at, e.id
limit $limit;

-- hub_now_held :many
-- What found no room and is held, the most urgent first.
-- in: now instant, after episode_id, limit int
-- out: late bool, held_by text, linked bool
-- row: hub_now_row
select e.id, e.enquiry, e.reference, e.received_at, e.workstream_key, e.state, e.pending, e.rag, e.due_at,
	case when e.due_at < $now then 1 else 0 end as late, e.screening_due_at, e.risk_order, e.immediate_danger,
	e.concern as main_concern, e.child_count, e.rescreen_asked_at, e.worker_name, e.holder_name as held_by, e.held_at,
	e.n, e.linked
from visible_line e
where e.viewer = $viewer and e.ended_at is null and e.state = 'held'
	and ($after is null or (e.rag_order, e.due_at, e.id) > (select p.rag_order, p.due_at, p.id
		from visible_episode p where p.viewer = $viewer and p.id = $after))
order by e.rag_order, e.due_at, e.id
limit $limit;

-- hub_now_nobody :many
-- What stands with somebody who is away, the most urgent first: reds and ambers from the start, greens from the close
-- that followed (those who were away at the last close and are away now). All of whose account has ended.
-- in: now instant, last_close instant, after episode_id, limit int
-- out: late bool, held_by text, linked bool
-- row: hub_now_row
select e.id, e.enquiry, e.reference, e.received_at, e.workstream_key, e.state, e.pending, e.rag, e.due_at,
	case when e.due_at < $now then 1 else 0 end as late, e.screening_due_at, e.risk_order, e.immediate_danger,
	e.concern as main_concern, e.child_count, e.rescreen_asked_at, e.worker_name, e.holder_name as held_by, e.held_at,
	e.n, e.linked
from visible_line e
where e.viewer = $viewer and e.ended_at is null and (e.worker in (select g.id from account g where g.disabled_at <= $now or g.ends_at <= $now)
	or (e.worker in (select b.account from absence b where b.cancelled_at is null
		and b.starts_at <= $now and (b.ends_at is null or b.ends_at > $now))
	and (e.rag_order <> 2 or e.worker in (select c.account from absence c where c.cancelled_at is null
		and c.starts_at < $last_close and (c.ends_at is null or c.ends_at >= $last_close)))))
	and ($after is null or (e.rag_order, e.due_at, e.id) > (select p.rag_order, p.due_at, p.id
		from visible_episode p where p.viewer = $viewer and p.id = $after))
order by e.rag_order, e.due_at, e.id
limit $limit;

-- hub_now_late :many
-- What is past its due time, the most urgent rating first, then the latest.
-- in: now instant, after episode_id, limit int
-- out: late bool, held_by text, linked bool
-- row: hub_now_row
select e.id, e.enquiry, e.reference, e.received_at, e.workstream_key, e.state, e.pending, e.rag, e.due_at,
	case when e.due_at < $now then 1 else 0 end as late, e.screening_due_at, e.risk_order, e.immediate_danger,
	e.concern as main_concern, e.child_count, e.rescreen_asked_at, e.worker_name, e.holder_name as held_by, e.held_at,
	e.n, e.linked
from visible_line e
where e.viewer = $viewer and e.ended_at is null and e.rag_order < 3 and e.due_at < $now
	and ($after is null or (e.rag_order, e.due_at, e.id) > (select p.rag_order, p.due_at, p.id
		from visible_episode p where p.viewer = $viewer and p.id = $after))
order by e.rag_order, e.due_at, e.id
limit $limit;

-- hub_now_further :many
-- Further information that nobody has looked at: to be screened again, or reviewed after the decision.
-- in: now instant, after episode_id, limit int
-- out: late bool, held_by text, linked bool
-- row: hub_now_row
select e.id, e.enquiry, e.reference, e.received_at, e.workstream_key, e.state, e.pending, e.rag, e.due_at,
	case when e.due_at < $now then 1 else 0 end as late, e.screening_due_at, e.risk_order, e.immediate_danger,
	e.concern as main_concern, e.child_count, e.rescreen_asked_at, e.worker_name, e.holder_name as held_by, e.held_at,
	e.n, e.linked
from visible_line e
where e.viewer = $viewer and e.is_current = 1
	and coalesce(e.rescreen_asked_at, e.review_asked_at) is not null and ($after is null or e.id > $after)
order by e.id
limit $limit;
