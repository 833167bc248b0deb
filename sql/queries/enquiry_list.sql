-- enquiry_list_open :many
-- Open enquiries, the most urgent first, after one of them. rag_order, due_at (unrated: screening due) and id are the key.
-- in: after_order int, after_due instant, after_id episode_id, limit int
-- out: due_key instant, linked bool
-- row: enquiry_row
select e.id, e.reference, e.external_ref, e.received_at, e.workstream_key as workstream, e.state, e.pending, e.rag, e.rag_order,
	e.screening_due_at, e.due_at, coalesce(e.due_at, e.screening_due_at) as due_key, e.child_count,
	e.concern as main_concern, e.worker_name as allocated_to, e.n, e.linked
from visible_line e
where e.viewer = $viewer and e.is_current = 1 and e.ended_at is null
	and (e.rag_order, coalesce(e.due_at, e.screening_due_at), e.id) > ($after_order, $after_due, $after_id)
order by e.rag_order, coalesce(e.due_at, e.screening_due_at), e.id
limit $limit;

-- enquiry_list_all :many
-- Every enquiry, open or ended, the latest received first, after one of them.
-- in: before_received instant, before_id episode_id, limit int
-- out: due_key instant, linked bool
-- row: enquiry_row
select e.id, e.reference, e.external_ref, e.received_at, e.workstream_key as workstream, e.state, e.pending, e.rag, e.rag_order,
	e.screening_due_at, e.due_at, coalesce(e.due_at, e.screening_due_at) as due_key, e.child_count,
	e.concern as main_concern, e.worker_name as allocated_to, e.n, e.linked
from visible_line e
where e.viewer = $viewer and e.is_current = 1
	and e.received_at <= $before_received and (e.received_at < $before_received or e.id < $before_id)
order by e.received_at desc, e.id desc
limit $limit;

-- enquiry_find_by_nhs_number :many
-- in: limit int
-- row: enquiry_found
-- Children with this NHS number, the latest enquiry first.
select c.enquiry, c.reference, c.received_at, c.id as child, c.given_name, c.family_name, c.date_of_birth, c.expected_date, e.state
from visible_child c
join visible_episode e on e.viewer = $viewer and e.enquiry = c.enquiry and e.is_current = 1
where c.viewer = $viewer and c.nhs_number = $nhs_number
order by c.received_at desc, c.id
limit $limit;

-- enquiry_find_by_birth :many
-- in: limit int
-- row: enquiry_found
-- access: system, finds ids by date of birth; what is shown of them is read through visible_child
-- Children born on this day, the latest enquiry first; of very many the latest children.
select c.enquiry, c.reference, c.received_at, c.id as child, c.given_name, c.family_name, c.date_of_birth, c.expected_date, e.state
from visible_child c
join episode e on e.enquiry = c.enquiry and e.is_current = 1
where c.viewer = $viewer and c.id in (
	select k.id from child k where k.date_of_birth = $date_of_birth order by k.id desc limit 60)
order by +c.received_at desc, c.id
limit $limit;

-- enquiry_find_by_one_name :many
-- in: low text, high text, limit int
-- row: enquiry_found
-- access: system, finds ids by name; what is shown of them is read through visible_child
-- Children one of whose names begins so (low, in small letters, to high): those called exactly so first, then the latest enquiry
-- first. Of very many the latest children.
select c.enquiry, c.reference, c.received_at, c.id as child, c.given_name, c.family_name, c.date_of_birth, c.expected_date, e.state
from visible_child c
join episode e on e.enquiry = c.enquiry and e.is_current = 1
where c.viewer = $viewer and c.id in (
	select f.id from (select k.id from child k where lower(k.family_name) >= $low and lower(k.family_name) < $high
		order by lower(k.family_name), k.id desc limit 60) f
	union
	select g.id from (select k.id from child k where lower(k.given_name) >= $low and lower(k.given_name) < $high
		order by lower(k.given_name), k.id desc limit 60) g)
order by case when $low in (lower(c.family_name), lower(c.given_name)) then 0 else 1 end, +c.received_at desc, c.id
limit $limit;

-- enquiry_find_by_two_names :many
-- in: given_low text, given_high text, family_low text, family_high text, limit int
-- row: enquiry_found
-- access: system, finds ids by name; what is shown of them is read through visible_child
-- Children whose two names begin so (low, in small letters, to high): those called exactly so first, then the latest enquiry
-- first. Of very many called exactly so the latest children. Family names are gone through one by one, however many have each.
with recursive family(name) as (
	select min(lower(k.family_name)) from child k
	where lower(k.family_name) >= $family_low and lower(k.family_name) < $family_high
	union all
	select (select min(lower(k.family_name)) from child k
		where lower(k.family_name) > f.name and lower(k.family_name) < $family_high)
	from family f
	where f.name is not null
)
select c.enquiry, c.reference, c.received_at, c.id as child, c.given_name, c.family_name, c.date_of_birth, c.expected_date, e.state
from visible_child c
join episode e on e.enquiry = c.enquiry and e.is_current = 1
where c.viewer = $viewer and c.id in (
	select x.id from (select k.id from child k
		where lower(k.family_name) = $family_low and lower(k.given_name) = $given_low
		order by k.id desc limit 60) x
	union
	select y.id from (select k.id from (select g.name from family g where g.name is not null limit 20000) f
		join child k on lower(k.family_name) = f.name and lower(k.given_name) >= $given_low and lower(k.given_name) < $given_high
		limit 60) y)
order by case when lower(c.family_name) = $family_low and lower(c.given_name) = $given_low then 0 else 1 end,
	+c.received_at desc, c.id
limit $limit;

-- hand_over_page :many
-- Hand-overs nobody has accepted yet, declined or not answered, the oldest first, after one of them.
-- in: after_at instant, after_id hand_over_id, limit int
-- out: given_name text, family_name text
-- row: hand_over_line
select h.id, h.reference, h.kind, h.to_whom, h.made_at as handed_over_at, h.due_at, h.answer,
	(select c.given_name from visible_child c where c.viewer = $viewer and c.id = h.child) as given_name,
	(select c.family_name from visible_child c where c.viewer = $viewer and c.id = h.child) as family_name
from visible_hand_over h
where h.viewer = $viewer and coalesce(h.answer, '') <> 'accepted'
	and (h.made_at > $after_at or (h.made_at = $after_at and h.id > $after_id))
order by h.made_at, h.id
limit $limit;
