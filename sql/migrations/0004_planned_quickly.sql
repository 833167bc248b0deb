-- expands
-- Two engines, many nodes: who sees what, in a form that PostgreSQL plans quickly. Nothing is seen that was not, or no more.

-- Every connection plans every statement it uses once, and what a plan costs to find grows threefold with each table joined: three
-- views were nine tables, and are six where a person and their role's sight are read as one. "security_barrier" is what keeps
-- them one, and still lets PostgreSQL look for the one person who is asked for.
-- engine: postgresql
create view account_sight with (security_barrier) as
-- engine: sqlite
create view account_sight as
-- engine: both
select v.id, v.role, s.sees
from account v
join role_sight s on s.role = v.role;

-- Who sees what, as in 0003.
-- engine: sqlite
drop view visible_enquiry;
create view visible_enquiry as
-- engine: postgresql
create or replace view visible_enquiry as
-- engine: both
select q.*, v.id as viewer, v.sees as relation
from account_sight v
join enquiry q on (v.sees in ('full', 'reference') and (q.restricted = 0
		or exists (select 1 from restriction_member m where m.enquiry = q.id and m.account = v.id limit 1 offset 0)
		or exists (select 1 from broken_glass g
			where g.enquiry = q.id and g.account = v.id and g.ended_at is null limit 1 offset 0)))
	or (v.role in ('operator', 'service_manager') and q.restricted = 1)
	or (v.sees in ('full', 'asked') and (
		exists (select 1 from proposal p join episode e on e.id = p.episode
			where e.enquiry = q.id and p.asked = v.id limit 1 offset 0)
		or exists (select 1 from alarm a join alarm_for f on f.alarm = a.id and f.account = v.id
			where a.enquiry = q.id limit 1 offset 0)));

-- What has an end, as in 0002: the state of a discussion's episode is read once, through the discussion's own view.
-- engine: sqlite
drop view visible_clock;
create view visible_clock as
-- engine: postgresql
create or replace view visible_clock as
-- engine: both
select p.kind as clock_kind, p.id, p.enquiry, p.reference, p.child, p.ends_at as due_at, p.ordered_by as words,
	p.viewer, p.relation
from visible_protection p
where p.ended_at is null
union all
select 'strategy', d.id, d.enquiry, d.reference, null, coalesce(d.due_at, d.requested_at), d.reason, d.viewer,
	d.relation
from visible_strategy_discussion d
join episode e on e.id = d.episode
where d.held_at is null and e.state <> 'withdrawn'
union all
select 'conference', d.id, d.enquiry, d.reference, null, d.conference_due_at, null, d.viewer, d.relation
from visible_strategy_discussion d
join episode e on e.id = d.episode
where d.conference_due_at is not null and d.conference_held_at is null and e.state <> 'withdrawn'
union all
select h.kind, h.id, h.enquiry, h.reference, h.child, h.due_at, h.to_whom, h.viewer, h.relation
from visible_hand_over h
where coalesce(h.answer, '') <> 'accepted' and h.kind in ('open_case', 'lado') and h.due_at is not null
union all
select 'transfer_in', t.id, t.enquiry, t.reference, null, t.conference_due_at, t.from_authority, t.viewer, t.relation
from visible_transfer_in t
where t.conference_held_at is null and t.conference_due_at is not null
union all
select 'feedback', o.id, o.enquiry, q.reference, null, o.owed_by, null, q.viewer, q.relation
from outbox o
join visible_enquiry q on q.id = o.enquiry
where o.owed_by is not null and o.delivered_at is null;
