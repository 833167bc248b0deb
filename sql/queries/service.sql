-- service_list :many
-- The services in use, by name.
-- row: service
select id, name from service where retired_at is null order by name, id;

-- service_all :many
-- Every service there has been, and since when it is offered no more.
-- out: ended_at instant
select id, name, retired_at as ended_at from service order by id;

-- service_offer :exec
-- Offered from now on, under the name as it is written now.
-- in: id service_id
update service set name = $name, retired_at = null where id = $id;

-- service_retire :exec
-- Offered no more; what was referred to it stays so.
-- in: id service_id, at instant
update service set retired_at = $at where id = $id;

-- service_insert :exec
insert into service (name) values ($name);
