-- The hub from the front door to the daily return.
--
-- Tables marked "case data" are read through visible_* views only. Every event has `at` (when it happened) and
-- `recorded_at` (when it was written down). Instants are milliseconds since 1970 UTC, days ISO dates.

-- One row: whose hub this is.
create table installation (
	id id primary key,
	authority text not null,
	reference_prefix text not null,
	simulated bool not null,
	created_at instant not null
);

-- Who sees which records at all: full, reference (no names, no narrative), asked (only where they are asked to
-- sign or are alarmed), none. rules/access.c says the same of actions and fields; a test compares the two.
create table role_sight (
	id id primary key,
	role text not null unique,
	sees text not null check (sees in ('full', 'reference', 'asked', 'none'))
);
insert into role_sight (role, sees) values
	('operator', 'full'), ('administrator', 'full'), ('social_worker', 'full'), ('practice_manager', 'full'),
	('edt_worker', 'full'), ('edt_manager', 'full'), ('auditor', 'full'), ('project_manager', 'reference'),
	('service_manager', 'asked'), ('director', 'none'), ('partner', 'none'), ('system_administrator', 'none');

create table workstream (
	id id primary key,
	key text not null unique,
	name text not null
);
insert into workstream (key, name) values ('new', 'New enquiries'), ('accumulation', 'Accumulation');

create table team (
	id id primary key,
	name text not null unique,
	workstream id references workstream
);

create table account (
	id id primary key,
	email text not null unique,
	name text not null,
	role text not null references role_sight (role),
	agency text,
	team id references team,
	password_hash text,
	ends_at instant,
	disabled_at instant,
	created_at instant not null
);
create index account_name on account (name, id);

-- Who may hold enquiries, how many they hold now and how many they may. `open` is kept by triggers on episode.
create table worker (
	id id primary key,
	account id not null unique references account,
	staff_number text not null,
	open int not null default 0 check (open >= 0),
	cap int not null check (cap >= 0),
	hours_percent int not null default 100 check (hours_percent between 0 and 100),
	last_given_at instant
);

create table absence (
	id id primary key,
	account id not null references account,
	starts_at instant not null,
	ends_at instant,
	reason text not null,
	recorded_at instant not null,
	check (ends_at is null or ends_at > starts_at)
);
create index absence_account on absence (account, starts_at);

-- Somebody who signs in a practice manager's place between two instants.
create table deputy (
	id id primary key,
	account id not null references account,
	starts_at instant not null,
	ends_at instant not null,
	named_by id not null references account,
	recorded_at instant not null,
	check (ends_at > starts_at)
);
create index deputy_account on deputy (account, starts_at);

create table session (
	id id primary key,
	account id not null references account,
	token_hash bytes not null unique,
	csrf text not null,
	created_at instant not null,
	last_seen_at instant not null,
	expires_at instant not null
);
create index session_account on session (account);

create table sign_in_failure (
	id id primary key,
	email text not null,
	at instant not null
);
create index sign_in_failure_email on sign_in_failure (email, at);

-- Policy is versioned data: the version in force is the last that had begun; versions are never changed.
create table policy (
	id id primary key,
	version int not null unique,
	valid_from instant not null,
	content text not null,
	note text not null,
	loaded_by id not null references account,
	recorded_at instant not null
);

create table service (
	id id primary key,
	name text not null unique,
	retired_at instant
);

-- The last number given in a local year of receipt; gaps are allowed.
create table reference_counter (
	id id primary key,
	year int not null unique,
	last int not null
);

-- case data
create table person (
	id id primary key,
	given_name text,
	family_name text,
	date_of_birth day,
	expected_date day,
	sex text,
	ethnicity text,
	nhs_number text,
	recorded_at instant not null
);
create index person_nhs_number on person (nhs_number);
create index person_family_name on person (family_name, given_name);
create index person_date_of_birth on person (date_of_birth);

-- The receipt: what was said, by whom, when. It does not change; what is learned later is added beside it.
-- case data
create table enquiry (
	id id primary key,
	reference text not null unique,
	source_system text not null,
	external_ref text,
	received_at instant not null,
	recorded_at instant not null,
	recorded_by id not null references account,
	channel text not null,
	source_code text not null,
	referrer_name text,
	referrer_role text,
	referrer_organisation text,
	referrer_email text,
	referrer_phone text,
	concern text not null,
	concerns text not null,
	domestic_abuse_notification bool not null,
	immediate_danger bool not null,
	consent text,
	summary text not null,
	child_count int not null check (child_count >= 0),
	content_hash bytes not null
);
create unique index enquiry_external_ref on enquiry (source_system, external_ref) where external_ref is not null;
create index enquiry_any_external_ref on enquiry (external_ref);
create index enquiry_received_at on enquiry (received_at, id);

