-- account_insert :one
-- An account; without a password hash it can't sign in.
insert into account (email, name, role, agency, team, telephone, password_hash, ends_at, created_at)
values ($email, $name, $role, $agency, $team, $telephone, $password_hash, $ends_at, $created_at)
returning id;

-- worker_insert :exec
-- Somebody who may hold enquiries from now on.
insert into worker (account, staff_number, cap, hours_percent)
values ($account, $staff_number, $cap, $hours_percent);

-- team_by_name :find
select id, name from team where name = $name;

-- team_list :many
-- The teams there are, to choose from.
select id, name from team order by name, id;

-- account_get :one
-- One account as lists show it.
-- in: id account_id
-- out: can_sign_in bool, open int, cap int, hours_percent int
-- row: account_row
select a.id, a.email, a.name, a.role, a.agency, t.name as team, w.staff_number, w.open, w.cap, w.hours_percent,
	case when a.password_hash is not null and a.disabled_at is null then 1 else 0 end as can_sign_in,
	a.telephone, a.ends_at, a.disabled_at, a.created_at
from account a
left join team t on t.id = a.team
left join worker w on w.account = a.id
where a.id = $id;

-- account_id_by_name :find
-- The first made of the accounts called so.
select id from account where name = $name order by id limit 1;

-- account_page :many
-- Accounts by name, after one of them.
-- in: after account_id, limit int
-- out: can_sign_in bool, open int, cap int, hours_percent int
-- row: account_row
select a.id, a.email, a.name, a.role, a.agency, t.name as team, w.staff_number, w.open, w.cap, w.hours_percent,
	case when a.password_hash is not null and a.disabled_at is null then 1 else 0 end as can_sign_in,
	a.telephone, a.ends_at, a.disabled_at, a.created_at
from account a
left join team t on t.id = a.team
left join worker w on w.account = a.id
where $after is null or (a.name, a.id) > (select p.name, p.id from account p where p.id = $after)
order by a.name, a.id
limit $limit;

-- account_total :one
-- out: total int
select count(*) as total from account;

-- account_disable_row :exec
-- Disabled once; the first instant stays.
-- in: id account_id
update account set disabled_at = $disabled_at where id = $id and disabled_at is null;
