-- expands
-- Two engines, many nodes: what machines that serve one hub together need to agree on, and what keeps long lists quick.
-- Only additions: a program that knows nothing of these works beside one that does.

-- A number for what was changed, taken by whichever machine tells the others (on SQLite the one server counts by itself).
-- engine: postgresql
create sequence change_number;
-- engine: both

-- Live pages

-- What others wrote down since a page was made is looked for by when it was written down.
create index history_recorded on history (recorded_at, id);

-- References, where several write at once

-- The counter's row would be held from the first creation that takes a number until that has committed, and every other
-- would wait. So on PostgreSQL numbers are made ready a hundred at a time, and each creation takes the first that nobody
-- holds; one that is undone is free again.
create table reference_ready (
	year int not null,
	n int not null,
	primary key (year, n)
) without rowid;
-- engine: postgresql
-- statement
create function reference_first_ready(y bigint) returns bigint language sql as $$
	delete from reference_ready
	where year = y and n = (
		select n from reference_ready where year = y order by n limit 1 for update skip locked)
	returning n
$$;
-- end
-- statement
create function reference_make_ready(y bigint) returns void language sql as $$
	with more as (update reference_counter set last = last + 100 where year = y returning last)
	insert into reference_ready (year, n) select y, m from more, generate_series(last - 99, last) m
$$;
-- end
-- More are made ready while there still are some, so that nobody has to wait for them.
-- statement
create function reference_take(y bigint) returns bigint language plpgsql as $$
declare
	taken bigint := reference_first_ready(y);
begin
	if taken is null then
		insert into reference_counter (year, last) values (y, 0) on conflict (year) do nothing;
		perform 1 from reference_counter where year = y for update;
		taken := reference_first_ready(y);
	end if;
	if taken is null then
		perform reference_make_ready(y);
		taken := reference_first_ready(y);
	end if;
	if taken % 100 = 50 then perform reference_make_ready(y); end if;
	return taken;
end $$;
-- end
-- engine: both

-- Scale

-- What a growing table is asked for, and what waits in one that grows.
create index outbox_enquiry on outbox (enquiry, id);
create index incident_link_enquiry on incident_link (enquiry, id);
create index incident_link_both on incident_link (other, id);
create index hand_over_clock on hand_over (kind, due_at, id) where coalesce(answer, '') <> 'accepted';
create index hand_over_accepted on hand_over (answered_at, kind, made_at) where answer = 'accepted';
create index episode_further_now on episode (is_current, id)
	where coalesce(rescreen_asked_at, review_asked_at) is not null;
create index child_family_latest on child (lower(family_name), id desc);
create index child_given_latest on child (lower(given_name), id desc);
create index job_run_at on job_run (name, at);

-- Figures of each day that is over and frozen, which pages of many days read: kept by a job once a day, from what was frozen, never
-- by an action.
create table day_total (
	id id primary key,
	day day not null unique,
	received int not null,
	completed int not null,
	closing int not null,
	closing_new int not null,
	closing_accumulation int not null,
	recorded_at instant not null
);

-- Who sees what, as before. Without "limit 1 offset 0" PostgreSQL reads every proposal, alarm and named person there is into a
-- table of its own before it looks at one enquiry; with it, it looks for those of this enquiry.
-- engine: sqlite
drop view visible_enquiry;
create view visible_enquiry as
-- engine: postgresql
create or replace view visible_enquiry as
-- engine: both
select q.*, v.id as viewer, s.sees as relation
from account v
join role_sight s on s.role = v.role
join enquiry q on (s.sees in ('full', 'reference') and q.restricted = 0)
	or (v.role in ('operator', 'service_manager') and q.restricted = 1)
	or (s.sees in ('full', 'reference') and q.restricted = 1 and (
		exists (select 1 from restriction_member m where m.enquiry = q.id and m.account = v.id limit 1 offset 0)
		or exists (select 1 from broken_glass g
			where g.enquiry = q.id and g.account = v.id and g.ended_at is null limit 1 offset 0)))
	or (s.sees in ('full', 'asked') and (
		exists (select 1 from proposal p join episode e on e.id = p.episode
			where e.enquiry = q.id and p.asked = v.id limit 1 offset 0)
		or exists (select 1 from alarm a join alarm_for f on f.alarm = a.id and f.account = v.id
			where a.enquiry = q.id limit 1 offset 0)));