-- case data
create table child (
	id id primary key,
	enquiry id not null references enquiry,
	position int not null,
	person id not null references person,
	given_name text,
	family_name text,
	date_of_birth day,
	expected_date day,
	sex text,
	ethnicity text,
	nhs_number text,
	address text,
	postcode text,
	parent_name text,
	recorded_at instant not null,
	removed_at instant,
	unique (enquiry, position),
	check (date_of_birth is null or expected_date is null)
);
create index child_person on child (person);
create index child_nhs_number on child (nhs_number);
create index child_family_name on child (lower(family_name));
create index child_given_name on child (lower(given_name));
create index child_date_of_birth on child (date_of_birth);
create index child_household on child (postcode, family_name);

-- The same submission again with other content: added, never merged into the receipt.
-- case data
create table further_information (
	id id primary key,
	enquiry id not null references enquiry,
	received_at instant not null,
	recorded_at instant not null,
	recorded_by id not null references account,
	referrer_name text,
	summary text not null,
	content text not null,
	content_hash bytes not null
);
create index further_information_enquiry on further_information (enquiry, id);

create table lifecycle_step (
	id id primary key,
	from_state text not null,
	to_state text not null,
	unique (from_state, to_state)
);
insert into lifecycle_step (from_state, to_state) values
	('none', 'received'), ('none', 'screened'),
	('received', 'received'), ('received', 'screened'), ('received', 'withdrawn'),
	('screened', 'screened'), ('screened', 'screened_out'), ('screened', 'allocated'), ('screened', 'held'),
	('screened', 'withdrawn'),
	('allocated', 'allocated'), ('allocated', 'screened'), ('allocated', 'held'), ('allocated', 'recommended'),
	('allocated', 'withdrawn'),
	('held', 'held'), ('held', 'allocated'), ('held', 'screened'), ('held', 'recommended'), ('held', 'withdrawn'),
	('recommended', 'recommended'), ('recommended', 'allocated'), ('recommended', 'held'),
	('recommended', 'decided'), ('recommended', 'withdrawn'),
	('decided', 'decided'), ('decided', 'closed'),
	('screened_out', 'screened_out'), ('screened_out', 'closed'),
	('closed', 'closed'), ('withdrawn', 'withdrawn');

-- One working of an enquiry: re-opening makes the next. `pending` is the kind of the unanswered proposal.
-- `risk_order` is the order of screening (rules/risk.h), known at receipt.
-- `ended_at` is the first authorised end (decided, screened out, withdrawn); null is open.
-- case data
create table episode (
	id id primary key,
	enquiry id not null references enquiry,
	n int not null,
	is_current bool not null,
	workstream id not null references workstream,
	state text not null,
	pending text,
	rag text check (rag in ('red', 'amber', 'green')),
	rag_order int not null default 3,
	risk_order int not null default 5,
	first_rag text,
	started_at instant not null,
	screening_due_at instant not null,
	screened_at instant,
	screened_by id references account,
	due_at instant,
	worker id references account,
	allocated_at instant,
	held_by id references account,
	held_at instant,
	recommended_by id references account,
	recommended_at instant,
	necessary text check (necessary in ('yes', 'no')),
	necessary_reason text,
	ended text check (ended in ('screening', 'decision', 'open_case', 'withdrawn')),
	ended_at instant,
	closed_at instant,
	rescreen_asked_at instant,
	review_asked_at instant,
	version int not null,
	recorded_at instant not null,
	unique (enquiry, n),
	check (ended_at is null or pending is null),
	check (state not in ('decided', 'screened_out', 'closed', 'withdrawn') or ended_at is not null),
	check (state not in ('received', 'screened', 'allocated', 'held', 'recommended') or ended_at is null),
	check (state not in ('allocated') or worker is not null),
	check (state in ('received', 'withdrawn') or rag is not null),
	check ((rag is null) = (due_at is null))
);
create unique index episode_current on episode (enquiry) where is_current = 1;
-- They end in ended_at because SQLite reads the table for a column that is only in an index's condition.
create index episode_open on episode (state, rag_order, due_at, id, ended_at) where ended_at is null;
create index episode_urgency on episode (rag_order, due_at, id, ended_at) where ended_at is null;
create index episode_list on episode (rag_order, (coalesce(due_at, screening_due_at)), id, ended_at)
	where ended_at is null;
