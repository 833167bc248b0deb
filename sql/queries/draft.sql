-- draft_standing :many
-- What somebody has written and not sent, the latest first, without the words.
-- in: limit int
-- row: draft_standing_row
select d.id, d.key, d.address, d.title, d.version, d.started_at, d.saved_at
from visible_draft d
where d.viewer = $viewer and coalesce(d.sent_at, d.thrown_at) is null
order by d.saved_at desc, d.id desc limit $limit;

-- draft_thrown :many
-- What they threw away a while ago, that can still be brought back.
-- in: since instant, limit int
-- row: draft_standing_row
select d.id, d.key, d.address, d.title, d.version, d.started_at, d.saved_at
from visible_draft d
where d.viewer = $viewer and d.thrown_at > $since and d.sent_at is null
order by d.thrown_at desc, d.id desc limit $limit;

-- draft_row :one
-- One draft of their own, with the words.
-- in: id draft_id
-- row: draft_row
select d.id, d.key, d.writer, d.address, d.title, d.content, d.version, d.started_at, d.saved_at, d.sent_at, d.sent_hash,
	d.led_to, d.thrown_at
from visible_draft d
where d.viewer = $viewer and d.id = $id;

-- draft_by_key :find
-- The draft of this form as it was opened.
-- row: draft_row
select d.id, d.key, d.writer, d.address, d.title, d.content, d.version, d.started_at, d.saved_at, d.sent_at, d.sent_hash,
	d.led_to, d.thrown_at
from visible_draft d
where d.viewer = $viewer and d.key = $key;

-- draft_count :one
-- How many they have.
-- out: count int
select count(*) as count from visible_draft d where d.viewer = $viewer and coalesce(d.sent_at, d.thrown_at) is null;

-- draft_insert :one
insert into draft (account, key, writer, address, title, content, version, started_at, saved_at, sent_at, sent_hash, led_to,
	recorded_at)
values ($account, $key, $writer, $address, $title, $content, 1, $saved_at, $saved_at, $sent_at, $sent_hash, $led_to, $recorded_at)
returning id;

-- draft_update :exec
-- in: id draft_id
-- access: system, writes to a draft that the action has read as its writer's own
update draft set writer = $writer, title = $title, content = $content, version = version + 1, saved_at = $saved_at,
	thrown_at = null
where id = $id;

-- draft_mark_sent :exec
-- The words go: they stand in the record now.
-- in: id draft_id
-- access: system, writes to a draft that the action has read as its writer's own
update draft set content = '[]', sent_at = $sent_at, sent_hash = $sent_hash, led_to = $led_to where id = $id;

-- draft_throw :exec
-- in: id draft_id
-- access: system, writes to a draft that the action has read as its writer's own
update draft set thrown_at = $thrown_at where id = $id;

-- draft_forget :exec
-- in: saved_before instant, thrown_before instant
-- access: system, forgets by age what nobody reads any more
delete from draft where saved_at <= $saved_before or thrown_at <= $thrown_before;
