-- proposal_alone :exec
-- Decided by the person on duty alone, because nobody answered inside a red's clock.
-- access: system, answers a proposal the action has read
update proposal set alone_by = $alone_by, answered_at = $answered_at, answer = 'agreed'
where id = $proposal and answered_at is null;

-- second_look_insert :exec
-- in: decided_by account_id
insert into second_look (episode, proposal, decided_by, due_at, recorded_at)
values ($episode, $proposal, $decided_by, $due_at, $recorded_at);

-- second_look_standing :find
-- The look that is still to be taken at an enquiry, the first due first.
-- row: second_look_row
select l.id, l.episode, l.proposal, l.decided_by, p.proposed_by, l.due_at
from visible_second_look l
join visible_proposal p on p.viewer = $viewer and p.id = l.proposal
where l.viewer = $viewer and l.enquiry = $enquiry and l.looked_at is null
order by l.due_at, l.id
limit 1;

-- second_look_taken :exec
-- Once; nobody looks at what they decided themselves.
-- in: id second_look_id, looked_by account_id, second_look text
-- access: system, answers what the action has read
update second_look set looked_by = $looked_by, looked_at = $looked_at, found = $second_look, reason = $reason
where id = $id and looked_at is null and decided_by <> $looked_by;

-- second_looks_of :many
-- What was decided alone in an enquiry, and what the second person found.
-- row: second_look_shown
select l.id, l.proposal, d.name as decided_by, l.due_at, k.name as looked_by, l.looked_at, l.found as second_look, l.reason
from visible_second_look l
join account d on d.id = l.decided_by
left join account k on k.id = l.looked_by
where l.viewer = $viewer and l.enquiry = $enquiry
order by l.id;

-- second_looks_waiting :many
-- Those still to be taken, the first due first.
-- in: limit int
-- row: second_look_waiting_row
-- access: system, begins with the few that wait, and keeps those the viewer may see
select l.id, q.reference, d.name as decided_by, p.answered_at as decided_at, l.due_at
from second_look l
cross join episode e
join enquiry q on q.id = e.enquiry
join proposal p on p.id = l.proposal
join account d on d.id = l.decided_by
where e.id = l.episode and l.looked_at is null
	and exists (select 1 from visible_enquiry x where x.viewer = $viewer and x.id = e.enquiry)
order by l.due_at, l.id
limit $limit;

-- signature_people :many
-- Who may be asked to sign: managers, deputies and service managers who are here.
-- in: at instant
-- row: signature_person
select a.id as account, a.name, a.role
from account a
where (a.role in ('practice_manager', 'edt_manager', 'service_manager') or (a.role in ('social_worker', 'edt_worker')
		and exists (select 1 from deputy d where d.account = a.id and d.starts_at <= $at and d.ends_at > $at
			and d.cancelled_at is null)))
	and (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at)
	and not exists (select 1 from absence b where b.account = a.id and b.starts_at <= $at
		and (b.ends_at is null or b.ends_at > $at) and b.cancelled_at is null)
order by case a.role when 'practice_manager' then 0 when 'service_manager' then 1 else 2 end, a.name, a.id;

-- signatures_waiting :many
-- What somebody was asked to sign and nobody has answered, the first due first.
-- in: limit int
-- row: signature_row
-- access: system, the proposals of an episode that is read through its view
select p.id, e.reference, p.kind, a.name as proposed_by, p.proposed_at, e.rag, e.due_at
from proposal p
join visible_episode e on e.viewer = $viewer and e.id = p.episode
join account a on a.id = p.proposed_by
where p.asked = $viewer and p.answered_at is null
order by coalesce(e.due_at, 0), p.id
limit $limit;
