-- lock_enquiry :find
-- Not "for update": rows that refer to the enquiry may be added meanwhile.
select q.id from enquiry q where q.id = $enquiry for no key update;

-- lock_enquiry_free :find
select q.id from enquiry q where q.id = $enquiry for no key update skip locked;

-- lock_step_of :find
-- Rows are locked last in a statement, so the key comes first.
select q.id from (select pg_advisory_xact_lock_shared($key)) steps, enquiry q
where q.id = $enquiry for no key update of q;

-- lock_worker :find
select w.account from worker w where w.account = $account for no key update;

-- lock_account :find
select a.id from account a where a.id = $account for no key update;

-- lock_key :one
select count(pg_advisory_xact_lock($key)) as count;

-- lock_key_shared :one
select count(pg_advisory_xact_lock_shared($key)) as count;
