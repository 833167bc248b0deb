-- restriction_insert :one
insert into restriction (enquiry, kind, reason, owner, restricted_by, at, review_due_at, recorded_at)
values ($enquiry, $kind, $reason, $owner, $restricted_by, $at, $review_due_at, $recorded_at)
returning id;

-- enquiry_restricted :exec
-- in: restricted bool
-- access: system, restricts or opens what the action has read or is taking in
update enquiry set restricted = $restricted where id = $enquiry;

-- restriction_get :find
-- The restriction that stands on an enquiry the viewer may see.
-- row: restriction_row
select r.id, r.kind as restriction_kind, r.reason as restriction_reason, r.owner, o.name as owner_name,
	b.name as actor, r.at, r.review_due_at, r.reviewed_at
from visible_enquiry q
join restriction r on r.enquiry = q.id and r.lifted_at is null
join account o on o.id = r.owner
join account b on b.id = r.restricted_by
where q.viewer = $viewer and q.id = $enquiry and q.restricted = 1;

-- restriction_people :many
-- Who is named on an enquiry the viewer may see.
-- row: restriction_person
select m.account, a.name as person_name, a.role, n.name as actor, m.at
from visible_enquiry q
join restriction_member m on m.enquiry = q.id
join account a on a.id = m.account
join account n on n.id = m.named_by
where q.viewer = $viewer and q.id = $enquiry and q.restricted = 1
order by a.name, a.id;

-- restriction_glass :many
-- Who has it open by breaking the glass.
-- row: restriction_glass_row
select g.id, g.account, a.name as person_name, g.reason as glass_reason, g.at, g.expires_at
from visible_enquiry q
join broken_glass g on g.enquiry = q.id and g.ended_at is null
join account a on a.id = g.account
where q.viewer = $viewer and q.id = $enquiry
order by g.id;

-- restriction_person_add :exec
-- Names somebody on a restricted enquiry; named before, nothing changes. On one that isn't restricted, nothing.
-- access: system, names people on what the action has read or is taking in
insert into restriction_member (enquiry, account, named_by, at)
select q.id, $account, $named_by, $at from enquiry q where q.id = $enquiry and q.restricted = 1
on conflict (enquiry, account) do nothing;

-- restriction_person_remove :exec
delete from restriction_member where enquiry = $enquiry and account = $account;

-- restriction_people_clear :exec
delete from restriction_member where enquiry = $enquiry;

-- restriction_reviewed :exec
-- Reviewed: it stays for another while, perhaps under another owner.
update restriction set owner = $owner, reviewed_at = $reviewed_at, review_due_at = $review_due_at
where enquiry = $enquiry and lifted_at is null;

-- restriction_lifted :exec
update restriction set lifted_at = $lifted_at, lifted_by = $lifted_by, lifted_reason = $lifted_reason
where enquiry = $enquiry and lifted_at is null;

-- restriction_page :many
-- The restricted enquiries this person may see, the first review due first, after one of them.
-- in: after_due instant, after_id restriction_id, limit int
-- out: people int, searched_at instant
-- row: restriction_line
-- access: system, begins with the few that are restricted, and keeps those the viewer may see
select r.id, q.reference, r.kind as restriction_kind, o.name as owner_name, r.at, r.review_due_at,
	(select count(*) from restriction_member m where m.enquiry = q.id) as people,
	(select max(l.at) from access_log l where l.record_kind = 'enquiry' and l.record = q.id and l.action = 'find'
		and l.at >= coalesce(r.reviewed_at, r.at)) as searched_at
from restriction r
cross join enquiry q
join account o on o.id = r.owner
where q.id = r.enquiry and r.lifted_at is null
	and exists (select 1 from visible_enquiry x where x.viewer = $viewer and x.id = r.enquiry)
	and (r.review_due_at > $after_due or (r.review_due_at = $after_due and r.id > $after_id))
order by r.review_due_at, r.id
limit $limit;

-- restriction_reviews :one
-- How many restrictions of what this person may see have to be reviewed by now.
-- in: now instant
-- out: due int
select count(*) as due
from restriction r
where r.lifted_at is null and r.review_due_at <= $now
	and exists (select 1 from visible_enquiry q where q.viewer = $viewer and q.id = r.enquiry);

-- restricted_by_reference :many
-- What a search met that this person may not see.
-- row: restricted_found
-- access: system, says that a restricted record matches and whom to speak to; an adoption's is not said
select r.id as restriction, r.enquiry, r.kind as restriction_kind, r.owner, o.name as owner_name
from enquiry q
join restriction r on r.enquiry = q.id and r.lifted_at is null
join account o on o.id = r.owner
where q.restricted = 1 and q.reference = $reference
	and not exists (select 1 from visible_enquiry v where v.viewer = $viewer and v.id = q.id);

