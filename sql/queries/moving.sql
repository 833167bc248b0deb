-- moving_began :exec
-- Where it had begun, the first time it is moved: its timeliness stays there.
-- access: system, writes the episode that the action locked through visible_episode
update episode set began_in = coalesce(began_in, workstream) where id = $episode;

-- moving_insert :exec
-- in: from_workstream workstream_id, to_workstream workstream_id
insert into move (episode, from_workstream, to_workstream, reason, moved_by, at, recorded_at)
values ($episode, $from_workstream, $to_workstream, $reason, $moved_by, $at, $recorded_at);

-- moving_choices :many
-- The workstreams there are.
select w.key as workstream, w.name as title from workstream w order by w.id;
