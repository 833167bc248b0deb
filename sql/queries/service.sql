-- service_list :many
-- The services in use, by name.
-- row: service
select id, name from service where retired_at is null order by name, id;
