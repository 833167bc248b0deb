-- oversight_insert :one
insert into oversight_note (enquiry, note, written_by, at, recorded_at)
values ($enquiry, $note, $written_by, $at, $recorded_at)
returning id;

-- oversight_page :many
-- An enquiry's oversight notes, the latest first.
-- in: before_id oversight_note_id, limit int
-- row: oversight_row
select o.id, o.at, a.name as actor, o.note as oversight_note
from visible_oversight_note o
join account a on a.id = o.written_by
where o.viewer = $viewer and o.enquiry = $enquiry and o.id < $before_id
order by o.id desc
limit $limit;

-- oversight_count :one
-- out: count int
select count(*) as count from visible_oversight_note o where o.viewer = $viewer and o.enquiry = $enquiry;
