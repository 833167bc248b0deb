-- retriage_insert :one
insert into retriage (made_by, at, recorded_at) values ($made_by, $at, $recorded_at) returning id;

-- retriage_item_insert :exec
-- What was changed of one episode, and what stood before: the rating or the proposal that was just written with it.
-- in: rated bool, proposed bool
-- access: system, notes the rating and the proposal that the same action wrote
insert into retriage_item (retriage, episode, reason, rag, rating, proposal, rag_was, first_rag_was, due_was, screened_was,
	screened_by_was, rescreen_asked_was, state_was, version_after)
values ($retriage, $episode, $reason, $rag,
	case when $rated = 1 then (select max(r.id) from rag_history r where r.episode = $episode) end,
	case when $proposed = 1 then (select max(p.id) from proposal p where p.episode = $episode) end,
	$rag_was, $first_rag_was, $due_was, $screened_was, $screened_by_was, $rescreen_asked_was, $state_was, $version_after);

-- retriage_find :find
-- Who made it and when, and whether it was undone.
-- in: id retriage_id
-- out: made_name text, undone_name text
select r.id, r.made_by, r.at, r.undone_by, r.undone_at, m.name as made_name, u.name as undone_name
from retriage r
join account m on m.id = r.made_by
left join account u on u.id = r.undone_by
where r.id = $id;

-- retriage_items :many
-- What it did, in its order.
-- row: retriage_item_row
select i.id, i.episode, i.enquiry, i.reference, i.reason, i.rag, i.rating, i.proposal, i.rag_was, i.first_rag_was, i.due_was,
	i.screened_was, i.screened_by_was, i.rescreen_asked_was, i.state_was, i.version_after, i.undone_at
from visible_retriage_item i
where i.viewer = $viewer and i.retriage = $retriage
order by i.id;

-- retriage_undone :exec
-- in: id retriage_id
update retriage set undone_by = $undone_by, undone_at = $undone_at where id = $id and undone_at is null;

-- retriage_item_undone :exec
-- in: id retriage_item_id
-- access: system, marks an item of an episode that the action locked through its view
update retriage_item set undone_at = $undone_at where id = $id;

-- retriage_list :many
-- What stands open in a workstream, for rating many at once: what waits to be screened first, by risk.
-- in: limit int
-- row: retriage_list_row
select e.id, e.reference, e.received_at, e.concern as main_concern, e.child_count, e.rag, e.due_at, e.screening_due_at,
	e.screened_at, e.rescreen_asked_at, e.pending, e.state, e.version, q.summary
from visible_episode e
join visible_enquiry q on q.viewer = $viewer and q.id = e.enquiry
where e.viewer = $viewer and e.ended_at is null
	and e.workstream = (select w.id from workstream w where w.key = $workstream_key)
order by case when e.screened_at is null or e.rescreen_asked_at is not null then 0 else 1 end, e.risk_order, e.started_at, e.id
limit $limit;
