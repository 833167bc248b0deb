-- clock_page :many
-- Everything with an end that isn't the decision, soonest first, after one of them; assessments, until their day, where
-- they are asked for.
-- in: now instant, only text, after_due instant, after_kind text, after_id int, limit int
-- out: given_name text, family_name text, clock_kind text, number int, due_at instant, detail text
-- row: clock_row
-- access: system, the name of the child of something that is read through its view
select k.clock_kind, k.number, k.reference, k.due_at,
	(select c.given_name from child c where c.id = k.child) as given_name,
	(select c.family_name from child c where c.id = k.child) as family_name,
	k.detail
from (select s.clock_kind, s.id as number, s.reference, s.child, s.due_at, s.words as detail
	from visible_clock s
	where s.viewer = $viewer
	union all
	select 'assessment', h.id, h.reference, h.child, h.due_at, h.to_whom
	from visible_hand_over h
	where $only = 'assessment' and h.viewer = $viewer and h.kind = 'assessment_team' and h.due_at >= $now) k
where ($only is null or k.clock_kind = $only)
	and (k.due_at, k.clock_kind, k.number) > ($after_due, $after_kind, $after_id)
order by k.due_at, k.clock_kind, k.number
limit $limit;

-- clock_counts :many
-- How many of each kind stand, and which is first.
-- out: clock_kind text, count int, first_due_at instant
-- access: system, totals only
select k.clock_kind, count(*) as count, min(k.due_at) as first_due_at
from (select p.kind as clock_kind, p.ends_at as due_at from protection p where p.ended_at is null
	union all
	select 'strategy', coalesce(d.due_at, d.requested_at) from strategy_discussion d
	join episode e on e.id = d.episode
	where d.held_at is null and e.state <> 'withdrawn'
	union all
	select 'conference', d.conference_due_at from strategy_discussion d
	join episode e on e.id = d.episode
	where d.conference_due_at is not null and d.conference_held_at is null and e.state <> 'withdrawn'
	union all
	select h.kind, h.due_at from hand_over h
	where coalesce(h.answer, '') <> 'accepted' and h.kind in ('open_case', 'lado') and h.due_at is not null
	union all
	select 'transfer_in', t.conference_due_at from transfer_in t
	where t.conference_held_at is null and t.conference_due_at is not null
	union all
	select 'feedback', o.owed_by from outbox o
	where o.owed_by is not null and o.delivered_at is null) k
group by k.clock_kind
order by min(k.due_at), k.clock_kind;
