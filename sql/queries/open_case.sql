-- open_case_insert :one
insert into open_case (person, case_status, worker_name, manager_name, team_name, starts_on, ends_on, recorded_by,
	recorded_at)
values ($person, $case_status, $worker_name, $manager_name, $team_name, $starts_on, $ends_on, $recorded_by,
	$recorded_at)
returning id;

-- open_case_same :find
-- The same work told of before: one status of one person from one day.
-- access: system, the council's own list is compared with what it said before; nothing is shown
select o.id, o.worker_name as case_worker, o.manager_name as case_manager, o.team_name as case_team, o.ends_on as case_to
from open_case o
where o.person = $person and o.case_status = $case_status and o.starts_on = $starts_on;

-- open_case_change :exec
-- in: open_case open_case_id
-- access: system, writes what the council's list or a person says of it now
update open_case set worker_name = $worker_name, manager_name = $manager_name, team_name = $team_name,
	ends_on = $ends_on, changed_at = $changed_at
where id = $open_case;

-- open_case_of_enquiry :find
-- An open case about a child of an enquiry.
-- in: open_case open_case_id
select o.id, o.starts_on as case_from, o.ends_on as case_to, o.worker_name as case_worker,
	o.manager_name as case_manager, o.team_name as case_team
from visible_child c
join visible_open_case o on o.viewer = $viewer and o.person = c.person
where c.viewer = $viewer and c.enquiry = $enquiry and o.id = $open_case
order by c.position limit 1;

-- open_case_of_child :find
-- The open work about a child's person: what stands on a day first, else what ended last.
-- in: today day
-- out: open bool
select o.id, o.case_status, o.worker_name as case_worker, o.manager_name as case_manager, o.team_name as case_team, o.starts_on as case_from, o.ends_on as case_to,
	case when o.starts_on <= $today and (o.ends_on is null or o.ends_on >= $today) then 1 else 0 end as open
from visible_child c
join visible_open_case o on o.viewer = $viewer and o.person = c.person
where c.viewer = $viewer and c.id = $child and c.removed_at is null
order by case when o.starts_on <= $today and (o.ends_on is null or o.ends_on >= $today) then 0 else 1 end,
	case o.case_status when 'CP' then 0 when 'CLA' then 1 else 2 end, coalesce(o.ends_on, o.starts_on) desc, o.id desc
limit 1;

-- person_by_nhs_number :many
-- Everybody recorded with this NHS number, but for the person of a record restricted for an adoption.
-- access: system, finds whom the council's list means; nothing is shown
select p.id, p.given_name, p.family_name, p.date_of_birth, p.open_work
from person p
where p.nhs_number = $nhs_number and not exists (select 1 from child c
	join restriction r on r.enquiry = c.enquiry and r.kind = 'adoption' and r.lifted_at is null
	where c.person = p.id)
order by p.id;

-- person_of_open_case :find
-- Whom the council's list named by names and date of birth before.
-- access: system, finds whom the council's list meant; nothing is shown
select p.id
from person p
where p.nhs_number is null and p.date_of_birth = $date_of_birth and lower(p.family_name) = lower($family_name)
	and lower(p.given_name) = lower($given_name) and p.open_work = 1
order by p.id limit 1;
