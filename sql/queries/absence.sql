-- absence_insert :one
-- Somebody is away; no end while nobody knows it.
insert into absence (account, kind, starts_at, ends_at, reason, recorded_by, recorded_at)
values ($account, $kind, $starts_at, $ends_at, $reason, $recorded_by, $recorded_at)
returning id;

-- absence_get :find
-- One absence, and what was given to and held by that person between its beginning and its being written down.
-- in: absence absence_id
-- out: absence_kind text, starts_at instant, ends_at instant, recorded_by_name text
-- out: given_meanwhile int, held_meanwhile int, red int, amber int, green int
-- row: absence_row
-- access: system, counts what somebody held; no record is shown
select b.id, b.account, a.name, b.kind as absence_kind, b.starts_at, b.ends_at, b.reason, r.name as recorded_by_name,
	b.recorded_at, b.cancelled_at,
	(select count(*) from allocation g where g.worker = b.account and g.at >= b.starts_at and g.at <= b.recorded_at
		and (b.ends_at is null or g.at < b.ends_at)) as given_meanwhile,
	(select count(*) from allocation g where g.worker = b.account and g.at <= b.recorded_at
		and (b.ends_at is null or g.at < b.ends_at) and (g.ended_at is null or g.ended_at > b.starts_at))
		as held_meanwhile,
	(select count(*) from episode e where e.worker = b.account and e.ended_at is null and e.rag_order = 0) as red,
	(select count(*) from episode e where e.worker = b.account and e.ended_at is null and e.rag_order = 1) as amber,
	(select count(*) from episode e where e.worker = b.account and e.ended_at is null and e.rag_order = 2) as green
from absence b join account a on a.id = b.account left join account r on r.id = b.recorded_by
where b.id = $absence;

-- absence_overlapping :find
-- When the same person is away already in some of this time; `to` is no value while nobody knows the end.
-- in: from instant, to instant
-- out: absence_kind text, starts_at instant, ends_at instant
select b.id, b.kind as absence_kind, b.starts_at, b.ends_at
from absence b
where b.account = $account and b.cancelled_at is null and ($to is null or b.starts_at < $to)
	and (b.ends_at is null or b.ends_at > $from)
order by b.starts_at, b.id limit 1;

-- absence_rows_page :many
-- Who is away now and later, or with `all` also who was, the latest first, after one of them.
-- in: now instant, all bool, of account_id, after absence_id, limit int
-- out: absence_kind text, starts_at instant, ends_at instant, recorded_by_name text
-- out: given_meanwhile int, held_meanwhile int, red int, amber int, green int
-- row: absence_row
-- access: system, counts what somebody held; no record is shown
select b.id, b.account, a.name, b.kind as absence_kind, b.starts_at, b.ends_at, b.reason, r.name as recorded_by_name,
	b.recorded_at, b.cancelled_at,
	(select count(*) from allocation g where g.worker = b.account and g.at >= b.starts_at and g.at <= b.recorded_at
		and (b.ends_at is null or g.at < b.ends_at)) as given_meanwhile,
	(select count(*) from allocation g where g.worker = b.account and g.at <= b.recorded_at
		and (b.ends_at is null or g.at < b.ends_at) and (g.ended_at is null or g.ended_at > b.starts_at))
		as held_meanwhile,
	(select count(*) from episode e where e.worker = b.account and e.ended_at is null and e.rag_order = 0) as red,
	(select count(*) from episode e where e.worker = b.account and e.ended_at is null and e.rag_order = 1) as amber,
	(select count(*) from episode e where e.worker = b.account and e.ended_at is null and e.rag_order = 2) as green
from absence b join account a on a.id = b.account left join account r on r.id = b.recorded_by
where ($all = 1 or (b.cancelled_at is null and (b.ends_at is null or b.ends_at > $now)))
	and ($of is null or b.account = $of)
	and ($after is null or (b.starts_at, b.id) < (select p.starts_at, p.id from absence p where p.id = $after))
order by b.starts_at desc, b.id desc
limit $limit;

-- absence_end_row :exec
-- in: absence absence_id
update absence set ends_at = $ends_at where id = $absence;

-- absence_cancel :exec
-- in: absence absence_id
update absence set cancelled_at = $cancelled_at, cancelled_by = $cancelled_by
where id = $absence and cancelled_at is null;
