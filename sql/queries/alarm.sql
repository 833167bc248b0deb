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
-- in: subject int, ended_why text
-- out: ended_why text
-- row: alarm_to_end
-- access: system, the hub ends them when what they are about is done
select id, enquiry, level, stable_id, $ended_why as ended_why from alarm where kind = $kind and subject = $subject and ended_at is null;

-- alarm_ended :exec
-- in: id alarm_id
-- access: system, the hub ends them when what they are about is done
update alarm set ended_at = $ended_at, ended_why = $ended_why where id = $id and ended_at is null;

-- outbox_forget :exec
-- What nobody has to be told any more, and nobody was.
delete from outbox
where (stable_id = $stable_id or (stable_id > $stable_id || ':' and stable_id < $stable_id || ';'))
	and delivered_at is null and attempts = 0;

-- alarm_over :many
-- Those that stand though what they are about is done, with why.
-- in: limit int
-- out: ended_why text
-- row: alarm_to_end
-- access: system, the hub ends them when what they are about is done
select a.id, a.enquiry, a.level, a.stable_id,
	case a.kind when 'danger' then case when a.level = 1 then 'screened' else 'opened' end
		when 'held' then 'not held any more' when 'second_look' then 'looked at'
		else 'accepted, or overtaken' end as ended_why
from alarm a
where a.ended_at is null and (
	(a.kind = 'danger' and not exists (select 1 from episode e
		where e.enquiry = a.enquiry and e.is_current = 1 and e.screened_at is null and e.ended_at is null))
	or (a.kind = 'danger' and a.level = 2 and (
		exists (select 1 from alarm f where f.enquiry = a.enquiry and f.kind = 'danger' and f.level = 1
			and f.acknowledged_at is not null)
		or exists (select 1 from access_log l join account c on c.id = l.account
			where l.record_kind = 'enquiry' and l.record = a.enquiry and l.action = 'view_enquiry' and l.refused = 0
				and c.role in ('social_worker', 'practice_manager', 'edt_worker', 'edt_manager'))))
	or (a.kind = 'held' and not exists (select 1 from episode e
		where e.id = a.subject and e.state = 'held' and e.held_at <= a.due_at))
	or (a.kind = 'hand_over' and not exists (select 1 from duty_hand_over d
		where d.id = a.subject and coalesce(d.accepted_at, d.overtaken_at) is null))
	or (a.kind = 'unscreened_at_close' and not exists (select 1 from duty_hand_over d
		where coalesce(d.accepted_at, d.overtaken_at) is null and d.given_at = a.subject and d.given_by is null
			and d.direction = 'to_edt'))
	or (a.kind = 'given_back_at_opening' and not exists (select 1 from duty_hand_over d
		where coalesce(d.accepted_at, d.overtaken_at) is null and d.given_at = a.subject and d.given_by is null
			and d.direction = 'from_edt'))
	or (a.kind = 'second_look' and not exists (select 1 from second_look s
		where s.id = a.subject and s.looked_at is null)))
limit $limit;

-- rising_danger :many
-- Immediate danger that nobody has been told of: what a file brought in, still unscreened.
-- in: before instant, limit int
-- out: subject int, at instant, count int
-- row: rising_row
-- access: system, raised by the hub's own clock for whoever is on duty
select e.enquiry, e.enquiry as subject, e.started_at as at, 1 as count
from episode e
where e.screened_at is null and e.ended_at is null and e.risk_order = 0 and e.started_at <= $before
	and not exists (select 1 from alarm a where a.enquiry = e.enquiry and a.kind = 'danger' and a.level = 1)
order by e.started_at, e.id
limit $limit;

-- rising_danger_higher :many
-- Immediate danger whose alarm nobody acknowledged, and whose record nobody who practises has opened.
-- in: before instant, limit int
-- out: subject int, at instant, count int
-- row: rising_row
-- access: system, raised by the hub's own clock for the service manager
select a.enquiry, a.subject, a.raised_at as at, 1 as count
from alarm a
where a.ended_at is null and a.kind = 'danger' and a.level = 1 and a.acknowledged_at is null and a.raised_at <= $before
	and not exists (select 1 from alarm h where h.enquiry = a.enquiry and h.kind = 'danger' and h.level = 2)
	and not exists (select 1 from access_log l join account c on c.id = l.account
		where l.record_kind = 'enquiry' and l.record = a.enquiry and l.action = 'view_enquiry' and l.refused = 0
			and c.role in ('social_worker', 'practice_manager', 'edt_worker', 'edt_manager'))
order by a.raised_at, a.id
limit $limit;

-- rising_held :many
-- What has been held too long; held anew it rises anew.
-- in: before instant, limit int
-- out: subject int, at instant, count int
-- row: rising_row
-- access: system, raised by the hub's own clock for whoever is on duty
select e.enquiry, e.id as subject, e.held_at as at, 1 as count
from episode e
where e.ended_at is null and e.state = 'held' and e.held_at <= $before
	and not exists (select 1 from alarm a
		where a.enquiry = e.enquiry and a.kind = 'held' and a.subject = e.id and a.due_at > e.held_at)
order by e.held_at, e.id
limit $limit;

-- rising_hand_over :many
-- What somebody handed over to or from EDT and nobody has accepted.
-- in: before instant, limit int, direction text
-- out: subject int, at instant, count int
-- row: rising_row
-- access: system, raised by the hub's own clock for the manager on call
select e.enquiry, d.id as subject, d.given_at as at, 1 as count
from duty_hand_over d
join episode e on e.id = d.episode
where coalesce(d.accepted_at, d.overtaken_at) is null and d.given_by is not null and d.given_at <= $before
	and d.direction = $direction
	and not exists (select 1 from alarm a
		where a.enquiry = e.enquiry and a.kind = 'hand_over' and a.subject = d.id)
