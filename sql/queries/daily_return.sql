-- return_frozen :find
-- A frozen day as it was kept.
-- out: collated_by text
select r.day, r.window_start, r.window_end, r.collated_at, a.name as collated_by, r.content
from daily_return r
left join account a on a.id = r.collated_by
where r.day = $day;

-- return_frozen_before :find
-- The last frozen day before this one: where its window ended, the next begins.
select r.id, r.day, r.window_end
from daily_return r
where r.day < $day
order by r.day desc
limit 1;

-- return_frozen_until :find
-- The last day whose frozen window had ended by an instant.
select r.id, r.window_end
from daily_return r
where r.window_end <= $window_end
order by r.window_end desc
limit 1;

-- return_workstreams :many
select w.key as workstream_key from workstream w order by w.id;

-- return_frozen_after :find
-- A later day that was collated already: returns are collated in order.
select r.day from daily_return r where r.day > $day order by r.day limit 1;

-- return_collated_before :find
-- The last collated day before this one.
select r.day, r.window_end
from daily_return r
where r.day < $day and r.collated_at is not null
order by r.day desc
limit 1;

-- return_first_event :one
-- When the balance begins, or null.
-- out: at instant
-- access: system, totals only
select min(b.counts_at) as at from balance_event b;

-- return_closings :many
-- What a frozen day closed with.
-- out: total int
select b.workstream_key, b.unit, b.closing as total
from daily_balance b
where b.daily_return = $daily_return
order by b.workstream_key, b.unit;

-- return_sums :many
-- What came and went between two instants, all kinds together, signed: what stands after it.
-- out: total int
-- access: system, totals only
select w.key as workstream_key, b.unit,
	sum(case when b.kind in ('received', 'reopened', 'moved_in', 'added') then 1 else -1 end) as total
from balance_event b
join workstream w on w.id = b.workstream
where b.counts_at >= $window_start and b.counts_at < $window_end
group by w.key, b.unit
order by w.key, b.unit;

-- return_flows :many
-- What came and went in a window, by kind.
-- out: count int
-- access: system, totals only
select w.key as workstream_key, b.unit, b.kind, b.screened_out, b.correction, count(*) as count
from balance_event b
join workstream w on w.id = b.workstream
where b.counts_at >= $window_start and b.counts_at < $window_end
group by w.key, b.unit, b.kind, b.screened_out, b.correction
order by w.key, b.unit, b.kind, b.screened_out, b.correction;

-- return_arrivals :many
-- What was received and what was completed in a window, one by one, with the rating at its end.
-- out: rag text
-- access: system, totals only
select b.kind, b.unit, w.key as workstream_key, b.screened_out, q.source_code, q.concern,
	q.domestic_abuse_notification, e.necessary,
	(select r.rag from rag_history r where r.episode = e.id and r.at < $window_end
		and not exists (select 1 from retriage_item i where i.rating = r.id and i.undone_at < $window_end)
		order by r.at desc, r.id desc limit 1) as rag
from balance_event b
join workstream w on w.id = b.workstream
join episode e on e.id = b.episode
join enquiry q on q.id = b.enquiry
where b.counts_at >= $window_start and b.counts_at < $window_end
	and b.kind in ('received', 'completed') and b.correction = 0
order by b.id;

