-- proposal_insert :one
-- A step that needs a second person.
insert into proposal (episode, kind, proposed_by, proposed_at, recorded_at, analysis, reason, content, policy)
values ($episode, $kind, $proposed_by, $proposed_at, $recorded_at, $analysis, $reason, $content, $policy)
returning id;

-- proposal_unanswered :find
-- What waits for a second person in this episode, with who proposed it.
-- row: proposal_row
select p.id, p.kind, p.proposed_by, p.proposed_at, p.analysis, p.reason, p.content, p.asked, a.name
from visible_proposal p join account a on a.id = p.proposed_by
where p.viewer = $viewer and p.episode = $episode and p.answered_at is null;

-- proposal_answered :exec
-- The second person's answer, once.
-- in: answered_by account_id
-- access: system, answers a proposal the action has read
update proposal set answered_by = $answered_by, answered_at = $answered_at, answer = $answer,
	answer_reason = $answer_reason
where id = $proposal and answered_at is null;

-- proposal_asked :exec
-- Asks one person to sign, who may then see the record.
-- access: system, writes to a proposal the action has read
update proposal set asked = $asked where id = $proposal and answered_at is null;
