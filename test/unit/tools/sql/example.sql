-- account_add :one
insert into account (name) values ($name) returning id;

-- child_add :one
-- Adds a child with a value of every type.
insert into child (given_name, date_of_birth, received_at, open, late, low, content, worker)
values ($given_name, $date_of_birth, $received_at, $open, $late, $low, $content, $worker)
returning id;

-- child_whole :one
-- in: id child_id
-- access: system, a test compares what went in with what comes out
select given_name, date_of_birth, received_at, open, late, low, content, worker from child where id = $id;

-- child_of_worker :many
-- What one worker holds; "quoted", and a back\slash.
-- row: held_row
select id, given_name from visible_child where viewer = $viewer order by id;

-- child_find :find
-- row: held_row
select id, given_name from visible_child where viewer = $viewer and given_name = $given_name;

-- child_mark_late :exec
-- access: system, a clock has no viewer
update child set late = 1 where given_name <> $given_name;

-- child_count :one
-- out: count int
-- access: system, a figure
select count(*) as count from child;

-- account_any :find
-- Wrong on purpose: it may give more than one.
select id, name from account;