order by d.given_at, d.id
limit $limit;

-- rising_list :many
-- What the hub passed on at this close or opening and nobody has accepted: one alarm for the whole of it.
-- in: at instant, direction text, kind text
-- out: enquiry enquiry_id, subject int, at instant, count int
-- row: rising_row
-- access: system, raised by the hub's own clock for the manager on call
select cast(null as bigint) as enquiry, $at as subject, $at as at,
	(select count(*) from duty_hand_over d
		where coalesce(d.accepted_at, d.overtaken_at) is null and d.given_at = $at and d.given_by is null
			and d.direction = $direction) as count
where not exists (select 1 from alarm a
		where a.ended_at is null and a.kind = $kind and a.subject = $at and a.level = 1)
	and exists (select 1 from duty_hand_over d
		where coalesce(d.accepted_at, d.overtaken_at) is null and d.given_at = $at and d.given_by is null
			and d.direction = $direction);

-- rising_second_look :many
-- A second look that is overdue.
-- in: before instant, limit int
-- out: subject int, at instant, count int
-- row: rising_row
-- access: system, raised by the hub's own clock for whoever is on duty
select e.enquiry, s.id as subject, s.due_at as at, 1 as count
from second_look s
join episode e on e.id = s.episode
where s.looked_at is null and s.due_at <= $before
	and not exists (select 1 from alarm a
		where a.enquiry = e.enquiry and a.kind = 'second_look' and a.subject = s.id)
order by s.due_at, s.id
limit $limit;

-- alarm_kinds_standing :many
-- Of what kinds and levels alarms stand.
-- access: system, kinds and levels and nothing else
select kind, level from alarm where ended_at is null group by kind, level;

-- alarm_not_told :many
-- Alarms of one kind that stand and that this person has not got.
-- in: limit int
-- access: system, an alarm that outlives a shift goes to who is on duty next
select a.id, a.kind, a.stable_id, a.enquiry, a.words
from alarm a
where a.ended_at is null and a.kind = $kind and a.level = $level
	and not exists (select 1 from alarm_for f where f.alarm = a.id and f.account = $account)
order by +a.id
limit $limit;

-- alarm_mine :many
-- What stands for one person: not acknowledged first, then the highest, danger, and the longest standing. The plus
-- and the kind keep to the index of those that stand: of one person's alarms most are long over.
-- in: after alarm_id, limit int
-- out: acknowledged_by text, acknowledged bool, main_order int, reference text
-- row: alarm_line
select a.id, a.kind as alarm_kind, a.level, (select q.reference from visible_enquiry q where q.viewer = $viewer and q.id = a.enquiry) as reference,
	a.words, a.due_at, a.raised_at, a.acknowledged_at,
	c.name as acknowledged_by, case when a.acknowledged_at is null then 0 else 1 end as acknowledged,
	case when a.kind = 'danger' then 0 else 1 end as main_order
from visible_alarm a
left join account c on c.id = a.acknowledged_by
where +a.viewer = $viewer and a.ended_at is null and a.kind > ''
	and ($after is null or (case when a.acknowledged_at is null then 0 else 1 end, -a.level,
		case when a.kind = 'danger' then 0 else 1 end, a.raised_at, a.id) > (select
			case when p.acknowledged_at is null then 0 else 1 end, -p.level,
			case when p.kind = 'danger' then 0 else 1 end, p.raised_at, p.id
		from visible_alarm p where p.viewer = $viewer and p.id = $after))
order by acknowledged, a.level desc, main_order, a.raised_at, a.id
limit $limit;

-- alarm_mine_count :one
-- How many stand for one person, and the latest of them.
-- out: standing int, unacknowledged int, latest alarm_id
select count(*) as standing, coalesce(sum(case when a.acknowledged_at is null then 1 else 0 end), 0) as unacknowledged,
	max(a.id) as latest
from visible_alarm a
where +a.viewer = $viewer and a.ended_at is null and a.kind > '';

-- alarm_mine_one :find
-- One alarm of one person's.
-- in: id alarm_id
-- out: acknowledged_by text, reference text
-- row: alarm_one
select a.id, a.kind as alarm_kind, a.level, a.enquiry,
	(select q.reference from visible_enquiry q where q.viewer = $viewer and q.id = a.enquiry) as reference, a.words, a.ended_at, a.acknowledged_at,
	c.name as acknowledged_by
from visible_alarm a
left join account c on c.id = a.acknowledged_by
where a.viewer = $viewer and a.id = $id;

-- alarm_exists :find
-- Is there such an alarm, for whomever?
-- in: id alarm_id
-- access: system, whether it exists decides between not found and not yours
select id from alarm where id = $id;

-- alarm_acknowledge_row :exec
-- in: id alarm_id, account account_id
-- access: system, the action found it among this person's
update alarm set acknowledged_by = $account, acknowledged_at = $acknowledged_at
where id = $id and acknowledged_at is null and ended_at is null;

-- alarm_sound_of :one
-- in: account account_id
select alarm_sound from account where id = $account;

-- alarm_sound_set :exec
-- in: account account_id
update account set alarm_sound = $alarm_sound where id = $account;

-- alarm_mine_new :many
-- What rose for one person after the one that their page knows of, the latest first.
-- in: since alarm_id, limit int
-- out: reference text
-- row: alarm_news
select a.id, a.kind as alarm_kind, a.level,
	(select q.reference from visible_enquiry q where q.viewer = $viewer and q.id = a.enquiry) as reference, a.words,
	a.raised_at
from visible_alarm a
where a.viewer = $viewer and a.id > coalesce($since, 0) and a.ended_at is null and a.acknowledged_at is null
order by a.id desc
limit $limit;
