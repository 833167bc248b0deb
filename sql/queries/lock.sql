-- lock_enquiry :find
-- An enquiry that nobody else writes to until this transaction ends. PostgreSQL's alone: SQLite has one writer.
-- access: system, a lock, before anything of the enquiry is read
select q.id from enquiry q where q.id = $enquiry;

-- lock_enquiry_free :find
-- The same where nobody holds it; not found where somebody does. PostgreSQL's alone.
-- access: system, a lock, before anything of the enquiry is read
select q.id from enquiry q where q.id = $enquiry;

-- lock_step_of :find
-- The same, and the steps' key shared before it. PostgreSQL's alone.
-- in: key int
-- access: system, a lock, before anything of the enquiry is read
select q.id from enquiry q where q.id = $enquiry and $key is not null;

-- lock_worker :find
-- Whoever may hold enquiries, with how many they hold and may. PostgreSQL's alone.
select w.account from worker w where w.account = $account;

-- lock_account :find
-- An account, for the numbering of its own access log. PostgreSQL's alone.
select a.id from account a where a.id = $account;

-- lock_key :one
-- A lock that has a number and no row. PostgreSQL's alone.
-- in: key int
-- out: count int
select count($key) as count;

-- lock_key_shared :one
-- The same, held by as many as like, and by nobody while one has it alone. PostgreSQL's alone.
-- in: key int
-- out: count int
select count($key) as count;
