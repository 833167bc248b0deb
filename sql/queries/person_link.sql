-- person_link_seek_children :exec
-- Children who bear this person's names and date of birth, or NHS number, and are linked to another: each is possibly
-- this person. Never across an adoption: the old identity and the new are not brought together.
-- in: person person_id
-- access: system, asks a person to look; nothing is shown
insert into person_link (child, person, state, recorded_at)
select c.id, p.id, 'possible', $recorded_at
from person p
join child c on c.nhs_number = p.nhs_number
	or (c.date_of_birth = p.date_of_birth and lower(c.family_name) = lower(p.family_name)
		and lower(c.given_name) = lower(p.given_name) and (c.nhs_number is null or p.nhs_number is null))
where p.id = $person and c.person <> p.id and c.removed_at is null
	and not exists (select 1 from restriction r
		where r.enquiry = c.enquiry and r.kind = 'adoption' and r.lifted_at is null)
	and not exists (select 1 from child k
		join restriction r on r.enquiry = k.enquiry and r.kind = 'adoption' and r.lifted_at is null
		where k.person = p.id)
on conflict (child, person) do nothing;

-- person_open_work_alike :one
-- Is there anybody with open work who bears these names and this date of birth, or this NHS number? Then a child just
-- taken in may be somebody known.
-- out: found bool
-- access: system, asks whether to look further; nothing is shown
select case when exists (select 1 from person a where a.open_work = 1 and a.nhs_number = $nhs_number)
		or exists (select 1 from person b where b.open_work = 1 and b.date_of_birth = $date_of_birth
			and lower(b.family_name) = lower($family_name) and lower(b.given_name) = lower($given_name))
	then 1 else 0 end as found;

-- person_link_seek_persons :exec
-- Persons with open work who bear this child's names and date of birth, or NHS number: each is possibly the child.
-- Never across an adoption.
-- access: system, asks a person to look; nothing is shown
insert into person_link (child, person, state, recorded_at)
select c.id, p.id, 'possible', $recorded_at
from child c
join person p on p.open_work = 1 and (p.nhs_number = c.nhs_number
	or (p.date_of_birth = c.date_of_birth and lower(p.family_name) = lower(c.family_name)
		and lower(p.given_name) = lower(c.given_name) and (c.nhs_number is null or p.nhs_number is null)))
where c.id = $child and p.id <> c.person
	and not exists (select 1 from restriction r
		where r.enquiry = c.enquiry and r.kind = 'adoption' and r.lifted_at is null)
	and not exists (select 1 from child k
		join restriction r on r.enquiry = k.enquiry and r.kind = 'adoption' and r.lifted_at is null
		where k.person = p.id)
on conflict (child, person) do nothing;

-- person_link_get :find
-- in: person_link person_link_id
select l.id, l.child, l.person, l.person_was, l.state as link_state, c.position
from visible_person_link l
join visible_child c on c.viewer = $viewer and c.id = l.child
where l.viewer = $viewer and l.enquiry = $enquiry and l.id = $person_link;

-- person_link_answer :exec
-- in: person_link person_link_id, state text
-- access: system, answers a link the action has read
update person_link set state = $state, why = $why, person_was = $person_was, decided_by = $decided_by,
	decided_at = $decided_at
where id = $person_link;

-- person_link_overtake :exec
-- The child is somebody else, so it is none of the other possible ones: they are refused with the same answer.
-- access: system, answers the links of a child the action has read
update person_link set state = 'refused', why = $why, decided_by = $decided_by, decided_at = $decided_at
where child = $child and state = 'possible';

-- child_person_set :exec
-- in: child child_id, person person_id
-- access: system, links a child the action has read
update child set person = $person where id = $child;

-- child_person :one
select c.person from visible_child c where c.viewer = $viewer and c.id = $child;

-- child_is_person :find
-- Which child of an enquiry is this person already.
-- in: person person_id
select c.id, c.position from visible_child c
where c.viewer = $viewer and c.enquiry = $enquiry and c.person = $person and c.removed_at is null
order by c.position limit 1;

-- person_link_page :many
-- Children who may be somebody known, in enquiries that are open, the longest waiting first, after one of them.
-- in: after person_link_id, limit int
-- out: case_status text, case_worker text, case_team text
-- row: possible_person
-- access: system, the links, the episode and the open case of a child and a person who are read through their views
select l.id, l.child, c.position, c.given_name, c.family_name, c.date_of_birth, c.reference, l.person,
	o.case_status, o.worker_name as case_worker, o.team_name as case_team, l.recorded_at
from person_link l
join visible_child c on c.viewer = $viewer and c.id = l.child and c.removed_at is null
join episode e on e.enquiry = c.enquiry and e.is_current = 1 and e.ended_at is null
left join open_case o on o.id = (select x.id from visible_open_case x where x.viewer = $viewer and x.person = l.person
	order by x.ends_on is not null, x.starts_on desc, x.id desc limit 1)
where l.state = 'possible' and l.id > coalesce($after, 0)
order by l.id
limit $limit;

-- person_link_waiting :one
-- How many possible persons wait for an answer in open enquiries.
-- out: count int
-- access: system, totals only
select count(*) as count
from person_link l
join child c on c.id = l.child and c.removed_at is null
join episode e on e.enquiry = c.enquiry and e.is_current = 1 and e.ended_at is null
where l.state = 'possible';