-- return_open :many
-- What stands open at the window's end, as it stood then.
-- out: rag text, due_at instant, worker account_id, state text, awaiting_manager bool, children int
-- access: system, totals only
select e.id, w.key as workstream_key, q.source_code, q.concern, q.received_at,
	(select r.rag from rag_history r where r.episode = e.id and r.at < $window_end
		and not exists (select 1 from retriage_item i where i.rating = r.id and i.undone_at < $window_end)
		order by r.at desc, r.id desc limit 1) as rag,
	case when exists (select 1 from rag_history r where r.episode = e.id and r.at >= $window_end)
			or exists (select 1 from due_change d where d.episode = e.id and d.at >= $window_end)
		then coalesce((select d.due_was from due_change d where d.episode = e.id and d.at >= $window_end
				and d.due_was is not null
				and not exists (select 1 from rag_history r where r.episode = e.id and r.at >= $window_end and r.at <= d.at)
				order by d.at, d.id limit 1),
			(select d.due_at from due_change d where d.episode = e.id and d.at < $window_end and d.due_at is not null
				and not exists (select 1 from rag_history r where r.episode = e.id and r.at > d.at and r.at < $window_end)
				order by d.at desc, d.id desc limit 1),
			(select r.due_at from rag_history r where r.episode = e.id and r.at < $window_end
				order by r.at desc, r.id desc limit 1))
		else e.due_at end as due_at,
	(select a.worker from allocation a
		where a.episode = e.id and a.at < $window_end and (a.ended_at is null or a.ended_at >= $window_end)
		order by a.at desc, a.id desc limit 1) as worker,
	(select h.to_state from history h where h.enquiry = e.enquiry and h.episode = e.id and h.at < $window_end
		order by h.at desc, h.id desc limit 1) as state,
	exists (select 1 from proposal p where p.episode = e.id and p.proposed_at < $window_end
		and (p.answered_at is null or p.answered_at >= $window_end)) as awaiting_manager,
	(select count(*) from child c
		where c.enquiry = e.enquiry and (c.removed_at is null or c.removed_at >= $window_end)
			and (c.added_reason is null or c.recorded_at < $window_end)
			and not exists (select 1 from outcome o
				where o.episode = e.id and o.child = c.id and o.authorised_at < $window_end)) as children
from (
	select o.id from episode o where o.ended_at is null and +o.started_at < $window_end
	union all
	select o.id from episode o where o.ended_at >= $window_end and +o.started_at < $window_end
) s
join episode e on e.id = s.id
join enquiry q on q.id = e.enquiry
join workstream w on w.id = case when e.began_in is null then e.workstream
	else (select b.workstream from balance_event b
		where b.episode = e.id and b.unit = 'enquiry' and b.kind in ('received', 'reopened', 'moved_in')
			and b.counts_at < $window_end
		order by b.counts_at desc, b.id desc limit 1) end
order by +e.id;

-- return_ratings :many
-- Every due time of each episode whose clock may be answered in the window, as it was set: by each rating that was not
-- undone, and by each change of hours or days that moved it. Decided in the window, due in it or set in it, or counted
-- from it since it was recorded after its own window had frozen.
-- out: episode_due_at instant, counts_at instant, due_at instant, at instant
-- access: system, totals only
with s as (
	select o.id from episode o where o.ended_at >= $window_start and o.ended_at < $window_end
	union
	select o.id from episode o where o.due_at >= $window_start and o.due_at < $window_end
	union
	select g.episode from rag_history g where g.due_at >= $window_start and g.due_at < $window_end
	union
	select g.episode from rag_history g where g.at >= $window_start and g.at < $window_end
	union
	select d.episode from due_change d where d.due_at >= $window_start and d.due_at < $window_end
	union
	select d.episode from due_change d where d.at >= $window_start and d.at < $window_end
	union
	select b.episode from balance_event b
	where b.counts_at >= $window_start and b.counts_at < $window_end and b.correction = 1
), dues as (
	select r.episode, r.due_at, r.at, 0 as moved, r.id
	from s
	join rag_history r on r.episode = s.id
	where not exists (select 1 from retriage_item i where i.rating = r.id and i.undone_at is not null)
	union all
	select d.episode, d.due_at, d.at, 1 as moved, d.id
	from s
	join due_change d on d.episode = s.id
	where case when s.id is null then null else d.due_at end is not null
)
select e.id as episode, e.ended, e.ended_at, e.due_at as episode_due_at, u.due_at as due_at, u.at as at,
	(select max(b.counts_at) from balance_event b where b.episode = e.id and b.correction = 1) as counts_at
from dues u
join episode e on e.id = u.episode
join workstream w on w.key = 'new' and w.id = coalesce(e.began_in, e.workstream)
where case when u.id is null then null else e.due_at end is not null
order by e.id, u.at, u.moved, u.id;

