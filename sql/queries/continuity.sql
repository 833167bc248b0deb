-- continuity_open :many
-- Every open enquiry for the day the system is away: reds, then what nobody has screened, then the rest, by due time.
-- in: limit int
-- out: due_key instant
-- row: continuity_row
select e.enquiry, e.reference, e.received_at, e.state, e.rag, coalesce(e.due_at, e.screening_due_at) as due_key, e.restricted,
	e.source_code, e.child_count, e.concern as main_concern, a.name as holder, a.telephone,
	q.referrer_name, q.referrer_role, q.referrer_organisation, q.referrer_phone
from visible_episode e
join visible_enquiry q on q.viewer = e.viewer and q.id = e.enquiry
left join account a on a.id = e.worker
where e.viewer = $viewer and +e.is_current = 1 and e.ended_at is null
order by case when e.rag = 'red' then 0 when e.state = 'received' then 1 else 2 end, e.rag_order,
	coalesce(e.due_at, e.screening_due_at), e.id
limit $limit;

-- continuity_children :many
-- Their children, in the order of the enquiries' numbers.
select c.enquiry, c.position, c.given_name, c.family_name, c.date_of_birth, c.address, c.postcode
from visible_child c
join visible_episode e on e.viewer = c.viewer and e.enquiry = c.enquiry
where c.viewer = $viewer and +e.is_current = 1 and e.ended_at is null and c.removed_at is null
order by +c.enquiry, c.position;

-- continuity_telephones :many
-- Whom to ring: everybody who acts in the hub and has a number.
-- in: now instant
select a.name, a.role, a.telephone
from account a
where a.telephone is not null and a.disabled_at is null and (a.ends_at is null or a.ends_at > $now)
order by a.role, a.name;

-- continuity_last :one
-- When a list was written last.
-- out: at instant
select max(at) as at from job_run where name = 'continuity';
