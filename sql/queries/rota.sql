-- rota_insert :one
-- Somebody is named for a duty.
insert into duty (account, kind, starts_at, ends_at, named_by, recorded_at)
values ($account, $kind, $starts_at, $ends_at, $named_by, $recorded_at)
returning id;

-- rota_shift :find
-- One shift; cut short where it was cancelled while it ran.
-- in: shift duty_id
-- out: duty text, starts_at instant, ends_at instant, named_by_name text
-- row: shift_row
select d.id, d.account, a.name, a.telephone, d.kind as duty, d.starts_at,
	case when d.cancelled_at < d.ends_at then d.cancelled_at else d.ends_at end as ends_at,
	n.name as named_by_name, d.cancelled_at
from duty d join account a on a.id = d.account join account n on n.id = d.named_by
where d.id = $shift;

-- rota_overlapping :find
-- A shift of the same person and duty that stands in this time already.
-- in: from instant, to instant
-- out: duty text, starts_at instant, ends_at instant, named_by_name text
-- row: shift_row
select d.id, d.account, a.name, a.telephone, d.kind as duty, d.starts_at, d.ends_at, n.name as named_by_name,
	d.cancelled_at
from duty d join account a on a.id = d.account join account n on n.id = d.named_by
where d.account = $account and d.kind = $kind and d.starts_at < $to and d.ends_at > $from and d.cancelled_at is null
order by d.starts_at, d.id limit 1;

-- rota_together :many
-- The shifts that one person named somebody for in one go: what was recorded together with this one.
-- in: shift duty_id
-- out: duty text, starts_at instant, ends_at instant, named_by_name text
-- row: shift_row
select d.id, d.account, a.name, a.telephone, d.kind as duty, d.starts_at,
	case when d.cancelled_at < d.ends_at then d.cancelled_at else d.ends_at end as ends_at,
	n.name as named_by_name, d.cancelled_at
from duty s
join duty d on d.account = s.account and d.kind = s.kind and d.named_by = s.named_by and d.recorded_at = s.recorded_at
join account a on a.id = d.account join account n on n.id = d.named_by
where s.id = $shift
order by d.starts_at, d.id;

-- rota_cancelled_together :many
-- The shifts that one person cancelled in one go with this one.
-- in: shift duty_id
-- out: duty text, starts_at instant, ends_at instant, named_by_name text
-- row: shift_row
select d.id, d.account, a.name, a.telephone, d.kind as duty, d.starts_at,
	case when d.cancelled_at < d.ends_at then d.cancelled_at else d.ends_at end as ends_at,
	n.name as named_by_name, d.cancelled_at
from duty s
join duty d on d.account = s.account and d.kind = s.kind and d.cancelled_by = s.cancelled_by
	and d.cancelled_at = s.cancelled_at
join account a on a.id = d.account join account n on n.id = d.named_by
where s.id = $shift
order by d.starts_at, d.id;

-- rota_later :many
-- The shifts of the same person and duty that stand and begin after this one.
-- in: shift duty_id
-- out: duty text, starts_at instant, ends_at instant, named_by_name text
-- row: shift_row
select d.id, d.account, a.name, a.telephone, d.kind as duty, d.starts_at, d.ends_at, n.name as named_by_name,
	d.cancelled_at
from duty s
join duty d on d.account = s.account and d.kind = s.kind and d.starts_at > s.starts_at and d.cancelled_at is null
join account a on a.id = d.account join account n on n.id = d.named_by
where s.id = $shift
order by d.starts_at, d.id;

-- rota_between :many
-- The shifts that touch this time, by their beginning; one that was cancelled while it ran, up to then.
-- in: from instant, to instant
-- out: duty text, starts_at instant, ends_at instant, named_by_name text
-- row: shift_row
select d.id, d.account, a.name, a.telephone, d.kind as duty, d.starts_at,
	case when d.cancelled_at < d.ends_at then d.cancelled_at else d.ends_at end as ends_at,
	n.name as named_by_name, d.cancelled_at
from duty d join account a on a.id = d.account join account n on n.id = d.named_by
where d.starts_at < $to and d.ends_at > $from and (d.cancelled_at is null or d.cancelled_at > d.starts_at)
order by d.starts_at, d.kind, a.name, d.id;

-- rota_standing :many
-- The shifts to come or running of people who can act all that time: what covers the hub.
-- in: from instant, to instant
-- out: duty text, starts_at instant, ends_at instant
select d.account, d.kind as duty, d.starts_at,
	case when a.ends_at < d.ends_at then a.ends_at else d.ends_at end as ends_at
from duty d join account a on a.id = d.account
where d.starts_at < $to and d.ends_at > $from and d.cancelled_at is null and a.disabled_at is null
	and (a.ends_at is null or a.ends_at > d.starts_at);

-- rota_away :many
-- Who is away in this time.
-- in: from instant, to instant
-- out: starts_at instant, ends_at instant
select b.account, b.starts_at, b.ends_at
from absence b
where b.starts_at < $to and (b.ends_at is null or b.ends_at > $from) and b.cancelled_at is null;

-- rota_used :one
-- Has anybody ever been named for anything?
-- out: found bool
select exists (select 1 from duty d) as found;

-- rota_cancel :exec
-- in: shift duty_id
update duty set cancelled_at = $cancelled_at, cancelled_by = $cancelled_by where id = $shift and cancelled_at is null;

-- rota_person :find
-- Somebody who might be named: their role, and whether they can act at an instant.
-- in: at instant
-- out: usable bool
-- row: rota_person_row
select a.id as account, a.name, a.role,
	case when (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at)
		then 1 else 0 end as usable
from account a
where a.id = $account;

-- rota_people :many
-- Everybody whose role has a place on the rota, by name.
-- in: at instant
-- out: usable bool
-- row: rota_person_row
select a.id as account, a.name, a.role, 1 as usable
from account a
where a.role in ('social_worker', 'practice_manager', 'edt_worker', 'edt_manager')
	and (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at)
order by a.name, a.id;
