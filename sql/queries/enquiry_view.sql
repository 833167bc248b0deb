-- enquiry_head :find
-- One enquiry as it stands: what was said, and the current episode.
-- in: id enquiry_id
-- row: enquiry_head
select q.id, q.reference, q.external_ref, q.received_at, q.recorded_at, q.channel, q.source_code, q.referrer_name,
	q.referrer_role, q.referrer_organisation, q.referrer_email, q.referrer_phone, q.concern as main_concern,
	q.concerns as concern, q.domestic_abuse_notification, q.immediate_danger, q.consent, q.summary, q.child_count,
	e.id as episode, e.n, w.key as workstream, w.name as title, e.state, e.pending, e.rag, e.first_rag,
	e.started_at, e.screening_due_at, e.screened_at, sb.name as screened_by, e.due_at, e.worker,
	wk.name as allocated_to, e.allocated_at, hb.name as holder, e.held_at, e.necessary, e.necessary_reason, e.ended,
	e.ended_at, e.closed_at, e.rescreen_asked_at, e.review_asked_at, e.version, q.restricted
from visible_enquiry q
join visible_episode e on e.enquiry = q.id and e.viewer = $viewer and e.is_current = 1
join workstream w on w.id = e.workstream
left join account sb on sb.id = e.screened_by
left join account wk on wk.id = e.worker
left join account hb on hb.id = e.held_by
where q.viewer = $viewer and q.id = $id;

-- enquiry_children :many
-- Its children in the order received, each with its authorised outcome in this episode.
-- row: enquiry_child
-- access: system, the outcome of a child that is read through its view; joined through its own the whole view is read
select c.id, c.position, c.given_name, c.family_name, c.date_of_birth, c.expected_date, c.sex, c.ethnicity,
	c.nhs_number, c.address, c.postcode, c.parent_name, c.person, c.recorded_at, c.added_reason, ab.name as added_by,
	c.removed_at, rb.name as removed_by, c.removed_reason, c.put_back_as, o.outcome, o.threshold_level, o.reason,
	s.name as service, o.agreement_by, o.agreement_at, o.authorised_at
from visible_child c
left join account ab on ab.id = c.recorded_by
left join account rb on rb.id = c.removed_by
left join outcome o on o.child = c.id and o.episode = $episode and o.authorised_at is not null
left join service s on s.id = o.service
where c.viewer = $viewer and c.enquiry = $enquiry
order by c.position, c.id;

-- enquiry_history :many
-- Every step, the oldest first.
-- row: enquiry_step
select h.at, h.recorded_at, a.name as actor, h.transition, h.from_state, h.to_state, b.name as worker_name, h.detail
from visible_history h
join account a on a.id = h.actor
left join account b on b.id = h.about
where h.viewer = $viewer and h.enquiry = $enquiry
order by h.at, h.id;

-- enquiry_ratings :many
-- How it was rated, the oldest first.
-- row: enquiry_rating
select r.episode, r.at, r.rag, r.kind, r.reason as rag_reason, r.information_at, r.due_at, a.name as actor
from visible_rag_history r
join account a on a.id = r.rated_by
where r.viewer = $viewer and r.enquiry = $enquiry
order by r.at, r.id;

-- enquiry_proposals :many
-- Everything that needed two people, the oldest first.
-- out: duplicate_of text
-- row: enquiry_proposal
select p.id, p.episode, p.kind, a.name as proposed_by, p.proposed_at, p.analysis, p.reason, p.content,
	b.name as answered_by, p.answered_at, p.answer, p.answer_reason as returned_reason,
	(select d.reference from visible_enquiry d where d.viewer = $viewer and d.id = p.duplicate_of) as duplicate_of,
	c.name as alone_by, k.name as asked
from visible_proposal p
join account a on a.id = p.proposed_by
left join account b on b.id = p.answered_by
left join account c on c.id = p.alone_by
left join account k on k.id = p.asked
where p.viewer = $viewer and p.enquiry = $enquiry
order by p.id;

-- enquiry_recommendations :many
-- What was recommended for each child under each proposal.
-- row: enquiry_recommendation
select o.proposal, c.position, c.given_name, c.family_name, o.outcome, o.threshold_level, o.reason,
	s.name as service, o.agreement_by, o.agreement_at, o.authorised_at
from visible_outcome o
join visible_child c on c.viewer = $viewer and c.id = o.child
left join service s on s.id = o.service
where o.viewer = $viewer and o.enquiry = $enquiry
order by o.proposal, c.position, o.id;

-- enquiry_hand_overs :many
-- What was handed on, and whether it was accepted.
-- out: given_name text, family_name text
-- row: enquiry_hand_over
select h.id, h.kind,
	(select c.given_name from visible_child c where c.viewer = $viewer and c.id = h.child) as given_name,
	(select c.family_name from visible_child c where c.viewer = $viewer and c.id = h.child) as family_name,
	h.to_whom, h.telephoned, h.made_at as handed_over_at, h.due_at,
	h.answer, h.answered_by as accepted_by, h.answered_at, h.answer_reason as declined_reason
from visible_hand_over h
where h.viewer = $viewer and h.enquiry = $enquiry
order by h.id;

-- enquiry_strategy_discussions :many
-- row: enquiry_strategy_discussion
-- Strategy discussions requested and held.
select d.id, d.requested_at as strategy_requested_at, a.name as actor, d.reason, d.held_at as strategy_held_at,
	d.agencies, d.took_part, d.decision as strategy_decision, d.police_protection_at, d.due_at as strategy_due_at,
	d.conference_due_at, d.conference_held_at
from visible_strategy_discussion d
join account a on a.id = d.requested_by
where d.viewer = $viewer and d.enquiry = $enquiry
order by d.requested_at, d.id;

-- enquiry_further_information :many
-- What was sent again with other content.
-- row: enquiry_addition
select f.id, f.received_at, a.name as actor, f.referrer_name, f.summary
from visible_further_information f
join account a on a.id = f.recorded_by
where f.viewer = $viewer and f.enquiry = $enquiry
order by f.id;

-- enquiry_advice :many
-- Advice given on it.
-- row: enquiry_advice_given
select v.id, v.at, a.name as actor, v.to_whom as advice_to, v.advice
from visible_advice v
join account a on a.id = v.given_by
where v.viewer = $viewer and v.enquiry = $enquiry
order by v.id;

-- enquiry_earlier :many
-- Other enquiries about the same people, the latest first.
-- in: limit int
-- row: enquiry_earlier_one
-- access: system, the other children's enquiries are read through visible_episode
select distinct e.reference, e.received_at, e.state, e.necessary
from visible_child c
join child x on x.person = c.person and x.enquiry <> c.enquiry
join visible_episode e on e.viewer = $viewer and e.enquiry = x.enquiry and e.is_current = 1
where c.viewer = $viewer and c.enquiry = $enquiry
order by e.received_at desc, e.reference
limit $limit;