create index episode_screening_due on episode (screening_due_at, started_at, id)
	where screened_at is null and ended_at is null;
create index episode_unscreened on episode (risk_order, started_at, id) where screened_at is null and ended_at is null;
create index episode_standing on episode (workstream, state, rag_order, ended_at) where ended_at is null;
create index episode_due_open on episode (due_at, id, ended_at) where ended_at is null;
create index episode_worker on episode (worker, rag_order, due_at, id, ended_at) where ended_at is null;
create index episode_pending on episode (due_at, id) where pending is not null;
create index episode_further on episode (id) where coalesce(rescreen_asked_at, review_asked_at) is not null;
create index episode_started_at on episode (started_at, id);
create index episode_ended_at on episode (ended_at, id) where ended_at is not null;
create index episode_due_at on episode (due_at, id);
create index episode_screening_settles on episode (screening_due_at, screened_at);
create index episode_screened_at on episode (screened_at, id) where screened_at is not null;

-- case data
create table rag_history (
	id id primary key,
	episode id not null references episode,
	rag text not null,
	kind text not null check (kind in ('danger', 'first', 'misrated', 'new_information', 'reopened')),
	reason text not null,
	information_at instant,
	due_at instant not null,
	rated_by id not null references account,
	at instant not null,
	recorded_at instant not null
);
create index rag_history_episode on rag_history (episode, at, id);
create index rag_history_at on rag_history (at, id);
create index rag_history_due_at on rag_history (due_at, episode);

-- case data
create table allocation (
	id id primary key,
	episode id not null references episode,
	worker id not null references account,
	recommended id references account,
	reason text,
	allocated_by id not null references account,
	at instant not null,
	recorded_at instant not null,
	ended_at instant
);
create index allocation_episode on allocation (episode, at, id);
create index allocation_worker on allocation (worker, at, id);
create index allocation_at on allocation (at, ended_at);

-- Every step that needs two people.
-- case data
create table proposal (
	id id primary key,
	episode id not null references episode,
	kind text not null check (kind in ('screen_out', 'lowering', 'outcome', 'withdrawal')),
	proposed_by id not null references account,
	proposed_at instant not null,
	recorded_at instant not null,
	analysis text,
	reason text,
	content text,
	asked id references account,
	answered_by id references account,
	answered_at instant,
	answer text check (answer in ('agreed', 'returned', 'refused', 'overtaken')),
	answer_reason text,
	policy id not null references policy,
	check ((answered_at is null) = (answer is null)),
	check (answered_by is null or answered_by <> proposed_by or answer in ('returned', 'overtaken'))
);
create unique index proposal_unanswered on proposal (episode) where answered_at is null;
create index proposal_episode on proposal (episode, id);
create index proposal_answered_at on proposal (answered_at, episode);
create index proposal_proposed_by on proposal (proposed_by, answered_at, episode);
create index proposal_asked on proposal (asked) where answered_at is null;

-- What was recommended for each child, and, once authorised, the outcome of the child in this episode.
-- case data
create table outcome (
	id id primary key,
	episode id not null references episode,
	child id not null references child,
	proposal id not null references proposal,
	outcome text not null,
	threshold_level int not null,
	reason text not null,
	service id references service,
	agreement_by text,
	agreement_at instant,
	below_level text,
	to_whom text,
	authorised_by id references account,
	authorised_at instant,
	recorded_at instant not null,
	unique (proposal, child)
);
create unique index outcome_authorised on outcome (episode, child) where authorised_at is not null;
create index outcome_episode on outcome (episode, child);
create index outcome_child on outcome (child);
create index outcome_authorised_at on outcome (authorised_at, id);

-- case data
create table strategy_discussion (
	id id primary key,
	episode id not null references episode,
	requested_at instant not null,
	requested_by id not null references account,
	reason text,
	held_at instant,
	agencies text,
	took_part text,
	decision text,
	police_protection_at instant,
	recorded_at instant not null
);
create index strategy_discussion_episode on strategy_discussion (episode, requested_at);

-- case data
create table hand_over (
	id id primary key,
	episode id not null references episode,
	child id references child,
	kind text not null,
	to_whom text not null,
	made_by id not null references account,
	made_at instant not null,
	due_at instant,
	answered_by text,
	answered_at instant,
	answer text check (answer in ('accepted', 'declined')),
	answer_reason text,
	recorded_at instant not null
);
create index hand_over_episode on hand_over (episode, id);
create index hand_over_waiting on hand_over (made_at, id) where coalesce(answer, '') <> 'accepted';

