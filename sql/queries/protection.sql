-- protection_insert :one
-- in: child child_id, kind text
insert into protection (episode, child, kind, starts_at, ends_at, ordered_by, recorded_by, recorded_at)
values ($episode, $child, $kind, $starts_at, $ends_at, $ordered_by, $recorded_by, $recorded_at)
returning id;

-- protection_get :find
-- in: protection protection_id
select p.id, p.starts_at as protection_from, p.ends_at as protection_until, p.ended_at as protection_ended_at
from visible_protection p
where p.viewer = $viewer and p.enquiry = $enquiry and p.id = $protection;

-- protection_end :exec
-- in: protection protection_id
-- access: system, ends what the action has read
update protection set ended_at = $ended_at, ended_by = $ended_by, ended_reason = $ended_reason
where id = $protection and ended_at is null;

-- protection_standing :many
-- What stands for an enquiry's children at an instant, of one kind.
-- in: kind text, at instant
select p.id, p.child, p.ends_at as protection_until
from visible_protection p
where p.viewer = $viewer and p.enquiry = $enquiry and p.kind = $kind and p.ended_at is null and p.ends_at > $at
order by p.id;
