-- import_enquiry :find
-- The enquiry a row of a decisions file is about: the one a file brought in, else any with this reference of its sender.
-- out: team text
select e.enquiry, e.reference, e.received_at, e.child_count, w.key as workstream, t.name as team
from visible_episode e
join workstream w on w.id = e.workstream
left join team t on t.workstream = e.workstream
join visible_enquiry q on q.viewer = $viewer and q.id = e.enquiry
where e.viewer = $viewer and e.external_ref = $external_ref and e.is_current = 1
order by case when q.source_system = 'file' then 0 else 1 end, e.enquiry, t.id
limit 1;

-- import_steps :many
-- What has happened with an enquiry, for leaving out what a file tells again.
select h.transition, h.at from visible_history h where h.viewer = $viewer and h.enquiry = $enquiry order by h.id;

-- import_strategy_requests :many
-- When strategy discussions of an enquiry were requested.
select d.requested_at as at from visible_strategy_discussion d
where d.viewer = $viewer and d.enquiry = $enquiry
order by d.id;

-- import_outcomes :many
-- The authorised outcomes of an enquiry's children, by their place.
select c.position, o.outcome, o.threshold_level
from visible_outcome o
join visible_child c on c.viewer = $viewer and c.id = o.child
where o.viewer = $viewer and o.enquiry = $enquiry and o.authorised_at is not null
order by c.position, o.id;