-- restricted_by_nhs_number :many
-- in: limit int
-- row: restricted_found
-- What a search met that this person may not see.
-- access: system, says that a restricted record matches and whom to speak to; an adoption's is not said
select distinct r.id as restriction, r.enquiry, r.kind as restriction_kind, r.owner, o.name as owner_name
from child c
join enquiry q on q.id = c.enquiry and q.restricted = 1
join restriction r on r.enquiry = q.id and r.lifted_at is null
join account o on o.id = r.owner
where c.nhs_number = $nhs_number
	and not exists (select 1 from visible_enquiry v where v.viewer = $viewer and v.id = q.id)
order by r.id
limit $limit;

-- restricted_by_birth :many
-- in: limit int
-- row: restricted_found
-- What a search met that this person may not see. Few records are restricted: they are looked through, not all who match.
-- access: system, says that a restricted record matches and whom to speak to; an adoption's is not said
select r.id as restriction, r.enquiry, r.kind as restriction_kind, r.owner, o.name as owner_name
from restriction r
join account o on o.id = r.owner
where r.lifted_at is null
	and exists (select 1 from enquiry q where q.id = r.enquiry and q.restricted = 1)
	and exists (select 1 from child c where c.enquiry = r.enquiry and c.date_of_birth = $date_of_birth)
	and not exists (select 1 from visible_enquiry v where v.viewer = $viewer and v.id = r.enquiry)
order by +r.id
limit $limit;

-- restricted_by_one_name :many
-- in: low text, high text, limit int
-- row: restricted_found
-- What a search met that this person may not see. Few records are restricted: they are looked through, not all who match.
-- access: system, says that a restricted record matches and whom to speak to; an adoption's is not said
select r.id as restriction, r.enquiry, r.kind as restriction_kind, r.owner, o.name as owner_name
from restriction r
join account o on o.id = r.owner
where r.lifted_at is null
	and exists (select 1 from enquiry q where q.id = r.enquiry and q.restricted = 1)
	and exists (select 1 from child c where c.enquiry = r.enquiry
		and ((lower(c.family_name) >= $low and lower(c.family_name) < $high)
			or (lower(c.given_name) >= $low and lower(c.given_name) < $high)))
	and not exists (select 1 from visible_enquiry v where v.viewer = $viewer and v.id = r.enquiry)
order by +r.id
limit $limit;

-- restricted_by_two_names :many
-- in: given_low text, given_high text, family_low text, family_high text, limit int
-- row: restricted_found
-- What a search met that this person may not see. Few records are restricted: they are looked through, not all who match.
-- access: system, says that a restricted record matches and whom to speak to; an adoption's is not said
select r.id as restriction, r.enquiry, r.kind as restriction_kind, r.owner, o.name as owner_name
from restriction r
join account o on o.id = r.owner
where r.lifted_at is null
	and exists (select 1 from enquiry q where q.id = r.enquiry and q.restricted = 1)
	and exists (select 1 from child c where c.enquiry = r.enquiry
		and lower(c.family_name) >= $family_low and lower(c.family_name) < $family_high
		and lower(c.given_name) >= $given_low and lower(c.given_name) < $given_high)
	and not exists (select 1 from visible_enquiry v where v.viewer = $viewer and v.id = r.enquiry)
order by +r.id
limit $limit;

-- restriction_owners :many
-- Who may own a restriction or be named when the rota names nobody: managers who can act, in the order made.
-- in: at instant
select a.id, a.name, a.role from account a
where a.role in ('practice_manager', 'edt_manager', 'edt_worker', 'service_manager')
	and (a.disabled_at is null or a.disabled_at > $at) and (a.ends_at is null or a.ends_at > $at)
order by a.id;

-- restriction_staff :many
-- Who can be named: hub staff whose account is in use and who are not named yet.
-- in: at instant
select a.id, a.name, a.role from account a
join role_sight s on s.role = a.role and s.sees in ('full', 'reference')
where a.role <> 'operator' and (a.disabled_at is null or a.disabled_at > $at)
	and (a.ends_at is null or a.ends_at > $at)
	and not exists (select 1 from restriction_member m where m.enquiry = $enquiry and m.account = a.id)
order by a.name, a.id;

-- restriction_standing :find
-- The restriction that stands on an enquiry, whoever asks.
select r.id, r.kind, r.owner from restriction r where r.enquiry = $enquiry and r.lifted_at is null;

-- lado_given :one
-- Was it handed to the designated officer before?
-- out: found bool
-- access: system, keeps one hand-over of the allegation; nothing is shown
select exists (select 1 from episode e join hand_over h on h.episode = e.id and h.kind = 'lado'
	where e.enquiry = $enquiry) as found;

-- restriction_uncovered :many
-- Restricted for an allegation and not yet screened: whoever is on duty has to see them.
-- access: system, a chore of the clock; nothing is shown
select r.enquiry
from restriction r
join episode e on e.enquiry = r.enquiry and e.is_current = 1 and e.state = 'received'
where r.lifted_at is null and r.kind = 'allegation'
order by r.enquiry
limit 200;
