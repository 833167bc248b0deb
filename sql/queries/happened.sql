-- happened_since :many
-- Steps that others wrote down since an instant, of what this person may see; of one person's work where that is asked.
-- in: since instant, worker account_id, limit int
-- row: happened
select h.id, h.reference, h.at, h.recorded_at, a.name as actor, h.transition, h.from_state, h.to_state,
	h.about as worker, b.name as worker_name, h.detail
from visible_history h
join account a on a.id = h.actor
left join account b on b.id = h.about
where h.viewer = $viewer and h.recorded_at >= $since and h.actor <> $viewer
	and ($worker is null or h.about = $worker or exists (
		select 1 from visible_episode e where e.viewer = $viewer and e.id = h.episode and e.worker = $worker limit 1 offset 0))
order by +h.id desc
limit $limit;
