-- happened_since :many
-- Steps that others wrote down since an instant, of what this person may see; of one person's work where that is asked.
-- in: since instant, worker account_id, limit int
-- row: happened
select h.id, h.reference, h.at, h.recorded_at, a.name as actor, h.transition, h.from_state, h.to_state,
	h.about as worker, b.name as worker_name, h.detail
from visible_history h
join account a on a.id = h.actor
left join account b on b.id = h.about
where h.viewer = $viewer and h.recorded_at >= $since and h.actor <> $viewer
	and ($worker is null or h.about = $worker or exists (
		select 1 from visible_episode e where e.viewer = $viewer and e.id = h.episode and e.worker = $worker limit 1 offset 0))
order by +h.id desc
limit $limit;

-- followed_persons :many
-- Whom the children of an enquiry are: what comes about one of them is shown on its page.
select distinct c.person from visible_child c
where c.viewer = $viewer and c.enquiry = $enquiry
order by c.person;

-- followed_enquiries :many
-- The other enquiries that an enquiry's page shows as they stand: about the same people, of the same incident, and withdrawn
-- as duplicates of it. Those that this person may not see are not among them.
-- in: limit int
-- out: enquiry enquiry_id
select x.enquiry from visible_child c
join visible_child x on x.viewer = $viewer and x.person = c.person and x.enquiry <> c.enquiry
where c.viewer = $viewer and c.enquiry = $enquiry
union
select q.id from visible_incident_link l join visible_enquiry q on q.viewer = $viewer and q.id = l.other
where l.viewer = $viewer and l.enquiry = $enquiry
union
select q.id from visible_incident_link l join visible_enquiry q on q.viewer = $viewer and q.id = l.enquiry
where l.viewer = $viewer and l.other = $enquiry
union
select q.id from visible_proposal p join visible_enquiry q on q.viewer = $viewer and q.id = p.enquiry
where p.viewer = $viewer and p.duplicate_of = $enquiry
order by 1
limit $limit;
