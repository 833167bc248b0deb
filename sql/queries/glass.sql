-- glass_record :find
-- A restricted record by its restriction's number or its reference: for breaking the glass.
-- in: restriction restriction_id
-- access: system, for who may break the glass; says which record and who owns it
select r.id as restriction, r.enquiry, q.reference, r.kind as restriction_kind, r.owner, o.name as owner_name
from restriction r
join enquiry q on q.id = r.enquiry
join account o on o.id = r.owner
where r.lifted_at is null and r.id in (
		select $restriction
		union all
		select s.id from enquiry p join restriction s on s.enquiry = p.id and s.lifted_at is null where p.reference = $reference)
order by r.id
limit 1;

-- glass_sees :one
-- May this person see the enquiry already?
-- out: found bool
select exists (select 1 from visible_enquiry q where q.viewer = $viewer and q.id = $enquiry) as found;

-- glass_insert :one
insert into broken_glass (enquiry, account, reason, at, expires_at, recorded_at)
values ($enquiry, $account, $reason, $at, $expires_at, $recorded_at)
returning id;

-- glass_standing :find
-- The glass this person has broken, where it is that which lets them see the enquiry.
select g.id, g.expires_at from broken_glass g
where g.enquiry = $enquiry and g.account = $account and g.ended_at is null
	and not exists (select 1 from restriction_member m where m.enquiry = g.enquiry and m.account = g.account);

-- glass_expired :exec
-- Every glass whose time has come.
-- in: now instant
update broken_glass set ended_at = expires_at where ended_at is null and expires_at <= $now;

-- glass_end :exec
update broken_glass set ended_at = $ended_at where enquiry = $enquiry and ended_at is null;

-- glass_waiting :one
-- Has any glass expired, or been answered for by its owner after it did?
-- in: now instant
-- out: found bool
-- access: system, a chore of the clock; nothing is shown
select case when exists (select 1 from broken_glass g where g.ended_at is null and g.expires_at <= $now)
	or exists (select 1 from alarm a join broken_glass g on g.id = a.subject and g.ended_at is not null
		where a.kind = 'glass' and a.ended_at is null and a.acknowledged_at is not null) then 1 else 0 end as found;

-- glass_answered :many
-- Glass that is whole again and whose owner has answered the alarm.
-- access: system, a chore of the clock; nothing is shown
select g.id from alarm a join broken_glass g on g.id = a.subject and g.ended_at is not null
where a.kind = 'glass' and a.ended_at is null and a.acknowledged_at is not null
order by g.id
limit 50;
