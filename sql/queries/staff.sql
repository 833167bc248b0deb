-- staff_get :find
-- Somebody who has a place on the rota: how they are reached, and what they may hold.
-- in: id account_id, now instant
-- out: open int, cap int, hours_percent int, newly_qualified bool, holds bool, away bool, away_until instant
-- row: staff_row
select a.id as account, a.name, a.email, a.role, a.telephone, t.name as team, w.open, w.cap, w.hours_percent,
	coalesce(w.newly_qualified, 0) as newly_qualified, case when w.id is null then 0 else 1 end as holds,
	case when b.id is null then 0 else 1 end as away, b.ends_at as away_until
from account a
left join team t on t.id = a.team
left join worker w on w.account = a.id
left join absence b on b.id = (select x.id from absence x
	where x.account = a.id and x.cancelled_at is null and x.starts_at <= $now and (x.ends_at is null or x.ends_at > $now)
	order by x.starts_at desc, x.id desc limit 1)
where a.id = $id and a.disabled_at is null;

-- staff_page :many
-- Everybody who has a place on the rota, by name, after one of them.
-- in: now instant, after account_id, limit int
-- out: open int, cap int, hours_percent int, newly_qualified bool, holds bool, away bool, away_until instant
-- row: staff_row
select a.id as account, a.name, a.email, a.role, a.telephone, t.name as team, w.open, w.cap, w.hours_percent,
	coalesce(w.newly_qualified, 0) as newly_qualified, case when w.id is null then 0 else 1 end as holds,
	case when b.id is null then 0 else 1 end as away, b.ends_at as away_until
from account a
left join team t on t.id = a.team
left join worker w on w.account = a.id
left join absence b on b.id = (select x.id from absence x
	where x.account = a.id and x.cancelled_at is null and x.starts_at <= $now and (x.ends_at is null or x.ends_at > $now)
	order by x.starts_at desc, x.id desc limit 1)
where a.role in ('social_worker', 'practice_manager', 'edt_worker', 'edt_manager', 'service_manager')
	and a.disabled_at is null and (a.ends_at is null or a.ends_at > $now)
	and ($after is null or (a.name, a.id) > (select p.name, p.id from account p where p.id = $after))
order by a.name, a.id
limit $limit;

-- staff_telephone :exec
-- in: account account_id
update account set telephone = $telephone where id = $account;

-- staff_worker :exec
-- in: account account_id
update worker set cap = $cap, hours_percent = $hours_percent, newly_qualified = $newly_qualified
where account = $account;
