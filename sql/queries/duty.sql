-- duty_people_now :many
-- Who is on this duty at an instant: named for it, able to act, and not away.
-- in: at instant
-- out: duty text
-- row: duty_person_row
select a.id as account, a.name, a.telephone, a.role, d.kind as duty
from duty d join account a on a.id = d.account
where d.kind = $kind and d.starts_at <= $at and d.ends_at > $at and d.cancelled_at is null
	and (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at)
	and not exists (select 1 from absence b where b.account = a.id and b.cancelled_at is null
		and b.starts_at <= $at and (b.ends_at is null or b.ends_at > $at))
order by d.starts_at, a.id;

-- duty_people_of_role :many
-- Everybody of a role who can act at an instant and is not away.
-- in: at instant
-- out: duty text
-- row: duty_person_row
select a.id as account, a.name, a.telephone, a.role, null as duty
from account a
where a.role = $role and (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at)
	and not exists (select 1 from absence b where b.account = a.id and b.cancelled_at is null
		and b.starts_at <= $at and (b.ends_at is null or b.ends_at > $at))
order by a.id;

-- duty_people_of_role_ever :many
-- The same, away or not: for when nobody else is left.
-- in: at instant
-- out: duty text
-- row: duty_person_row
select a.id as account, a.name, a.telephone, a.role, null as duty
from account a
where a.role = $role and (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at)
order by a.id;

-- duty_deputies_now :many
-- Who signs in a practice manager's place at an instant, and is not away.
-- in: at instant
-- out: duty text
-- row: duty_person_row
select a.id as account, a.name, a.telephone, a.role, null as duty
from deputy d join account a on a.id = d.account
where d.starts_at <= $at and d.ends_at > $at and d.cancelled_at is null
	and (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at)
	and not exists (select 1 from absence b where b.account = a.id and b.cancelled_at is null
		and b.starts_at <= $at and (b.ends_at is null or b.ends_at > $at))
order by a.id;

-- duty_on_now :one
-- Is this person on any duty at an instant?
-- in: at instant
-- out: found bool
select exists (select 1 from duty d where d.account = $account and d.starts_at <= $at and d.ends_at > $at
	and d.cancelled_at is null) as found;
