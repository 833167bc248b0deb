-- reopening_leave :exec
-- The episode that ended is no longer the current one.
-- access: system, leaves an episode the action has locked
update episode set is_current = 0, version = version + 1 where id = $episode and version = $version;
