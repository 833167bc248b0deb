-- removal_counts :one
-- What somebody leaves behind: open with them, held by them, recommended and waiting for a manager, duties to come.
-- in: now instant
-- out: open int, held int, recommended int, duties int
-- access: system, totals only
select (select count(*) from episode e where e.worker = a.id and e.ended_at is null) as open,
	(select count(*) from episode e where e.held_by = a.id and e.ended_at is null and e.state = 'held') as held,
	(select count(*) from episode e where e.worker = a.id and e.ended_at is null and e.state = 'recommended')
		as recommended,
	(select count(*) from duty d where d.account = a.id and d.ends_at > $now and d.cancelled_at is null) as duties
from account a
where a.id = $account;

-- removal_holds :many
-- What goes back to unallocated with them; what they recommended stays, for a manager to decide.
-- access: system, whoever ends an account need not be one who may read what it held
select e.id
from episode e
where e.ended_at is null and ((e.worker = $account and e.state = 'allocated')
	or (e.held_by = $account and e.state = 'held'))
order by e.rag_order, e.due_at, e.id;
