-- looked_page :many
-- An enquiry's access log: who looked, searched and changed, the latest first, from one of them back.
-- in: before_n int, limit int
-- out: refused bool
-- row: looked_row
select l.id, l.n, l.at, a.name as actor, a.role, l.action, l.refused, l.detail
from visible_enquiry q
join access_log l on l.record_kind = 'enquiry' and l.record = q.id
join account a on a.id = l.account
where q.viewer = $viewer and q.id = $enquiry and l.n < $before_n
order by l.n desc
limit $limit;

-- looked_last :find
-- When and after how many entries this person last opened an enquiry.
-- in: enquiry int
select l.n, l.at from access_log l
where l.record_kind = 'enquiry' and l.record = $enquiry and l.account = $account and l.action = 'view_enquiry'
	and l.refused = 0
order by l.n desc
limit 1;

-- looked_since :many
-- What others have done to it since: counts by action and person, nothing of what was said.
-- in: enquiry int, n int
-- out: count int, actor text
select l.action, a.name as actor, count(*) as count from access_log l join account a on a.id = l.account
where l.record_kind = 'enquiry' and l.record = $enquiry and l.n > $n and l.account <> $account and l.refused = 0
	and l.action not in ('view_enquiry', 'find', 'view_access_log', 'print', 'draft', 'view_list')
group by l.action, a.name
order by l.action, a.name;

-- looked_already :find
-- Whether this person has opened this since then, among the latest entries of the record.
-- in: record_kind text, record int, since instant, limit int
select l.id from (select x.id, x.account, x.action, x.refused, x.detail, x.at from access_log x
	where x.record_kind = $record_kind and x.record = $record order by x.n desc limit $limit) l
where l.account = $account and l.action = $action and l.refused = 0 and l.at >= $since
	and coalesce(l.detail, '') = coalesce($detail, '')
order by l.id desc
limit 1;
