-- child_at :find
-- One child of an enquiry by its place, with its authorised outcome in this episode.
-- row: child_row
-- access: system, the outcome of a child that is read through its view
select c.id, c.position, c.person, c.given_name, c.family_name, c.date_of_birth, c.expected_date, c.sex, c.ethnicity,
	c.nhs_number, c.address, c.postcode, c.parent_name, c.removed_at, c.put_back_as, o.outcome
from visible_child c
left join outcome o on o.child = c.id and o.episode = $episode and o.authorised_at is not null
where c.viewer = $viewer and c.enquiry = $enquiry and c.position = $position;

-- child_last_position :one
-- The last place that was given; a removed child keeps its own.
-- out: position int
-- access: system, numbers the children of an enquiry the action has locked
select coalesce(max(position), 0) as position from child where enquiry = $enquiry;

-- child_births :many
-- How old each child is, for the order of screening.
-- access: system, orders the unscreened by risk; nothing is shown
select date_of_birth, expected_date from child where enquiry = $enquiry and removed_at is null;

-- child_correct_row :exec
-- A child as it should have stood; what stood before is in child_version.
-- in: id child_id
-- access: system, writes a child the action has read through visible_child
update child set person = $person, given_name = $given_name, family_name = $family_name,
	date_of_birth = $date_of_birth, expected_date = $expected_date, sex = $sex, ethnicity = $ethnicity,
	nhs_number = $nhs_number, address = $address, postcode = $postcode, parent_name = $parent_name
where id = $id;

-- child_version_insert :exec
-- What is known of a child, kept before it is corrected.
-- access: system, copies a child the action has read through visible_child
insert into child_version (child, given_name, family_name, date_of_birth, expected_date, sex, ethnicity, nhs_number,
	address, postcode, parent_name, reason, corrected_by, at, recorded_at)
select c.id, c.given_name, c.family_name, c.date_of_birth, c.expected_date, c.sex, c.ethnicity, c.nhs_number,
	c.address, c.postcode, c.parent_name, $reason, $corrected_by, $at, $recorded_at
from child c where c.id = $child;

-- child_remove_row :exec
-- No longer a child of this enquiry; the row stays.
-- in: id child_id, removed_by account_id
-- access: system, writes a child the action has read through visible_child
update child set removed_at = $removed_at, removed_by = $removed_by, removed_reason = $removed_reason
where id = $id and removed_at is null;

-- child_put_back :exec
-- Which place a removed child was given when it was put back.
-- in: id child_id
-- access: system, writes a child the action has read through visible_child
update child set put_back_as = $put_back_as where id = $id;

-- child_count_anew :exec
-- How many children the enquiry is about now.
-- access: system, counts the children of an enquiry the action has locked
update enquiry set child_count = (select count(*) from child c where c.enquiry = $enquiry and c.removed_at is null)
where id = $enquiry;

-- child_proposed :find
-- The unanswered proposal that speaks of a child.
-- access: system, says only which proposal of an episode the action has locked
select p.id, p.kind from proposal p
join outcome o on o.proposal = p.id and o.child = $child
where p.episode = $episode and p.answered_at is null;

-- person_others :one
-- How many other children are linked to this person.
-- in: child child_id
-- out: count int
-- access: system, decides whether a correction may touch the person; nothing is shown
select count(*) as count from child where person = $person and id <> $child;

-- person_alike :find
-- Somebody else with this NHS number, date of birth and given name.
-- in: person person_id
-- access: system, asks whether a corrected child is somebody known; nothing is shown
select id from person
where nhs_number = $nhs_number and date_of_birth = $date_of_birth and given_name = $given_name and id <> $person
order by id limit 1;

-- person_confirmed :find
-- Somebody said that this child is this person.
-- access: system, decides whether a correction may unlink; nothing is shown
select id from person_link where child = $child and person = $person and state = 'confirmed';

-- person_correct :exec
-- The person that is this child's alone has the child's particulars.
-- in: id person_id
-- access: system, writes the person of a child the action has read through visible_child
update person set given_name = $given_name, family_name = $family_name, date_of_birth = $date_of_birth,
	expected_date = $expected_date, sex = $sex, ethnicity = $ethnicity, nhs_number = $nhs_number
where id = $id;

-- person_link_possible :exec
-- Asks whether a child is somebody known; what was answered before stays answered.
-- access: system, writes a question about a child the action has locked
insert into person_link (child, person, state, why, recorded_at)
values ($child, $person, 'possible', $why, $recorded_at)
on conflict (child, person) do nothing;

-- episode_risk :exec
-- Where it stands in the order of screening now.
-- access: system, writes the episode that the action locked through visible_episode
update episode set risk_order = $risk_order where id = $episode;
