-- workstream_by_key :find
select id, key, name from workstream where key = $key;

-- reference_counter_take :one
-- The next number of this local year.
-- in: year int
insert into reference_counter (year, last) values ($year, 1)
on conflict (year) do update set last = reference_counter.last + 1
returning last as number;

-- enquiry_same_submission :find
-- The enquiry this source system sent under this reference before.
-- access: system, the sender proves the pair; only its own reference comes back
select id, reference, content_hash as hash from enquiry
where source_system = $source_system and external_ref = $external_ref;

-- further_information_same :find
-- The same addition sent again.
-- access: system, compares hashes of one sender's own submission
select id from further_information where enquiry = $enquiry and content_hash = $content_hash;

-- enquiry_came_before :one
-- Did a child of this enquiry come before since an instant?
-- in: since instant
-- out: found bool
-- access: system, orders the unscreened by risk; nothing is shown
select exists (select 1
	from child c
	join child b on b.person = c.person and b.enquiry <> c.enquiry and b.removed_at is null
	join enquiry p on p.id = b.enquiry
	where c.enquiry = $enquiry and c.removed_at is null and p.received_at >= $since and p.received_at < $received_at) as found;

-- enquiry_insert :one
insert into enquiry (reference, source_system, external_ref, received_at, recorded_at, recorded_by, channel,
	source_code, referrer_name, referrer_role, referrer_organisation, referrer_email, referrer_phone, concern,
	concerns, domestic_abuse_notification, immediate_danger, consent, summary, child_count, content_hash)
values ($reference, $source_system, $external_ref, $received_at, $recorded_at, $recorded_by, $channel,
	$source_code, $referrer_name, $referrer_role, $referrer_organisation, $referrer_email, $referrer_phone, $concern,
	$concerns, $domestic_abuse_notification, $immediate_danger, $consent, $summary, $child_count, $content_hash)
returning id;

-- child_insert :one
insert into child (enquiry, position, person, given_name, family_name, date_of_birth, expected_date, sex, ethnicity,
	nhs_number, address, postcode, parent_name, added_reason, recorded_by, recorded_at)
values ($enquiry, $position, $person, $given_name, $family_name, $date_of_birth, $expected_date, $sex, $ethnicity,
	$nhs_number, $address, $postcode, $parent_name, $added_reason, $recorded_by, $recorded_at)
returning id;

-- person_insert :one
insert into person (given_name, family_name, date_of_birth, expected_date, sex, ethnicity, nhs_number, recorded_at)
values ($given_name, $family_name, $date_of_birth, $expected_date, $sex, $ethnicity, $nhs_number, $recorded_at)
returning id;

-- person_same_nhs_number :find
-- Somebody with this NHS number and this date of birth: the same person. The given name must agree too (twins). Whom
-- the council's list names by the number alone disagrees with nobody.
-- access: system, links a new child to a person; nothing is shown
-- Never the person of a record restricted for an adoption: the old identity and the new are not brought together.
select p.id from person p
where p.nhs_number = $nhs_number and ((p.date_of_birth = $date_of_birth and p.given_name = $given_name)
		or (p.date_of_birth is null and p.given_name is null and p.open_work = 1))
	and not exists (select 1 from child c
		join restriction r on r.enquiry = c.enquiry and r.kind = 'adoption' and r.lifted_at is null
		where c.person = p.id)
order by p.id limit 1;

-- further_information_insert :one
insert into further_information (enquiry, received_at, recorded_at, recorded_by, referrer_name, summary, content,
	content_hash)
values ($enquiry, $received_at, $recorded_at, $recorded_by, $referrer_name, $summary, $content, $content_hash)
returning id;

-- rag_history_insert :exec
insert into rag_history (episode, rag, kind, reason, information_at, due_at, rated_by, at, recorded_at)
values ($episode, $rag, $kind, $reason, $information_at, $due_at, $rated_by, $at, $recorded_at);

-- outbox_insert :exec
-- A side effect to be delivered after this transaction, at least once, with a stable id.
insert into outbox (stable_id, kind, enquiry, content, at, due_at, recorded_at)
values ($stable_id, $kind, $enquiry, $content, $at, $due_at, $recorded_at)
on conflict (stable_id) do nothing;

-- enquiry_of_sender :find
-- The current episode of an enquiry whose sender sends again: it is added to, whether or not who records it may see it.
-- row: episode
-- access: system, adds what the sender of this very enquiry sends; nothing is shown
select e.id, e.enquiry, e.n, e.workstream, e.state, e.pending, e.rag, e.rag_order, e.first_rag, e.started_at,
	e.screening_due_at, e.screened_at, e.screened_by, e.due_at, e.worker, e.allocated_at, e.held_by, e.held_at,
	e.recommended_by, e.recommended_at, e.necessary, e.necessary_reason, e.ended, e.ended_at, e.closed_at,
	e.rescreen_asked_at, e.review_asked_at, e.version,
	q.reference, q.external_ref, q.received_at, q.source_code, q.concern, q.concerns, q.domestic_abuse_notification,
	q.immediate_danger, q.child_count, q.restricted
from enquiry q
join episode e on e.enquiry = q.id and e.is_current = 1
where q.id = $enquiry;

-- enquiry_kept_from :find
-- Whom to speak to about an enquiry that this person may not see; nothing where they may.
select r.owner, o.name as owner_name
from restriction r
join account o on o.id = r.owner
where r.enquiry = $enquiry and r.lifted_at is null
	and not exists (select 1 from visible_enquiry v where v.viewer = $viewer and v.id = r.enquiry);
