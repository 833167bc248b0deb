-- installation_get :find
-- Whose hub this database holds; none before init.
select authority, reference_prefix, simulated, created_at from installation order by id limit 1;

-- actor_get :find
-- Who acts: an account by its id, whether it is a deputy now, and of an EDT manager, whose signature hangs on it, whether
-- they are on an EDT shift now and whether anybody is named for one.
-- in: id account_id, at instant
-- out: deputy bool, on_shift bool, shift_named bool
select a.id, a.name, a.email, a.role, a.team, a.ends_at, a.disabled_at,
	exists (select 1 from deputy d where d.account = a.id and d.starts_at <= $at and d.ends_at > $at
		and d.cancelled_at is null) as deputy,
	case when a.role = 'edt_manager' and exists (select 1 from duty s
		where s.account = a.id and s.kind in ('edt_worker', 'edt_manager')
			and s.starts_at <= $at and s.ends_at > $at and s.cancelled_at is null) then 1 else 0 end as on_shift,
	case when a.role <> 'edt_manager' then 0 when exists (select 1 from duty s
		where s.kind in ('edt_worker', 'edt_manager')
			and s.starts_at <= $at and s.ends_at > $at and s.cancelled_at is null) then 1 else 0 end as shift_named
from account a
where a.id = $id;

-- account_id_by_email :find
-- An account by the address it signs in with, lower case.
select id from account where email = $email;

-- access_log_insert :one
-- The next entry of a record's access log; n is one more than the last.
insert into access_log (record_kind, record, n, account, action, refused, detail, request_id, at, recorded_at)
values ($record_kind, $record,
	(select coalesce(max(l.n), 0) + 1 from access_log l where l.record_kind = $record_kind and l.record = $record),
	$account, $action, $refused, $detail, $request_id, $at, $recorded_at)
returning id;

-- hub_latest_instant :one
-- The latest instant something happened with an enquiry or somebody was at work: where a simulated hub's time goes on
-- from. Not the access log's: a command that only looked was run at the machine's own time.
-- access: system, an instant and nothing else
-- out: at instant
select max(p.at) as at
from (select max(h.at) as at from history h union all select max(q.received_at) from enquiry q
	union all select max(s.last_seen_at) from session s union all select max(i.created_at) from installation i) p;
