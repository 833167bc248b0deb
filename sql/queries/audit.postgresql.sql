-- audit_first_gap :find
-- An identity leaves holes where a transaction was undone: no finding.
select l.id as id from access_log l where l.id is null limit 1;
