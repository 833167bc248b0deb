-- audit_entries :one
-- How many entries the access log has.
-- out: count int
select count(*) as count from access_log;

-- audit_first_misnumbered :find
-- The first entry whose number is not its place within its record: one before it is missing, or was put in.
-- out: id access_log_id
select p.id as id
from (select l.id, l.n, row_number() over (partition by l.record_kind, l.record order by l.id) as place
	from access_log l) p
where p.n <> p.place
order by p.id
limit 1;

-- audit_first_gap :find
-- The first entry behind a missing one: one writer numbers the whole log without a hole.
-- out: id access_log_id
select p.id as id
from (select l.id, row_number() over (order by l.id) as place from access_log l) p
where p.id <> p.place
order by p.id
limit 1;

-- audit_first_unlogged :find
-- The first step of the life cycle whose entry is missing or is of another record or person.
-- access: system, compares ids of steps with the entries written with them; nothing of a case is read
-- out: entry access_log_id
select h.entry as entry
from history h
left join access_log l on l.id = h.entry
where l.id is null or l.record_kind <> 'enquiry' or l.record <> h.enquiry or l.account <> h.actor
order by h.entry
limit 1;
