-- advice_insert :one
insert into advice (enquiry, to_whom, asked_by, advice, given_by, at, recorded_at)
values ($enquiry, $to_whom, $asked_by, $advice, $given_by, $at, $recorded_at)
returning id;

-- advice_page :many
-- Advice given, on an enquiry or on none, the latest first, from one of them back.
-- in: before_at instant, before_id advice_id, limit int
-- out: reference text
-- row: advice_row
select v.id, v.at, a.name as actor, v.to_whom as advice_to, v.asked_by, v.advice, v.escalated_at,
	(select q.reference from visible_enquiry q where q.viewer = $viewer and q.id = v.enquiry) as reference
from visible_advice v
join account a on a.id = v.given_by
where v.viewer = $viewer and v.at <= $before_at and (v.at < $before_at or v.id < $before_id)
order by v.at desc, v.id desc
limit $limit;

-- advice_get :find
-- in: advice advice_id
-- out: reference text
-- row: advice_row
select v.id, v.at, a.name as actor, v.to_whom as advice_to, v.asked_by, v.advice, v.escalated_at,
	(select q.reference from visible_enquiry q where q.viewer = $viewer and q.id = v.enquiry) as reference
from visible_advice v
join account a on a.id = v.given_by
where v.viewer = $viewer and v.id = $advice;

-- advice_name :exec
-- in: advice advice_id
-- A no-names consultation whose child proved at risk belongs to an enquiry from now on; once.
-- access: system, names advice the action has read
update advice set enquiry = $enquiry, escalated_at = $escalated_at where id = $advice and enquiry is null;
