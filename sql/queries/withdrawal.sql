-- withdrawal_of :exec
-- Which enquiry a proposed withdrawal says it duplicates.
-- access: system, writes the proposal the action has just put
update proposal set duplicate_of = $duplicate_of where id = $proposal;

-- withdrawal_proposed :one
-- The enquiry that a proposed withdrawal says it duplicates, as it stands now; null where it says none.
-- in: proposal proposal_id
-- out: state text
-- access: system, finds what a proposal of an episode the action has locked speaks of
select e.state
from proposal p
left join episode e on e.enquiry = p.duplicate_of and e.is_current = 1
where p.id = $proposal;

-- withdrawal_agreed :find
-- What an enquiry was withdrawn as a duplicate of, and whether that is open, withdrawn itself or ended.
-- access: system, finds where a duplicate's further information goes; only ids are told
select p.duplicate_of as enquiry, o.state
from proposal p
join episode e on e.id = p.episode
join episode o on o.enquiry = p.duplicate_of and o.is_current = 1
where e.enquiry = $enquiry and e.is_current = 1 and p.kind = 'withdrawal' and p.answer = 'agreed';
