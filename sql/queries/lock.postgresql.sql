-- lock_record :find
-- Not "for update": rows that refer to the enquiry may be added meanwhile.
select q.id from enquiry q where q.id = $enquiry for no key update;

-- lock_step :find
-- What is frozen is locked first, as everywhere.
select q.id from (select pg_advisory_xact_lock_shared($key)) counted, enquiry q
where q.id = $enquiry for no key update of q;

-- lock_record_free :find
select q.id from enquiry q where q.id = $enquiry for no key update skip locked;

-- lock_worker_row :find
select w.account from worker w where w.account = $account for no key update;

-- lock_workers :many
select w.account from worker w order by w.account for no key update;

-- lock_account :find
select a.id from account a where a.id = $account for no key update;

-- lock_key :one
select count(pg_advisory_xact_lock($key)) as count;

-- lock_key_shared :one
select count(pg_advisory_xact_lock_shared($key)) as count;
