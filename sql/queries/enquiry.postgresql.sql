-- reference_counter_take :one
-- From those made ready: nobody waits for another's commit.
select reference_take($year) as number;
