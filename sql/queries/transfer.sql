-- transfer_in_insert :one
insert into transfer_in (enquiry, from_authority, spoken_to, plan_status, told_at, conference_due_at, recorded_by,
	recorded_at)
values ($enquiry, $from_authority, $spoken_to, $plan_status, $told_at, $conference_due_at, $recorded_by, $recorded_at)
returning id;

-- transfer_in_get :find
-- in: transfer_in transfer_in_id
select t.id, t.told_at, t.conference_due_at, t.conference_held_at, t.accepted_at
from visible_transfer_in t
where t.viewer = $viewer and t.enquiry = $enquiry and t.id = $transfer_in;

-- transfer_in_accept :exec
-- in: transfer_in transfer_in_id
-- access: system, accepts what the action has read
update transfer_in set accepted_by = $accepted_by, accepted_at = $accepted_at where id = $transfer_in;

-- transfer_in_conference_held :exec
-- in: transfer_in transfer_in_id
-- access: system, writes on a transfer the action has read
update transfer_in set conference_held_at = $conference_held_at where id = $transfer_in;
