-- session_credentials :find
-- What a sign-in is checked against.
select id, password_hash, ends_at, disabled_at from account where email = $email;

-- session_failures :one
-- Failures for this address since an instant: how many, and the last one that still counts.
-- in: since instant
-- out: count int, at instant
select count(*) as count, max(at) as at from sign_in_failure where email = $email and at > $since;

-- session_failure_insert :exec
insert into sign_in_failure (email, at) values ($email, $at);

-- session_failures_forget :exec
-- A sign-in that succeeded clears what was counted for it (0: nobody's); what is older than the lock's window goes too.
-- in: before instant
delete from sign_in_failure
where at <= $before or email in (select a.email from account a where a.id = $account);

-- session_insert :one
insert into session (account, token_hash, csrf, created_at, last_seen_at, expires_at)
values ($account, $token_hash, $csrf, $created_at, $created_at, $expires_at)
returning id;

-- session_by_token :find
-- The session of this token's hash, of an account that may still act; and who acts, as actor_get has it.
-- in: now instant, idle_since instant
-- out: deputy bool, on_shift bool, shift_named bool
select s.id as session, s.csrf, s.last_seen_at, s.expires_at,
	a.id, a.name, a.email, a.role, a.team, a.ends_at, a.disabled_at,
	exists (select 1 from deputy d where d.account = a.id and d.starts_at <= $now and d.ends_at > $now
		and d.cancelled_at is null) as deputy,
	case when a.role = 'edt_manager' and exists (select 1 from duty y
		where y.account = a.id and y.kind in ('edt_worker', 'edt_manager')
			and y.starts_at <= $now and y.ends_at > $now and y.cancelled_at is null) then 1 else 0 end as on_shift,
	case when a.role <> 'edt_manager' then 0 when exists (select 1 from duty y
		where y.kind in ('edt_worker', 'edt_manager')
			and y.starts_at <= $now and y.ends_at > $now and y.cancelled_at is null) then 1 else 0 end as shift_named
from session s
join account a on a.id = s.account
where s.token_hash = $token_hash and s.expires_at > $now and s.last_seen_at > $idle_since
	and a.disabled_at is null and (a.ends_at is null or a.ends_at > $now);

-- session_seen :exec
-- in: id session_id
update session set last_seen_at = $last_seen_at where id = $id;

-- session_close :exec
-- It ends now; the row stays a while, so that what is still sent from its pages is known for whose it is.
update session set expires_at = $expires_at where token_hash = $token_hash and expires_at > $expires_at;

-- session_close_all :exec
-- Nobody stays signed in, whatever the clock says now.
update session set expires_at = created_at where expires_at > created_at;

-- session_of_pages :find
-- Whose pages carry this token, whether that session still runs or not; of an account that may still act.
-- in: now instant
select s.account
from session s
join account a on a.id = s.account
where s.csrf = $csrf and a.disabled_at is null and (a.ends_at is null or a.ends_at > $now);

-- session_delete_of :exec
delete from session where account = $account;

-- session_delete_expired :exec
-- in: now instant, idle_since instant
delete from session where expires_at <= $now or last_seen_at <= $idle_since;
