-- strategy_insert :one
insert into strategy_discussion (episode, requested_at, requested_by, reason, due_at, recorded_at)
values ($episode, $requested_at, $requested_by, $reason, $due_at, $recorded_at)
returning id;

-- strategy_last :find
-- The strategy discussion of an episode that was requested last, held or not.
select d.id, d.requested_at as strategy_requested_at,
	d.held_at as strategy_held_at, d.agencies
from visible_strategy_discussion d
where d.viewer = $viewer and d.episode = $episode
order by d.requested_at desc, d.id desc limit 1;

-- strategy_waiting :find
-- The one of an enquiry that was requested and not yet held, of whichever episode.
select d.id, d.episode, d.requested_at as strategy_requested_at, d.due_at as strategy_due_at
from visible_strategy_discussion d
where d.viewer = $viewer and d.enquiry = $enquiry and d.held_at is null
order by d.requested_at desc, d.id desc limit 1;

-- strategy_conference_waiting :find
-- The discussion of an enquiry, of those not yet done the first due, that a conference is to follow.
select d.id, d.held_at as strategy_held_at, d.conference_due_at
from visible_strategy_discussion d
where d.viewer = $viewer and d.enquiry = $enquiry and d.conference_due_at is not null and d.conference_held_at is null
order by d.conference_due_at, d.id limit 1;

-- strategy_section_47 :one
-- How many children of an episode have section 47 as their authorised outcome.
-- out: count int
select count(*) as count from visible_outcome o
where o.viewer = $viewer and o.episode = $episode and o.outcome = 'section_47' and o.authorised_at is not null;

-- strategy_complete :exec
-- When it was held, who took part, what was decided, and when the conference is due.
-- in: strategy_discussion strategy_discussion_id
-- access: system, completes a discussion the action has read
update strategy_discussion set held_at = $held_at, agencies = $agencies, took_part = $took_part,
	decision = $decision, police_protection_at = $police_protection_at, conference_due_at = $conference_due_at
where id = $strategy_discussion;

-- strategy_conference_held :exec
-- in: strategy_discussion strategy_discussion_id
-- access: system, writes on a discussion the action has read
update strategy_discussion set conference_held_at = $conference_held_at where id = $strategy_discussion;
