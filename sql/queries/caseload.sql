-- caseload_figures :find
-- How one worker stands: what they may hold and hold, what presses, what they moved today. None: they hold nothing.
-- in: worker account_id, now instant, hour_on instant, today_from instant
-- out: away bool, late int, due_next_hour int, completed int, progressed int
-- access: system, figures by worker
select a.name, w.open, w.cap, w.hours_percent,
	exists (select 1 from absence b where b.account = w.account and b.cancelled_at is null and b.starts_at <= $now
		and (b.ends_at is null or b.ends_at > $now)) as away,
	(select count(*) from episode e
		where e.worker = w.account and e.ended_at is null and e.due_at < $now) as late,
	(select count(*) from episode e
		where e.worker = w.account and e.ended_at is null and e.due_at >= $now and e.due_at < $hour_on) as due_next_hour,
	(select count(*) from episode e
		where e.ended_at >= $today_from and e.ended_at <= $now and e.ended <> 'withdrawn'
			and coalesce(e.recommended_by, e.worker, e.screened_by) = w.account) as completed,
	(select count(distinct m.enquiry) from (
		select h.enquiry from history h
		where h.actor = w.account and h.at >= $today_from and h.at <= $now
			and h.transition in ('screened', 'screen_out_proposed', 'recommended')
		union all
		select e.enquiry from proposal p join episode e on e.id = p.episode
		where p.proposed_by = w.account and p.answered_at >= $today_from and p.answered_at <= $now
			and p.answer = 'agreed' and p.kind in ('outcome', 'screen_out')) m) as progressed
from worker w
join account a on a.id = w.account
where w.account = $worker;

-- caseload_page :many
-- What one worker holds, the most urgent rating first, then what is due first, after one of them.
-- in: worker account_id, now instant, after episode_id, limit int
-- out: late bool, waiting_for text, linked bool
-- row: caseload_row
select e.id, e.enquiry, e.reference, e.external_ref, e.received_at, e.rag, e.due_at,
	case when e.due_at < $now then 1 else 0 end as late,
	case when e.pending is not null then 'manager' else 'you' end as waiting_for,
	e.state, e.pending, e.concern as main_concern, e.child_count, e.domestic_abuse_notification, e.allocated_at,
	e.rescreen_asked_at, e.n, e.linked
from visible_line e
where e.viewer = $viewer and e.worker = $worker and e.ended_at is null
	and ($after is null or (e.rag_order, e.due_at, e.id) > (select p.rag_order, p.due_at, p.id
		from visible_episode p where p.viewer = $viewer and p.id = $after))
order by e.rag_order, e.due_at, e.id
limit $limit;
