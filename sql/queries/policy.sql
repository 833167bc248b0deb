-- policy_at :find
-- The version in force at an instant: the last that had begun, else the first.
-- in: at instant
select id, version, content
from policy
where id = coalesce((select p.id from policy p where p.valid_from <= $at order by p.version desc limit 1),
	(select p.id from policy p order by p.version limit 1));

-- policy_insert :one
-- in: valid_from instant
insert into policy (version, valid_from, content, note, loaded_by, recorded_at)
values ((select coalesce(max(p.version), 0) + 1 from policy p), $valid_from, $content, $note, $loaded_by, $recorded_at)
returning id, version;

-- policy_versions :many
-- The versions there are, the newest first.
-- out: loaded_by text
-- row: policy_version_row
select p.id, p.version, p.valid_from, p.note, p.recorded_at, a.name as loaded_by
from policy p
join account a on a.id = p.loaded_by
order by p.version desc
limit 100;

-- policy_open_episodes :many
-- Open episodes whose deadlines a new calendar or new hours may move, and how each was rated last.
-- access: system, recomputes deadlines; nothing is shown
select e.id, e.n, e.rag, e.started_at, e.screening_due_at, e.screened_at, e.due_at
from episode e
where e.ended_at is null
order by e.id;

-- policy_ratings :many
-- How an episode was rated, in order: for computing its deadline again.
-- access: system, recomputes deadlines; nothing is shown
select r.rag, r.kind, r.information_at, r.due_at, r.at
from rag_history r
where r.episode = $episode
order by r.at, r.id;

-- policy_episode_due :exec
-- Deadlines by the new policy; whoever has the page open is told by the version.
-- in: id episode_id
-- access: system, recomputes deadlines; nothing is shown
update episode set screening_due_at = $screening_due_at, due_at = $due_at, version = version + 1 where id = $id;

-- policy_caps :exec
-- Every worker's cap is the policy's; nobody is refused for holding more.
update worker set cap = $cap where cap <> $cap;
