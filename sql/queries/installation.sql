-- installation_insert :exec
-- Whose hub this is; there is one row.
insert into installation (authority, reference_prefix, simulated, created_at)
values ($authority, $reference_prefix, $simulated, $created_at);

-- team_insert :exec
-- A team for a workstream.
insert into team (name, workstream) values ($name, (select w.id from workstream w where w.key = $key));
