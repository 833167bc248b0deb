-- enquiry_protections :many
-- Police protection and emergency protection orders, the first to begin first.
-- out: position int, given_name text, family_name text
-- row: enquiry_protection
select p.id, p.kind as protection_kind, p.starts_at as protection_from, p.ends_at as protection_until, p.ordered_by,
	p.ended_at as protection_ended_at, p.ended_reason as protection_ended_reason,
	(select c.position from visible_child c where c.viewer = $viewer and c.id = p.child) as position,
	(select c.given_name from visible_child c where c.viewer = $viewer and c.id = p.child) as given_name,
	(select c.family_name from visible_child c where c.viewer = $viewer and c.id = p.child) as family_name,
	a.name as actor, p.recorded_at
from visible_protection p
join account a on a.id = p.recorded_by
where p.viewer = $viewer and p.enquiry = $enquiry
order by p.starts_at, p.id;

-- enquiry_reviews :many
-- Late information that was read and changed nothing, the oldest first.
-- row: enquiry_reviewed
select r.id, r.at, a.name as actor, r.asked_at as review_asked_at, r.reason as review_reason
from visible_review r
join account a on a.id = r.reviewed_by
where r.viewer = $viewer and r.enquiry = $enquiry
order by r.id;

-- enquiry_open_cases :many
-- Open work elsewhere about its children: what stands before what has ended.
-- row: enquiry_open_case
select o.id, c.id as child, c.position, c.given_name, c.family_name, o.case_status, o.worker_name as case_worker,
	o.manager_name as case_manager, o.team_name as case_team, o.starts_on as case_from, o.ends_on as case_to
from visible_child c
join visible_open_case o on o.viewer = $viewer and o.person = c.person
where c.viewer = $viewer and c.enquiry = $enquiry and c.removed_at is null
order by c.position, o.ends_on is not null, o.starts_on desc, o.id;

-- enquiry_persons :many
-- Who its children may be: waiting for an answer, confirmed or refused.
-- row: enquiry_person
-- access: system, the child of a link and the open case of a person, who are read through their views
select l.id, l.child, c.position, l.person, l.state as link_state, p.given_name, p.family_name, p.date_of_birth,
	p.nhs_number, o.case_status, o.worker_name as case_worker, o.team_name as case_team, l.why as reason,
	a.name as actor, l.decided_at as answered_at
from visible_person_link l
join child c on c.id = l.child
join visible_person p on p.viewer = $viewer and p.id = l.person
left join open_case o on o.id = (select x.id from open_case x where x.person = l.person
	order by x.ends_on is not null, x.starts_on desc, x.id desc limit 1)
left join account a on a.id = l.decided_by
where l.viewer = $viewer and l.enquiry = $enquiry and c.removed_at is null
order by c.position, l.id;

-- enquiry_transfers_in :many
-- What came with the family from another authority.
-- row: enquiry_transfer_in
select t.id, t.from_authority, t.spoken_to, t.plan_status, t.told_at, t.conference_due_at, t.conference_held_at,
	b.name as accepted_by, t.accepted_at, a.name as actor
from visible_transfer_in t
join account a on a.id = t.recorded_by
left join account b on b.id = t.accepted_by
where t.viewer = $viewer and t.enquiry = $enquiry
order by t.told_at, t.id;

-- enquiry_owed :many
-- What the referrer is owed, and whether it was done.
-- row: enquiry_owing
select o.id, o.owed_by, o.delivered_at as referrer_told_at
from outbox o
join visible_enquiry q on q.viewer = $viewer and q.id = o.enquiry
where o.enquiry = $enquiry and o.owed_by is not null
order by o.id;
