-- allocation_worker :find
-- Somebody who may hold enquiries: their caseload, team and whether they are away now.
-- in: at instant, worker account_id, workstream workstream_id
-- out: away bool, of_team bool
-- row: allocation_worker_row
select w.account, a.name, w.staff_number, w.open, w.cap, w.hours_percent, w.last_given_at,
	case when t.workstream = $workstream or exists (select 1 from loan l where l.workstream = $workstream
		and l.account = w.account and l.starts_at <= $at and l.ends_at > $at and l.cancelled_at is null)
		then 1 else 0 end as of_team,
	exists (select 1 from absence b where b.account = w.account and b.starts_at <= $at
		and (b.ends_at is null or b.ends_at > $at) and b.cancelled_at is null) as away
from worker w join account a on a.id = w.account left join team t on t.id = a.team
where w.account = $worker and (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at);

-- allocation_team :many
-- Everybody of a workstream's team who may hold enquiries, and whoever is lent to it, with what each has due today.
-- in: at instant, day_end instant, workstream workstream_id
-- out: away bool, due_today int
-- access: system, counts what each worker has due; no record is shown
select w.account, a.name, w.staff_number, w.open, w.cap, w.hours_percent, w.last_given_at,
	exists (select 1 from absence b where b.account = w.account and b.starts_at <= $at
		and (b.ends_at is null or b.ends_at > $at) and b.cancelled_at is null) as away,
	(select count(*) from episode e where e.worker = w.account and e.ended_at is null and e.due_at < $day_end)
		as due_today
from worker w join account a on a.id = w.account left join team t on t.id = a.team
where (t.workstream = $workstream or exists (select 1 from loan l where l.workstream = $workstream
		and l.account = w.account and l.starts_at <= $at and l.ends_at > $at and l.cancelled_at is null))
	and (a.disabled_at is null or a.disabled_at > $at)
	and (a.ends_at is null or a.ends_at > $at)
order by w.staff_number, w.account;

-- allocation_family :many
-- Who holds an open enquiry about the same child, about a child of the same name at the same address, or about the
-- same incident, where who allocates may see it: nobody is told of a restricted one by this.
-- out: linked bool
-- access: system, the children and the links of an enquiry the action has read; the others are read through visible_episode
select e.worker, 0 as linked
from child mine
join child theirs on theirs.person = mine.person
	and theirs.enquiry <> mine.enquiry and theirs.removed_at is null
join visible_episode e on e.viewer = $viewer and e.enquiry = theirs.enquiry and e.ended_at is null
	and e.worker is not null
where mine.enquiry = $enquiry and mine.removed_at is null
union
select e.worker, 0 as linked
from child mine
join child theirs on theirs.postcode = mine.postcode
	and theirs.family_name = mine.family_name
	and theirs.address = mine.address
	and theirs.enquiry <> mine.enquiry and theirs.removed_at is null
join visible_episode e on e.viewer = $viewer and e.enquiry = theirs.enquiry and e.ended_at is null
	and e.worker is not null
where mine.enquiry = $enquiry and mine.removed_at is null
union
select e.worker, 1 as linked
from incident_link l
join visible_episode e on e.viewer = $viewer and e.enquiry = l.other and e.ended_at is null and e.worker is not null
where l.enquiry = $enquiry and l.ended_at is null
union
select e.worker, 1 as linked
from incident_link l
join visible_episode e on e.viewer = $viewer and e.enquiry = l.enquiry and e.ended_at is null and e.worker is not null
where l.other = $enquiry and l.ended_at is null;

-- allocation_insert :exec
insert into allocation (episode, worker, recommended, reason, allocated_by, at, recorded_at)
values ($episode, $worker, $recommended, $reason, $allocated_by, $at, $recorded_at);

-- allocation_end :exec
-- Whoever held it holds it no more.
-- access: system, ends the allocation of an episode the action has locked
update allocation set ended_at = $ended_at where episode = $episode and ended_at is null;

-- allocation_given :exec
-- When a worker was last given one, for taking turns.
update worker set last_given_at = $last_given_at where account = $account;