-- Advice to a family or a professional, on an enquiry or on none (a no-names consultation).
-- case data
create table advice (
	id id primary key,
	enquiry id references enquiry,
	to_whom text not null,
	advice text not null,
	given_by id not null references account,
	at instant not null,
	recorded_at instant not null
);
create index advice_enquiry on advice (enquiry, id);
create index advice_at on advice (at, id);

-- The access log: append-only, numbered 1..n within a record, ids and field names only.
create table access_log (
	id id primary key,
	record_kind text not null check (record_kind in ('enquiry', 'account', 'hub')),
	record int not null,
	n int not null,
	account id not null references account,
	action text not null,
	refused bool not null,
	detail text,
	request_id text,
	at instant not null,
	recorded_at instant not null,
	unique (record_kind, record, n)
);
create index access_log_account on access_log (account, id);

-- Every step of the life cycle, with the access-log entry that was written with it.
-- case data
create table history (
	id id primary key,
	enquiry id not null references enquiry,
	episode id not null references episode,
	transition text not null,
	from_state text not null,
	to_state text not null,
	actor id not null references account,
	about id references account,
	detail text,
	entry id not null references access_log,
	at instant not null,
	recorded_at instant not null,
	foreign key (from_state, to_state) references lifecycle_step (from_state, to_state)
);
create index history_enquiry on history (enquiry, at, id);
create index history_at on history (at, actor, transition);
create index history_actor on history (actor, at, transition, enquiry);
create index history_entry on history (entry);

-- What the daily return's balance counts: one row an enquiry (child null) or a child. `counts_at` is `at`, unless
-- that window had been frozen when it was recorded: then a correction, counted at the last frozen window's end, which
-- is the next return's start.
-- case data
create table balance_event (
	id id primary key,
	kind text not null check (kind in ('received', 'reopened', 'moved_in', 'completed', 'withdrawn', 'moved_out',
		'added', 'removed')),
	unit text not null check (unit in ('enquiry', 'child')),
	workstream id not null references workstream,
	enquiry id not null references enquiry,
	episode id not null references episode,
	child id references child,
	screened_out bool not null,
	correction bool not null,
	at instant not null,
	counts_at instant not null,
	recorded_at instant not null,
	check ((unit = 'child') = (child is not null))
);
create index balance_event_counts_at on balance_event (counts_at, workstream, unit, kind, screened_out, correction);
create index balance_event_workstream on balance_event (workstream, unit, counts_at, kind);
create index balance_event_episode on balance_event (episode, kind);

-- A frozen return. `content` is the whole of what was shown; the balance stands beside it and has to balance.
create table daily_return (
	id id primary key,
	day day not null unique,
	window_start instant not null,
	window_end instant not null,
	frozen_at instant not null,
	collated_at instant,
	collated_by id references account,
	content text not null,
	check (window_end > window_start)
);
create unique index daily_return_window_end on daily_return (window_end);

create table daily_balance (
	id id primary key,
	daily_return id not null references daily_return,
	workstream_key text not null,
	unit text not null check (unit in ('enquiry', 'child')),
	opening int not null,
	received int not null,
	reopened int not null,
	moved_in int not null,
	corrections int not null,
	added int not null,
	removed int not null,
	completed int not null,
	screened_out int not null,
	withdrawn int not null,
	moved_out int not null,
	closing int not null,
	unique (daily_return, workstream_key, unit),
	check (opening + received + reopened + moved_in + corrections + added - removed - completed - withdrawn
		- moved_out = closing)
);

create table outbox (
	id id primary key,
	stable_id text not null unique,
	kind text not null,
	enquiry id references enquiry,
	content text not null,
	at instant not null,
	due_at instant not null,
	delivered_at instant,
	attempts int not null default 0,
	last_error text,
	recorded_at instant not null
);
create index outbox_waiting on outbox (due_at, id) where delivered_at is null;

-- Answers already given to a key, so that sending again gets the first answer.
create table submission (
	id id primary key,
	account id not null references account,
	key text not null,
	route text not null,
	body_hash bytes not null,
	status int not null,
	location text,
	content_type text,
	body text,
	at instant not null,
	unique (account, key)
);
create index submission_at on submission (at);

