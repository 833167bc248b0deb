-- episode_find :find
-- The current episode of one enquiry with its receipt, for an action to decide on.
-- row: episode
select e.id, e.enquiry, e.n, e.workstream, e.state, e.pending, e.rag, e.rag_order, e.first_rag, e.started_at,
	e.screening_due_at, e.screened_at, e.screened_by, e.due_at, e.worker, e.allocated_at, e.held_by, e.held_at,
	e.recommended_by, e.recommended_at, e.necessary, e.necessary_reason, e.ended, e.ended_at, e.closed_at,
	e.rescreen_asked_at, e.review_asked_at, e.version,
	e.reference, e.external_ref, e.received_at, e.source_code, e.concern, e.concerns, e.domestic_abuse_notification,
	e.immediate_danger, e.child_count, e.restricted
from visible_episode e
where e.viewer = $viewer and e.enquiry = $enquiry and e.is_current = 1;

-- enquiry_by_reference :find
-- An enquiry the viewer may see, by its reference.
-- row: enquiry_key
select q.id, q.reference from visible_enquiry q where q.viewer = $viewer and q.reference = $reference;

-- enquiry_by_external_ref :find
-- An enquiry the viewer may see, by the reference its sender gave; the latest where two systems gave the same.
-- row: enquiry_key
select q.id, q.reference from visible_enquiry q
where q.viewer = $viewer and q.external_ref = $external_ref
order by q.id desc limit 1;

-- episode_save_row :exec
-- Writes what an episode may change, by version.
-- in: id episode_id
-- access: system, writes the episode that the action locked through visible_episode
update episode set
	is_current = $is_current, workstream = $workstream, state = $state, pending = $pending, rag = $rag,
	rag_order = $rag_order, first_rag = $first_rag, screened_at = $screened_at, screened_by = $screened_by,
	screening_due_at = $screening_due_at, due_at = $due_at, worker = $worker, allocated_at = $allocated_at,
	held_by = $held_by, held_at = $held_at, recommended_by = $recommended_by, recommended_at = $recommended_at,
	necessary = $necessary, necessary_reason = $necessary_reason, ended = $ended, ended_at = $ended_at,
	closed_at = $closed_at, rescreen_asked_at = $rescreen_asked_at, review_asked_at = $review_asked_at,
	version = version + 1
where id = $id and version = $version;

-- episode_insert :one
-- A first or a re-opened episode: received (or screened), with nobody.
insert into episode (enquiry, n, is_current, workstream, state, rag, rag_order, risk_order, first_rag, started_at,
	screening_due_at, screened_at, screened_by, due_at, version, recorded_at)
values ($enquiry, $n, $is_current, $workstream, $state, $rag, $rag_order, $risk_order, $first_rag, $started_at,
	$screening_due_at, $screened_at, $screened_by, $due_at, $version, $recorded_at)
returning id;

-- history_insert :exec
-- A step of the life cycle with the access-log entry written beside it.
insert into history (enquiry, episode, transition, from_state, to_state, actor, about, detail, entry, at, recorded_at)
values ($enquiry, $episode, $transition, $from_state, $to_state, $actor, $about, $detail, $entry, $at, $recorded_at);

-- history_last :find
-- Who changed an enquiry last, how and when: for telling a person whose page is old.
select h.transition, h.at, a.name
from visible_history h join account a on a.id = h.actor
where h.viewer = $viewer and h.enquiry = $enquiry
order by h.id desc limit 1;

-- balance_frozen_until :one
-- The end of the last frozen window, or null.
-- out: window_end instant
select max(window_end) as window_end from daily_return;

-- balance_event_insert :exec
-- One enquiry or one child.
-- in: screened_out bool
insert into balance_event (kind, unit, workstream, enquiry, episode, child, screened_out, correction, at, counts_at,
	recorded_at)
values ($kind, $unit, $workstream, $enquiry, $episode, $child, $screened_out, $correction, $at, $counts_at,
	$recorded_at);

-- balance_children_insert :exec
-- The same for every child of the enquiry that has not been removed and has not ended in this episode.
-- in: screened_out bool
-- access: system, writes counts of an enquiry the action has locked
insert into balance_event (kind, unit, workstream, enquiry, episode, child, screened_out, correction, at, counts_at,
	recorded_at)
select $kind, 'child', $workstream, $enquiry, $episode, c.id, $screened_out, $correction, $at, $counts_at, $recorded_at
from child c
where c.enquiry = $enquiry and c.removed_at is null
	and not exists (select 1 from balance_event b where b.episode = $episode and b.child = c.id
		and b.kind in ('completed', 'withdrawn'));
