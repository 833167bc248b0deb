-- contact_insert :one
insert into contact (enquiry, kind, at, with_whom, reached, said, family_told, family_not_told_reason, recorded_by,
	recorded_at)
values ($enquiry, $kind, $at, $with_whom, $reached, $said, $family_told, $family_not_told_reason, $recorded_by,
	$recorded_at)
returning id;

-- contact_page :many
-- An enquiry's contact log, the latest first, from one of them back.
-- in: before_at instant, before_id contact_id, limit int
-- row: contact_row
select c.id, c.kind as contact_kind, c.at, c.with_whom, c.reached, c.said, c.family_told, c.family_not_told_reason,
	a.name as actor, c.recorded_at
from visible_contact c
join account a on a.id = c.recorded_by
where c.viewer = $viewer and c.enquiry = $enquiry and (c.at < $before_at or (c.at = $before_at and c.id < $before_id))
order by c.at desc, c.id desc
limit $limit;

-- contact_count :one
-- out: count int
select count(*) as count from visible_contact c where c.viewer = $viewer and c.enquiry = $enquiry;
