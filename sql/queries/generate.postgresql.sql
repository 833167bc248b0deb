-- generate_ids_settle :exec
-- What is written after this takes the ids after those that were given.
insert into reference_counter (year, last)
select 0, 0
where coalesce((select setval(pg_get_serial_sequence('access_log', 'id'), max(id)) from access_log), 1)
	+ coalesce((select setval(pg_get_serial_sequence('enquiry', 'id'), max(id)) from enquiry), 1)
	+ coalesce((select setval(pg_get_serial_sequence('child', 'id'), max(id)) from child), 1)
	+ coalesce((select setval(pg_get_serial_sequence('person', 'id'), max(id)) from person), 1)
	+ coalesce((select setval(pg_get_serial_sequence('episode', 'id'), max(id)) from episode), 1)
	+ coalesce((select setval(pg_get_serial_sequence('proposal', 'id'), max(id)) from proposal), 1) < 0;
