-- edt_figures :one
-- How much stands on EDT's list: by the indexes that each part of it is read by.
-- in: since instant
-- out: unscreened int, red int, handed_over int, given_back int, to_accept int
-- access: system, totals only
select
	(select count(*) from episode e where e.screened_at is null and e.ended_at is null) as unscreened,
	(select count(*) from episode e where e.rag_order = 0 and e.ended_at is null) as red,
	(select count(*) from duty_hand_over d join episode e on e.id = d.episode
		where d.given_at >= $since and d.direction = 'to_edt' and d.overtaken_at is null and e.ended_at is null
			and not exists (select 1 from duty_hand_over n where n.episode = d.episode and n.id > d.id)) as handed_over,
	(select count(*) from duty_hand_over d
		where coalesce(d.accepted_at, d.overtaken_at) is null and d.direction = 'from_edt') as given_back,
	(select count(*) from duty_hand_over d
		where coalesce(d.accepted_at, d.overtaken_at) is null and d.direction = 'to_edt') as to_accept;

-- edt_unscreened :many
-- What nobody has screened: by the order of risk, then the oldest.
-- in: after episode_id, limit int
-- out: given_by text, accepted_by text
-- row: edt_row
select e.id, e.enquiry, e.reference, e.received_at, e.state, e.pending, e.rag, e.due_at, e.screening_due_at,
	e.risk_order, e.immediate_danger, e.concern as main_concern, e.child_count, e.referrer_phone, e.direction,
	e.given_at, e.giver as given_by, e.hand_over_words, e.accepted_at, e.accepter as accepted_by
from visible_edt_line e
where e.viewer = $viewer and e.screened_at is null and e.ended_at is null
	and ($after is null or (e.risk_order, e.started_at, e.id) > (select p.risk_order, p.started_at, p.id
		from visible_episode p where p.viewer = $viewer and p.id = $after))
order by e.risk_order, e.started_at, e.id
limit $limit;

-- edt_red :many
-- Open reds, the first due first.
-- in: after episode_id, limit int
-- out: given_by text, accepted_by text
-- row: edt_row
select e.id, e.enquiry, e.reference, e.received_at, e.state, e.pending, e.rag, e.due_at, e.screening_due_at,
	e.risk_order, e.immediate_danger, e.concern as main_concern, e.child_count, e.referrer_phone, e.direction,
	e.given_at, e.giver as given_by, e.hand_over_words, e.accepted_at, e.accepter as accepted_by
from visible_edt_line e
where e.viewer = $viewer and e.rag_order = 0 and e.ended_at is null
	and ($after is null or (e.due_at, e.id) > (select p.due_at, p.id
		from visible_episode p where p.viewer = $viewer and p.id = $after))
order by e.due_at, e.id
limit $limit;

-- edt_handed_over :many
-- What the hub or somebody gave to EDT and is with it, or waits for it, and is open: the most urgent first.
-- in: after episode_id, limit int, since instant
-- out: given_by text, accepted_by text
-- row: edt_row
-- access: system, the hand-overs and the telephone of an enquiry that is read through visible_episode
select e.id, e.enquiry, e.reference, e.received_at, e.state, e.pending, e.rag, e.due_at, e.screening_due_at,
	e.risk_order, e.immediate_danger, e.concern as main_concern, e.child_count, q.referrer_phone, d.direction,
	d.given_at, g.name as given_by, d.words as hand_over_words, d.accepted_at, a.name as accepted_by
from duty_hand_over d
join visible_episode e on e.id = d.episode
join enquiry q on q.id = e.enquiry
left join account g on g.id = d.given_by
left join account a on a.id = d.accepted_by
where e.viewer = $viewer and d.given_at >= $since and d.direction = 'to_edt' and d.overtaken_at is null
	and e.ended_at is null
	and not exists (select 1 from duty_hand_over n where n.episode = d.episode and n.id > d.id)
	and ($after is null or (e.rag_order, e.risk_order, e.started_at, e.id) > (
		select p.rag_order, p.risk_order, p.started_at, p.id
		from visible_episode p where p.viewer = $viewer and p.id = $after))
order by e.rag_order, e.risk_order, e.started_at, e.id
limit $limit;

-- edt_given_back :many
-- What EDT gave to the day team and nobody has accepted yet, the most urgent first.
-- in: after episode_id, limit int
-- out: given_by text, accepted_by text
-- row: edt_row
select e.id, e.enquiry, e.reference, e.received_at, e.state, e.pending, e.rag, e.due_at, e.screening_due_at,
	e.risk_order, e.immediate_danger, e.concern as main_concern, e.child_count, e.referrer_phone, e.direction,
	e.given_at, e.giver as given_by, e.hand_over_words, e.accepted_at, e.accepter as accepted_by
from visible_edt_line e
where e.viewer = $viewer and e.direction = 'from_edt'
	and ($after is null or (e.rag_order, e.risk_order, e.started_at, e.id) > (
		select p.rag_order, p.risk_order, p.started_at, p.id
		from visible_episode p where p.viewer = $viewer and p.id = $after))
order by e.rag_order, e.risk_order, e.started_at, e.id
limit $limit;