-- The visible_* views: which rows a viewer may see, and in which relation. One predicate; every query goes through it.

create view visible_enquiry as
select q.*, v.id as viewer, s.sees as relation
from account v
join role_sight s on s.role = v.role
join enquiry q on s.sees in ('full', 'reference')
	or (s.sees = 'asked' and exists (
		select 1 from proposal p join episode e on e.id = p.episode where e.enquiry = q.id and p.asked = v.id));

create view visible_episode as
select e.*, q.reference, q.external_ref, q.received_at, q.channel, q.source_code, q.concern, q.concerns,
	q.domestic_abuse_notification, q.immediate_danger, q.child_count, q.viewer, q.relation
from visible_enquiry q
join episode e on e.enquiry = q.id;

create view visible_child as
select c.*, q.reference, q.received_at, q.viewer, q.relation
from visible_enquiry q
join child c on c.enquiry = q.id;

create view visible_outcome as
select o.*, e.enquiry, e.viewer, e.relation
from visible_episode e
join outcome o on o.episode = e.id;

create view visible_proposal as
select p.*, e.enquiry, e.viewer, e.relation
from visible_episode e
join proposal p on p.episode = e.id;

create view visible_rag_history as
select r.*, e.enquiry, e.viewer, e.relation
from visible_episode e
join rag_history r on r.episode = e.id;

create view visible_allocation as
select a.*, e.enquiry, e.viewer, e.relation
from visible_episode e
join allocation a on a.episode = e.id;

create view visible_strategy_discussion as
select d.*, e.enquiry, e.viewer, e.relation
from visible_episode e
join strategy_discussion d on d.episode = e.id;

create view visible_hand_over as
select h.*, e.enquiry, e.reference, e.viewer, e.relation
from visible_episode e
join hand_over h on h.episode = e.id;

create view visible_history as
select h.*, q.reference, q.viewer, q.relation
from visible_enquiry q
join history h on h.enquiry = q.id;

create view visible_further_information as
select f.*, q.viewer, q.relation
from visible_enquiry q
join further_information f on f.enquiry = q.id;

create view visible_advice as
select a.*, v.id as viewer, s.sees as relation
from account v
join role_sight s on s.role = v.role and s.sees = 'full'
cross join advice a;

create view visible_person as
select p.*, v.id as viewer, s.sees as relation
from account v
join role_sight s on s.role = v.role and s.sees = 'full'
cross join person p;

-- What the schema guards by itself: the caseload counter and its cap, the life cycle, and that nothing is unsaid.

-- engine: sqlite
-- statement
create trigger worker_cap before update of open on worker
when new.open > old.open and new.open > new.cap * new.hours_percent / 100
begin
	select raise(abort, 'the caseload is full');
end
-- end
-- statement
create trigger episode_left after update of worker, ended_at on episode
when old.worker is not null and old.ended_at is null and (new.worker is not old.worker or new.ended_at is not null)
begin
	update worker set open = open - 1 where account = old.worker;
end
-- end
-- statement
create trigger episode_taken after update of worker, ended_at on episode
when new.worker is not null and new.ended_at is null and (old.worker is not new.worker or old.ended_at is not null)
begin
	update worker set open = open + 1 where account = new.worker;
end
-- end
-- statement
create trigger episode_starts before insert on episode
when new.worker is not null or not exists (
	select 1 from lifecycle_step s where s.from_state = 'none' and s.to_state = new.state)
begin
	select raise(abort, 'an episode starts received, or screened when re-opened, with nobody');
end
-- end
-- statement
create trigger episode_steps before update of state on episode
when not exists (select 1 from lifecycle_step s where s.from_state = old.state and s.to_state = new.state)
begin
	select raise(abort, 'the life cycle has no such step');
end
-- end
-- statement
create trigger episode_ends_once before update of ended_at on episode
when old.ended_at is not null and new.ended_at is not old.ended_at
begin
	select raise(abort, 'an episode ends once');
end
-- end
-- statement
create trigger access_log_keeps before update on access_log
begin
	select raise(abort, 'the access log is never changed');
end
-- end
-- statement
create trigger access_log_stays before delete on access_log
begin
	select raise(abort, 'the access log is never shortened');
end
-- end
-- statement
create trigger history_keeps before update on history
begin
	select raise(abort, 'history is never changed');
end
-- end
-- statement
create trigger history_stays before delete on history
begin
	select raise(abort, 'history is never shortened');