-- return_screenings :many
-- First screenings that may settle in the window: done in it or due in it, or counted from it as a correction.
-- out: counts_at instant
-- access: system, totals only
select e.screening_due_at, e.screened_at, e.ended, e.ended_at,
	(select max(b.counts_at) from balance_event b
		where b.episode = e.id and b.kind = 'received' and b.correction = 1) as counts_at
from (
	select o.id from episode o where o.screening_due_at >= $window_start and o.screening_due_at < $window_end
	union
	select o.id from episode o where o.screened_at >= $window_start and o.screened_at < $window_end
	union
	select b.episode from balance_event b
	where b.counts_at >= $window_start and b.counts_at < $window_end and b.kind = 'received' and b.correction = 1
) s
join episode e on e.id = s.id
where e.n = 1 and coalesce(e.began_in, e.workstream) = (select w.id from workstream w where w.key = 'new')
order by e.id;

-- return_reds :many
-- What was made red in the window for the first time in its episode, and whether it had been screened as less.
-- out: screened bool
-- access: system, totals only
select e.started_at, r.at,
	case when e.screened_at is not null and e.screened_at < r.at then 1 else 0 end as screened
from rag_history r
join episode e on e.id = r.episode
where r.at >= $window_start and r.at < $window_end and r.rag = 'red'
	and coalesce(e.began_in, e.workstream) = (select w.id from workstream w where w.key = 'new')
	and not exists (select 1 from rag_history b where b.episode = r.episode and b.rag = 'red'
		and (b.at < r.at or (b.at = r.at and b.id < r.id)))
order by r.id;

-- return_outcomes :many
-- Children in enquiries whose outcome was authorised in the window.
-- out: count int
-- access: system, totals only
select o.outcome, count(*) as count
from outcome o
where o.authorised_at >= $window_start and o.authorised_at < $window_end
	and exists (select 1 from balance_event b where b.episode = o.episode and b.kind = 'completed' and b.child = o.child
		and b.workstream = (select w.id from workstream w where w.key = 'new'))
group by o.outcome
order by o.outcome;

-- return_workers :many
-- Those who may hold enquiries, and whether they were away the whole window.
-- out: away bool
select w.account, a.name, w.cap, w.hours_percent,
	exists (select 1 from absence b where b.account = w.account and b.cancelled_at is null and b.starts_at <= $window_start
		and (b.ends_at is null or b.ends_at >= $window_end)) as away
from worker w
join account a on a.id = w.account
where a.disabled_at is null or a.disabled_at > $window_start
order by a.name, a.id;

-- return_progressed :many
-- Distinct enquiries each person moved in the window: screened, recommended, an end authorised on their word.
-- out: account account_id, progressed int
-- access: system, totals only
select m.account, count(distinct m.enquiry) as progressed
from (
	select h.actor as account, h.enquiry
	from history h
	where h.at >= $window_start and h.at < $window_end
		and h.transition in ('screened', 'screen_out_proposed', 'recommended')
	union all
	select p.proposed_by, e.enquiry
	from proposal p
	join episode e on e.id = p.episode
	where p.answered_at >= $window_start and p.answered_at < $window_end
		and p.answer = 'agreed' and p.kind in ('outcome', 'screen_out')
) m
group by m.account
order by m.account;

