-- moving_began :exec
-- Where it had begun, the first time it is moved: its timeliness stays there.
-- access: system, writes the episode that the action locked through visible_episode
update episode set began_in = coalesce(began_in, workstream) where id = $episode;
