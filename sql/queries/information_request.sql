-- request_counter_take :one
-- The next number of this local year.
-- in: year int
insert into request_counter (year, last) values ($year, 1)
on conflict (year) do update set last = request_counter.last + 1
returning last as number;

-- request_insert :one
insert into information_request (reference, kind, from_whom, matter, received_at, due_at, recorded_by, recorded_at)
values ($reference, $kind, $from_whom, $matter, $received_at, $due_at, $recorded_by, $recorded_at)
returning id;

-- request_get :find
-- row: asked_row
select r.id, r.reference, r.kind as request_kind, r.from_whom, r.matter, r.received_at, r.due_at,
	r.answer as request_answer, b.name as actor, r.answered_at, a.name as created_by, r.version
from visible_information_request r
join account a on a.id = r.recorded_by
left join account b on b.id = r.answered_by
where r.viewer = $viewer and r.reference = $reference;

-- request_page_open :many
-- Those nobody has answered, the first due first, after one of them.
-- in: after_due instant, after_id information_request_id, limit int
-- row: asked_row
select r.id, r.reference, r.kind as request_kind, r.from_whom, r.matter, r.received_at, r.due_at,
	r.answer as request_answer, b.name as actor, r.answered_at, a.name as created_by, r.version
from visible_information_request r
join account a on a.id = r.recorded_by
left join account b on b.id = r.answered_by
where r.viewer = $viewer and r.answered_at is null
	and (r.due_at > $after_due or (r.due_at = $after_due and r.id > $after_id))
order by r.due_at, r.id
limit $limit;

-- request_page_answered :many
-- Those that were answered, the latest received first, from one of them back.
-- in: before_at instant, before_id information_request_id, limit int
-- row: asked_row
select r.id, r.reference, r.kind as request_kind, r.from_whom, r.matter, r.received_at, r.due_at,
	r.answer as request_answer, b.name as actor, r.answered_at, a.name as created_by, r.version
from visible_information_request r
join account a on a.id = r.recorded_by
left join account b on b.id = r.answered_by
where r.viewer = $viewer and r.answered_at is not null
	and r.received_at <= $before_at and (r.received_at < $before_at or r.id < $before_id)
order by r.received_at desc, r.id desc
limit $limit;

-- request_counts :one
-- in: now instant
-- out: open int, late int
select count(*) as open, coalesce(sum(case when r.due_at < $now then 1 else 0 end), 0) as late
from visible_information_request r
where r.viewer = $viewer and r.answered_at is null;

-- request_answered :exec
-- in: answered_by account_id
-- access: system, answers a request the action has read
update information_request set answer = $answer, answered_by = $answered_by, answered_at = $answered_at,
	version = version + 1
where reference = $reference and version = $version and answered_at is null;

-- request_due_changed :exec
-- access: system, corrects a request the action has read
update information_request set due_at = $due_at, version = version + 1
where reference = $reference and version = $version and answered_at is null;
