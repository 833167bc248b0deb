-- submission_get :find
-- What an account's idempotency key was answered with.
select s.route, s.body_hash, s.status, s.location, s.content_type, s.body
from submission s
where s.account = $account and s.key = $key;

-- submission_insert :exec
-- The first answer to a key, kept with the work it answered.
insert into submission (account, key, route, body_hash, status, location, content_type, body, at)
values ($account, $key, $route, $body_hash, $status, $location, $content_type, $body, $at);

-- submission_forget :exec
-- Those that nobody will send again.
-- in: before instant
delete from submission where at < $before;
