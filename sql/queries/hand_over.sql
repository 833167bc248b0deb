-- hand_over_insert :one
insert into hand_over (episode, child, kind, to_whom, telephoned, made_by, made_at, due_at, recorded_at)
values ($episode, $child, $kind, $to_whom, $telephoned, $made_by, $made_at, $due_at, $recorded_at)
returning id;

-- hand_over_get :find
-- One of an enquiry's hand-overs, of any of its episodes.
-- in: hand_over hand_over_id
select h.id, h.episode, h.child, h.kind, h.to_whom, h.due_at, h.answered_at, h.answer
from visible_hand_over h
where h.viewer = $viewer and h.enquiry = $enquiry and h.id = $hand_over;

-- hand_over_answered :exec
-- Accepted or declined by name; one declined may be accepted later.
-- in: hand_over hand_over_id, answered_by text, due_at instant
-- access: system, answers a hand-over the action has read
update hand_over set answered_by = $answered_by, answered_at = $answered_at, answer = $answer,
	answer_reason = $answer_reason, due_at = coalesce($due_at, due_at)
where id = $hand_over and (answer is null or answer = 'declined');

-- hand_over_waiting :one
-- How many of an episode's hand-overs nobody has accepted.
-- out: count int
select count(*) as count from visible_hand_over h
where h.viewer = $viewer and h.episode = $episode and (h.answer is null or h.answer <> 'accepted');

-- hand_over_unaccepted :many
-- An enquiry's hand-overs that nobody has accepted, the oldest first.
-- row: hand_over_unaccepted_row
select h.id, h.kind, h.to_whom
from visible_hand_over h
where h.viewer = $viewer and h.enquiry = $enquiry and (h.answer is null or h.answer <> 'accepted')
order by h.id;
