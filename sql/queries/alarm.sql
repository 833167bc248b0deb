-- alarm_standing_one :find
-- The alarm that stands for one thing.
-- in: subject int
-- access: system, whether an alarm stands says nothing of what it is about
select id, stable_id from alarm
where kind = $kind and subject = $subject and level = $level and ended_at is null;

-- alarm_insert :find
-- A rise; nothing where this one rose before.
-- in: subject int
-- access: system, raised by the hub's own clock for whoever is on duty
insert into alarm (stable_id, kind, level, enquiry, subject, words, due_at, raised_at, recorded_at)
values ($stable_id, $kind, $level, nullif($enquiry, 0), $subject, $words, $due_at, $raised_at, $recorded_at)
on conflict (stable_id) do nothing
returning id;

-- alarm_for_insert :exec
insert into alarm_for (alarm, account) values ($alarm, $account) on conflict (alarm, account) do nothing;

-- alarm_standing_of :many
-- Those that stand about one thing, of every level.
-- in: subject int
-- access: system, the hub ends them when what they are about is done
select id, enquiry, level, stable_id from alarm where kind = $kind and subject = $subject and ended_at is null;

-- alarm_ended :exec
-- in: id alarm_id
-- access: system, the hub ends them when what they are about is done
update alarm set ended_at = $ended_at, ended_why = $ended_why where id = $id and ended_at is null;

-- outbox_forget :exec
-- What nobody has to be told any more, and nobody was.
delete from outbox where stable_id = $stable_id and delivered_at is null and attempts = 0;