-- return_beside :one
-- What stands beside the balance: enquiries about a child who came before, advice, hand-overs nobody answered yet.
-- in: known_since instant
-- out: repeat_enquiries int, advice_given int, allegations int, lado_waiting int, hand_overs_waiting int
-- out: to_edt int, from_edt int
-- access: system, totals only
select
	(select count(distinct q.id)
		from enquiry q
		join child c on c.enquiry = q.id
		join child b on b.person = c.person and b.enquiry <> c.enquiry
		join enquiry p on p.id = b.enquiry and p.received_at < q.received_at and p.received_at >= $known_since
		where q.received_at >= $window_start and q.received_at < $window_end) as repeat_enquiries,
	(select count(*) from advice v where v.at >= $window_start and v.at < $window_end) as advice_given,
	(select count(*) from enquiry q where q.received_at >= $window_start and q.received_at < $window_end
		and ';' || q.concerns || ';' like '%;allegation_against_professional;%') as allegations,
	(select count(*) from hand_over h
			where h.kind = 'lado' and coalesce(h.answer, '') <> 'accepted' and h.made_at < $window_end)
		+ (select count(*) from hand_over h where h.answer = 'accepted' and h.answered_at >= $window_end
			and h.kind = 'lado' and h.made_at < $window_end) as lado_waiting,
	(select count(*) from hand_over h where coalesce(h.answer, '') <> 'accepted' and h.made_at < $window_end)
		+ (select count(*) from hand_over h where h.answer = 'accepted' and h.answered_at >= $window_end
			and h.made_at < $window_end) as hand_overs_waiting,
	(select count(*) from duty_hand_over d
		where d.given_at >= $window_start and d.given_at < $window_end and d.direction = 'to_edt') as to_edt,
	(select count(*) from duty_hand_over d
		where d.given_at >= $window_start and d.given_at < $window_end and d.direction = 'from_edt') as from_edt;

-- return_freeze :one
-- A frozen day, for good.
insert into daily_return (day, window_start, window_end, frozen_at, collated_at, collated_by, content)
values ($day, $window_start, $window_end, $frozen_at, $collated_at, $collated_by, $content)
returning id;

-- return_freeze_balance :exec
-- A frozen day's balance of one workstream in one unit; the schema refuses one that doesn't balance.
-- in: screened_out int
insert into daily_balance (daily_return, workstream_key, unit, opening, received, reopened, moved_in, corrections, added,
	removed, completed, screened_out, withdrawn, moved_out, closing)
values ($daily_return, $workstream_key, $unit, $opening, $received, $reopened, $moved_in, $corrections, $added, $removed,
	$completed, $screened_out, $withdrawn, $moved_out, $closing);

-- return_lines :many
-- Frozen days up to one, the newest first, with the figures of the chart: as the job kept them, else (the latest) summed.
-- in: limit int, collated_only bool
-- out: collated_by text, received int, completed int, closing int, closing_new int, closing_accumulation int
select r.day, r.collated_at, a.name as collated_by,
	coalesce(t.received, (select sum(b.received) from daily_balance b
		where b.daily_return = r.id and b.unit = 'enquiry')) as received,
	coalesce(t.completed, (select sum(b.completed) from daily_balance b
		where b.daily_return = r.id and b.unit = 'enquiry')) as completed,
	coalesce(t.closing, (select sum(b.closing) from daily_balance b
		where b.daily_return = r.id and b.unit = 'enquiry')) as closing,
	coalesce(t.closing_new, (select sum(b.closing) from daily_balance b
		where b.daily_return = r.id and b.unit = 'enquiry' and b.workstream_key = 'new')) as closing_new,
	coalesce(t.closing_accumulation, (select sum(b.closing) from daily_balance b
		where b.daily_return = r.id and b.unit = 'enquiry' and b.workstream_key = 'accumulation')) as closing_accumulation
from daily_return r
left join day_total t on t.day = r.day
left join account a on a.id = r.collated_by
where r.day <= $day and ($collated_only = 0 or r.collated_at is not null)
order by r.day desc
limit $limit;

-- day_totals_keep :exec
-- The totals of frozen days that have none yet, the latest first.
insert into day_total (day, received, completed, closing, closing_new, closing_accumulation, recorded_at)
select r.day, sum(b.received), sum(b.completed), sum(b.closing),
	sum(case when b.workstream_key = 'new' then b.closing else 0 end),
	sum(case when b.workstream_key = 'accumulation' then b.closing else 0 end), $recorded_at
from (
	select d.id, d.day
	from daily_return d
	where not exists (select 1 from day_total t where t.day = d.day)
	order by d.day desc
	limit 400
) r
join daily_balance b on b.daily_return = r.id and b.unit = 'enquiry'
group by r.day
on conflict (day) do nothing;
