-- deputy_insert :one
-- Somebody signs in a practice manager's place between two instants.
insert into deputy (account, starts_at, ends_at, named_by, recorded_at)
values ($account, $starts_at, $ends_at, $named_by, $recorded_at)
returning id;

-- deputy_get :find
-- in: deputy deputy_id
-- out: starts_at instant, ends_at instant, named_by_name text
-- row: deputy_row
select d.id, d.account, a.name, a.role, d.starts_at, d.ends_at, n.name as named_by_name, d.recorded_at, d.cancelled_at
from deputy d join account a on a.id = d.account join account n on n.id = d.named_by
where d.id = $deputy;

-- deputy_overlapping :find
-- The same person, named for some of this time already.
-- in: from instant, to instant
-- out: starts_at instant, ends_at instant, named_by_name text
-- row: deputy_row
select d.id, d.account, a.name, a.role, d.starts_at, d.ends_at, n.name as named_by_name, d.recorded_at, d.cancelled_at
from deputy d join account a on a.id = d.account join account n on n.id = d.named_by
where d.account = $account and d.starts_at < $to and d.ends_at > $from and d.cancelled_at is null
order by d.starts_at, d.id limit 1;

-- deputy_standing :many
-- Deputies now and to come, by their beginning.
-- in: now instant
-- out: starts_at instant, ends_at instant, named_by_name text
-- row: deputy_row
select d.id, d.account, a.name, a.role, d.starts_at, d.ends_at, n.name as named_by_name, d.recorded_at, d.cancelled_at
from deputy d join account a on a.id = d.account join account n on n.id = d.named_by
where d.ends_at > $now and d.cancelled_at is null
order by d.starts_at, a.name, d.id;

-- deputy_throughout :find
-- Does somebody deputise for the whole of this time?
-- in: from instant, to instant
select d.id
from deputy d
where d.account = $account and d.starts_at <= $from and d.ends_at >= $to and d.cancelled_at is null
order by d.id limit 1;

-- deputy_cancel :exec
-- in: deputy deputy_id
update deputy set cancelled_at = $cancelled_at, cancelled_by = $cancelled_by
where id = $deputy and cancelled_at is null;
