-- outcome_places :many
-- The children of an enquiry with what is authorised for each in this episode: null where nothing is yet.
-- access: system, the outcome of a child that is read through its view
select c.id, c.position, o.outcome
from visible_child c
left join outcome o on o.child = c.id and o.episode = $episode and o.authorised_at is not null
where c.viewer = $viewer and c.enquiry = $enquiry and c.removed_at is null
order by c.position, c.id;

-- outcome_insert :exec
-- What is proposed for one child.
insert into outcome (episode, child, proposal, outcome, threshold_level, reason, service, agreement_by, agreement_at,
	below_level, to_whom, recorded_at)
values ($episode, $child, $proposal, $outcome, $threshold_level, $reason, $service, $agreement_by, $agreement_at,
	$below_level, $to_whom, $recorded_at);

-- outcome_proposed :many
-- What stands under one proposal, child by child.
select o.id, o.child, c.position, o.outcome, o.threshold_level, o.reason, o.service, s.name as outcome_service,
	o.agreement_by, o.agreement_at, o.below_level as below_level_reason, o.to_whom
from visible_outcome o
join visible_child c on c.id = o.child and c.viewer = $viewer
left join service s on s.id = o.service
where o.viewer = $viewer and o.proposal = $proposal and c.removed_at is null
order by c.position, o.id;

-- outcome_authorise :exec
-- Everything under one proposal becomes the outcome of its child in this episode.
-- access: system, authorises what the action has read and checked
update outcome set authorised_by = $authorised_by, authorised_at = $authorised_at where proposal = $proposal;

-- service_by_name :find
-- A service of the directory by its name, whatever its capitals.
-- in: at instant
select id, name from service
where lower(name) = lower($name) and (retired_at is null or retired_at > $at);
