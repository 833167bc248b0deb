-- enquiry_child_versions :many
-- What was known of its children before each correction, the oldest first.
-- row: enquiry_child_version
select x.id, x.child, x.position, x.given_name, x.family_name, x.date_of_birth, x.expected_date, x.sex, x.ethnicity,
	x.nhs_number, x.address, x.postcode, x.parent_name, x.reason, a.name as corrected_by, x.at
from visible_child_version x
join account a on a.id = x.corrected_by
where x.viewer = $viewer and x.enquiry = $enquiry
order by x.child, x.id;

-- enquiry_links :many
-- The enquiries about the same incident, and those that were thought so once, by reference.
-- row: enquiry_link
-- access: system, the episode of a link that is read through its view: both ends are seen
select l.id, l.other_reference as reference, e.state, e.rag, w.name as allocated_to, l.reason, a.name as linked_by,
	l.at, b.name as unlinked_by, l.ended_at, l.ended_reason
from visible_incident_link l
join episode e on e.enquiry = l.other and e.is_current = 1
join account a on a.id = l.linked_by
left join account b on b.id = l.ended_by
left join account w on w.id = e.worker
where l.viewer = $viewer and l.enquiry = $enquiry
union all
select l.id, l.reference, e.state, e.rag, w.name as allocated_to, l.reason, a.name as linked_by, l.at,
	b.name as unlinked_by, l.ended_at, l.ended_reason
from visible_incident_link l
join episode e on e.enquiry = l.enquiry and e.is_current = 1
join account a on a.id = l.linked_by
left join account b on b.id = l.ended_by
left join account w on w.id = e.worker
where l.viewer = $viewer and l.other = $enquiry
order by 10 nulls first, 2, 1;

-- enquiry_moves :many
-- From which workstream to which, the oldest first.
-- out: from_workstream text, to_workstream text
-- row: enquiry_move_made
select m.at, f.name as from_workstream, t.name as to_workstream, m.reason, a.name as moved_by
from visible_move m
join workstream f on f.id = m.from_workstream
join workstream t on t.id = m.to_workstream
join account a on a.id = m.moved_by
where m.viewer = $viewer and m.enquiry = $enquiry
order by m.at, m.id;

-- enquiry_duplicates :many
-- The enquiries withdrawn as duplicates of this one, and what came to them since.
-- out: further int
-- row: enquiry_duplicate
select p.reference, p.answered_at as withdrawn_at, (select count(*) from visible_further_information f
	where f.viewer = $viewer and f.enquiry = p.enquiry and f.received_at >= p.answered_at) as further
from (select v.viewer, v.enquiry, v.duplicate_of, v.answered_at, v.answer, v.kind, q.reference
	from visible_proposal v join visible_enquiry q on q.id = v.enquiry and q.viewer = $viewer) p
where p.viewer = $viewer and p.duplicate_of = $enquiry and p.kind = 'withdrawal' and p.answer = 'agreed'
order by p.reference;

-- enquiry_episodes :many
-- Each working of the enquiry, the first first.
-- row: enquiry_episode
select e.id, e.n, w.name as workstream, e.state, e.rag, e.started_at, e.due_at, e.screened_at, e.ended, e.ended_at,
	e.closed_at, a.name as worker_name, e.necessary, e.necessary_reason
from visible_episode e
join workstream w on w.id = e.workstream
left join account a on a.id = e.worker
where e.viewer = $viewer and e.enquiry = $enquiry
order by e.n;

-- enquiry_episode_outcomes :many
-- What was authorised for each child in each working.
-- row: enquiry_episode_outcome
select o.episode, c.position, c.given_name, c.family_name, o.outcome, o.threshold_level, o.authorised_at,
	a.name as authorised_by
from visible_outcome o
join visible_child c on c.viewer = $viewer and c.id = o.child
left join account a on a.id = o.authorised_by
where o.viewer = $viewer and o.enquiry = $enquiry and o.authorised_at is not null
order by o.episode, c.position;
