-- incident_standing :find
-- The link between two enquiries that stands; `enquiry` is the lower.
-- in: enquiry enquiry_id, other enquiry_id
select l.id from visible_incident_link l
where l.viewer = $viewer and l.enquiry = $enquiry and l.other = $other and l.ended_at is null;

-- incident_insert :exec
-- in: enquiry enquiry_id, other enquiry_id
insert into incident_link (enquiry, other, reason, linked_by, at, recorded_at)
values ($enquiry, $other, $reason, $linked_by, $at, $recorded_at);

-- incident_end :exec
-- in: id incident_link_id
-- access: system, ends a link the action has read through visible_incident_link
update incident_link set ended_at = $ended_at, ended_by = $ended_by, ended_reason = $ended_reason
where id = $id and ended_at is null;