end
-- end
-- statement
create trigger enquiry_stays before delete on enquiry
begin
	select raise(abort, 'an enquiry is never deleted');
end
-- end
-- statement
create trigger daily_return_keeps before update on daily_return
begin
	select raise(abort, 'a frozen return is never changed');
end
-- end
-- statement
create trigger policy_keeps before update on policy
begin
	select raise(abort, 'a policy version is never changed');
end
-- end
-- statement
create trigger rag_history_keeps before update on rag_history
begin
	select raise(abort, 'the ratings are never rewritten');
end
-- end
-- statement
create trigger rag_history_stays before delete on rag_history
begin
	select raise(abort, 'the ratings are never rewritten');
end
-- end
-- statement
create trigger balance_event_keeps before update on balance_event
begin
	select raise(abort, 'what the balance counts is never rewritten');
end
-- end
-- statement
create trigger balance_event_stays before delete on balance_event
begin
	select raise(abort, 'what the balance counts is never rewritten');
end
-- end
-- statement
create trigger daily_balance_keeps before update on daily_balance
begin
	select raise(abort, 'a frozen return is never changed');
end
-- end
-- statement
create trigger daily_balance_stays before delete on daily_balance
begin
	select raise(abort, 'a frozen return is never changed');
end
-- end
-- statement
create trigger daily_return_stays before delete on daily_return
begin
	select raise(abort, 'a frozen return is never deleted');
end
-- end
-- statement
create trigger policy_stays before delete on policy
begin
	select raise(abort, 'a policy version is never deleted');
end
-- end
-- statement
create trigger outcome_stands before update on outcome
when old.authorised_at is not null
begin
	select raise(abort, 'an authorised outcome is never changed');
end
-- end
-- statement
create trigger outcome_stays before delete on outcome
when old.authorised_at is not null
begin
	select raise(abort, 'an authorised outcome is never deleted');
end
-- end
-- engine: postgresql
-- statement
create function refuse() returns trigger language plpgsql as $$
begin
	raise exception '%', tg_argv[0] using errcode = 'P0001';
end $$
-- end
-- statement
create function episode_counts() returns trigger language plpgsql as $$
begin
	if old.worker is not null and old.ended_at is null
		and (new.worker is distinct from old.worker or new.ended_at is not null) then
		update worker set open = open - 1 where account = old.worker;
	end if;
	if new.worker is not null and new.ended_at is null
		and (old.worker is distinct from new.worker or old.ended_at is not null) then
		update worker set open = open + 1 where account = new.worker;
	end if;
	return null;
end $$
-- end
-- statement
create function episode_guard() returns trigger language plpgsql as $$
declare was text := 'none';
begin
	if tg_op = 'UPDATE' then
		was := old.state;
		if old.ended_at is not null and new.ended_at is distinct from old.ended_at then
			raise exception 'an episode ends once';
		end if;
	elsif new.worker is not null then
		raise exception 'an episode starts received, or screened when re-opened, with nobody';
	end if;
	if not exists (select 1 from lifecycle_step s where s.from_state = was and s.to_state = new.state) then
		raise exception 'the life cycle has no such step';
	end if;
	return new;
end $$
-- end
create trigger worker_cap before update of open on worker for each row
	when (new.open > old.open and new.open > new.cap * new.hours_percent / 100)
	execute function refuse('the caseload is full');
create trigger episode_counted after update of worker, ended_at on episode for each row
	execute function episode_counts();
create trigger episode_guarded before insert or update on episode for each row execute function episode_guard();
create trigger access_log_keeps before update or delete on access_log for each row
	execute function refuse('the access log is never changed');
create trigger history_keeps before update or delete on history for each row
	execute function refuse('history is never changed');
create trigger enquiry_stays before delete on enquiry for each row
	execute function refuse('an enquiry is never deleted');
create trigger daily_return_keeps before update or delete on daily_return for each row
	execute function refuse('a frozen return is never changed');
create trigger daily_balance_keeps before update or delete on daily_balance for each row
	execute function refuse('a frozen return is never changed');
create trigger balance_event_keeps before update or delete on balance_event for each row
	execute function refuse('what the balance counts is never rewritten');
create trigger rag_history_keeps before update or delete on rag_history for each row
	execute function refuse('the ratings are never rewritten');
create trigger outcome_stands before update or delete on outcome for each row when (old.authorised_at is not null)
	execute function refuse('an authorised outcome is never changed');
create trigger policy_keeps before update or delete on policy for each row
	execute function refuse('a policy version is never changed');
-- engine: both
