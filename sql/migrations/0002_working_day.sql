-- A hub's working day: nights and weekends, absence, no room, open cases, and everything that isn't the straight way.
--
-- Only additions, so that the program before this one runs beside it on the same hub.

-- Duty

-- Who is on duty between two instants, named beforehand; a shift is one row.
create table duty (
	id id primary key,
	account id not null references account,
	kind text not null check (kind in ('duty_manager', 'screener', 'on_call', 'edt_worker', 'edt_manager')),
	starts_at instant not null,
	ends_at instant not null,
	named_by id not null references account,
	recorded_at instant not null,
	cancelled_at instant,
	cancelled_by id references account,
	check (ends_at > starts_at)
);
create index duty_standing on duty (kind, ends_at, starts_at);
create index duty_account on duty (account, ends_at);

alter table absence add column kind text not null default 'planned'
	check (kind in ('planned', 'sickness', 'training', 'other'));
alter table absence add column recorded_by id references account;
alter table absence add column cancelled_at instant;
alter table absence add column cancelled_by id references account;
alter table deputy add column cancelled_at instant;
alter table deputy add column cancelled_by id references account;
alter table worker add column newly_qualified bool not null default 0;
alter table account add column telephone text;
alter table account add column alarm_sound bool not null default 1;

-- A worker of another team who may hold enquiries of this workstream until then.
create table loan (
	id id primary key,
	account id not null references account,
	workstream id not null references workstream,
	starts_at instant not null,
	ends_at instant not null,
	lent_by id not null references account,
	reason text,
	recorded_at instant not null,
	cancelled_at instant,
	check (ends_at > starts_at)
);
create index loan_standing on loan (workstream, ends_at);
create index loan_account on loan (account, ends_at);

-- What was said when an enquiry was held, put back or swapped by hand. `about`: who holds it now, or whose it was.
-- case data
create table holding (
	id id primary key,
	episode id not null references episode,
	kind text not null check (kind in ('held', 'put_back', 'swapped')),
	about id not null references account,
	other id references episode,
	reason text,
	done_by id not null references account,
	at instant not null,
	recorded_at instant not null
);
create index holding_episode on holding (episode, id);

-- The ledger of what passes to and from the emergency duty team. Given by nobody: the hub itself, at close.
-- It is over when it is accepted, or when the enquiry went another way (overtaken_at).
-- case data
create table duty_hand_over (
	id id primary key,
	episode id not null references episode,
	direction text not null check (direction in ('to_edt', 'from_edt')),
	given_by id references account,
	given_at instant not null,
	words text,
	accepted_by id references account,
	accepted_at instant,
	overtaken_at instant,
	recorded_at instant not null,
	check ((accepted_by is null) = (accepted_at is null))
);
create unique index duty_hand_over_waiting on duty_hand_over (episode)
	where coalesce(accepted_at, overtaken_at) is null;
create index duty_hand_over_given_at on duty_hand_over (given_at, id);
create index duty_hand_over_episode on duty_hand_over (episode, id);
create index duty_hand_over_unaccepted on duty_hand_over (given_at, id)
	where coalesce(accepted_at, overtaken_at) is null;

-- An alarm stands from its time until what it is about is done. `stable_id` makes each rise of it once.
-- case data
create table alarm (
	id id primary key,
	stable_id text not null unique,
	kind text not null,
	level int not null check (level >= 1),
	enquiry id references enquiry,
	subject int,
	words text,
	due_at instant not null,
	raised_at instant not null,
	acknowledged_by id references account,
	acknowledged_at instant,
	ended_at instant,
	ended_why text,
	recorded_at instant not null
);
create index alarm_standing on alarm (kind, subject, level) where ended_at is null;
create index alarm_enquiry on alarm (enquiry, id);
create index alarm_raised_at on alarm (raised_at, id);

-- Whom an alarm is for: who was on duty for it when it rose.
create table alarm_for (
	id id primary key,
	alarm id not null references alarm,
	account id not null references account,
	unique (alarm, account)
);
create index alarm_for_account on alarm_for (account, alarm);

-- What a job has done for a day or an hour, so that it is done once.
create table job_run (
	id id primary key,
	name text not null,
	slot text not null,
	at instant not null,
	unique (name, slot)
);

-- Deciding

-- The person on duty decided section 47 alone because nobody answered inside a red's clock.
alter table proposal add column alone_by id references account;

-- The second look that is then due the next working day.
-- case data
create table second_look (
	id id primary key,
	episode id not null references episode,
	proposal id not null references proposal,
	decided_by id not null references account,
	due_at instant not null,
	looked_by id references account,
	looked_at instant,
	found text check (found in ('agreed', 'disagreed')),
	reason text,
	recorded_at instant not null,
	check ((looked_at is null) = (found is null)),
	check (looked_by is null or looked_by <> decided_by)
);
create index second_look_episode on second_look (episode, id);
create index second_look_waiting on second_look (due_at, id) where looked_at is null;

-- Strategy discussions keep their own clocks; a conference follows a section 47.
alter table strategy_discussion add column due_at instant;
alter table strategy_discussion add column conference_due_at instant;
alter table strategy_discussion add column conference_held_at instant;
create index strategy_discussion_waiting on strategy_discussion (due_at, id) where held_at is null;
create index strategy_discussion_conference on strategy_discussion (conference_due_at, id)
	where conference_due_at is not null and conference_held_at is null;

-- Police protection (72 hours) and emergency protection orders (8 days): their ends stand on the clock list.
-- case data
create table protection (
	id id primary key,
	episode id not null references episode,
	child id references child,
	kind text not null check (kind in ('police_protection', 'emergency_protection_order')),
	starts_at instant not null,
	ends_at instant not null,
	ordered_by text,
	ended_at instant,
	ended_by id references account,
	ended_reason text,
	recorded_by id not null references account,
	recorded_at instant not null,
	check (ends_at > starts_at)
);
create index protection_episode on protection (episode, id);
create index protection_standing on protection (ends_at, id) where ended_at is null;

-- What arrived after the decision was read, and changes nothing because of this.
-- case data
create table review (
	id id primary key,
	episode id not null references episode,
	asked_at instant not null,
	reason text not null,
	reviewed_by id not null references account,
	at instant not null,
	recorded_at instant not null
);
create index review_episode on review (episode, id);

-- A hand-over of a red, or to another authority, is told by telephone as well.
alter table hand_over add column telephoned text;
create index hand_over_due on hand_over (due_at, id) where due_at is not null;

-- What the hub owes a referrer, and by when.
alter table outbox add column owed_by instant;
create index outbox_owed on outbox (owed_by, id) where owed_by is not null and delivered_at is null;

-- Records of their own

-- Open work in the council's case system, about a person.
-- case data
create table open_case (
	id id primary key,
	person id not null references person,
	case_status text not null check (case_status in ('CP', 'CIN', 'CLA')),
	worker_name text not null,
	manager_name text,
	team_name text,
	starts_on day not null,
	ends_on day,
	recorded_by id not null references account,
	recorded_at instant not null,
	changed_at instant,
	unique (person, case_status, starts_on),
	check (ends_on is null or ends_on >= starts_on)
);

-- Persons with open work, ever: whom a child just taken in may be. Kept by a trigger on open_case, so that a child is
-- compared with these few and not with everybody born on its day.
alter table person add column open_work bool not null default 0;
create index person_open_work_nhs_number on person (nhs_number) where open_work = 1;
create index person_open_work_born on person (date_of_birth, open_work) where open_work = 1;

-- Is this child of an enquiry that person? Only a confirmed link routes.
-- case data
create table person_link (
	id id primary key,
	child id not null references child,
	person id not null references person,
	state text not null check (state in ('possible', 'confirmed', 'refused')),
	person_was id references person,
	why text,
	decided_by id references account,
	decided_at instant,
	recorded_at instant not null,
	unique (child, person)
);
create index person_link_possible on person_link (recorded_at, id) where state = 'possible';
create index person_link_person on person_link (person, state);

-- Every call, message, visit and meeting.
-- case data
create table contact (
	id id primary key,
	enquiry id not null references enquiry,
	kind text not null,
	at instant not null,
	with_whom text not null,
	reached bool not null,
	said text,
	family_told text check (family_told in ('yes', 'no')),
	family_not_told_reason text,
	recorded_by id not null references account,
	recorded_at instant not null
);
create index contact_enquiry on contact (enquiry, at, id);
create index contact_at on contact (at, id);

-- A manager's.
-- case data
create table oversight_note (
	id id primary key,
	enquiry id not null references enquiry,
	note text not null,
	written_by id not null references account,
	at instant not null,
	recorded_at instant not null
);
create index oversight_note_enquiry on oversight_note (enquiry, id);

alter table advice add column asked_by text;
alter table advice add column escalated_at instant;

-- The last number given to an information request in a local year of receipt.
create table request_counter (
	id id primary key,
	year int not null unique,
	last int not null
);

-- Court, Cafcass and EHCP requests: their own due date, out of MASH counts.
-- case data
create table information_request (
	id id primary key,
	reference text not null unique,
	kind text not null check (kind in ('court', 'cafcass', 'ehcp', 'other')),
	from_whom text not null,
	matter text not null,
	received_at instant not null,
	due_at instant not null,
	answer text,
	answered_by id references account,
	answered_at instant,
	recorded_by id not null references account,
	recorded_at instant not null,
	version int not null default 1
);
create index information_request_open on information_request (due_at, id) where answered_at is null;
create index information_request_received_at on information_request (received_at, id);

-- A restricted enquiry is seen by named people, and for a while by who broke the glass.
alter table enquiry add column restricted bool not null default 0;

create table restriction (
	id id primary key,
	enquiry id not null references enquiry,
	kind text not null,
	reason text,
	owner id not null references account,
	restricted_by id not null references account,
	at instant not null,
	review_due_at instant not null,
	reviewed_at instant,
	lifted_at instant,
	lifted_by id references account,
	lifted_reason text,
	recorded_at instant not null
);
create unique index restriction_standing on restriction (enquiry) where lifted_at is null;
create index restriction_review on restriction (review_due_at, id) where lifted_at is null;

create table restriction_member (
	id id primary key,
	enquiry id not null references enquiry,
	account id not null references account,
	named_by id not null references account,
	at instant not null,
	unique (enquiry, account)
);

create table broken_glass (
	id id primary key,
	enquiry id not null references enquiry,
	account id not null references account,
	reason text not null,
	at instant not null,
	expires_at instant not null,
	ended_at instant,
	recorded_at instant not null
);
create unique index broken_glass_standing on broken_glass (enquiry, account) where ended_at is null;
create index broken_glass_expires on broken_glass (expires_at, id) where ended_at is null;

-- Children and enquiries

-- A child without an outcome was removed, and every other had one.
insert into lifecycle_step (from_state, to_state) values
	('screened', 'decided'), ('allocated', 'decided'), ('held', 'decided');

-- Where an episode that was moved had begun: its timeliness stays there.
alter table episode add column began_in id references workstream;

alter table child add column added_reason text;
alter table child add column recorded_by id references account;
alter table child add column removed_by id references account;
alter table child add column removed_reason text;
alter table child add column put_back_as int;

-- A withdrawal as duplicate says of which.
alter table proposal add column duplicate_of id references enquiry;
create index proposal_duplicate_of on proposal (duplicate_of) where duplicate_of is not null;

-- From one workstream to another.
-- case data
create table move (
	id id primary key,
	episode id not null references episode,
	from_workstream id not null references workstream,
	to_workstream id not null references workstream,
	reason text not null,
	moved_by id not null references account,
	at instant not null,
	recorded_at instant not null
);
create index move_episode on move (episode, id);

-- What was known of a child before it was corrected.
-- case data
create table child_version (
	id id primary key,
	child id not null references child,
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
	reason text not null,
	corrected_by id not null references account,
	at instant not null,
	recorded_at instant not null
);
create index child_version_child on child_version (child, id);

-- Two enquiries about one incident; `enquiry` is the lower id.
-- case data
create table incident_link (
	id id primary key,
	enquiry id not null references enquiry,
	other id not null references enquiry,
	reason text,
	linked_by id not null references account,
	at instant not null,
	ended_by id references account,
	ended_at instant,
	ended_reason text,
	recorded_at instant not null,
	check (enquiry < other)
);
create unique index incident_link_standing on incident_link (enquiry, other) where ended_at is null;
create index incident_link_other on incident_link (other) where ended_at is null;

-- A family that comes with a plan from another authority: the conference is due 15 working days after it is told.
-- case data
create table transfer_in (
	id id primary key,
	enquiry id not null references enquiry,
	from_authority text not null,
	spoken_to text not null,
	plan_status text not null check (plan_status in ('CP', 'CIN', 'CLA', 'none')),
	told_at instant not null,
	conference_due_at instant,
	conference_held_at instant,
	accepted_by id references account,
	accepted_at instant,
	recorded_by id not null references account,
	recorded_at instant not null
);
create index transfer_in_enquiry on transfer_in (enquiry, id);
create index transfer_in_waiting on transfer_in (conference_due_at, id) where conference_held_at is null;

-- The accumulation

-- The start of a piece of work: what was taken over has to be screened again by due_at.
create table take_over (
	id id primary key,
	workstream id not null references workstream,
	at instant not null,
	due_at instant not null,
	taken_by id not null references account,
	recorded_at instant not null
);
create index take_over_workstream on take_over (workstream, at);

-- Many rated again or screened at once, each with its reason, that can be undone while nothing else happened to it.
create table retriage (
	id id primary key,
	made_by id not null references account,
	at instant not null,
	undone_by id references account,
	undone_at instant,
	recorded_at instant not null
);

-- case data
create table retriage_item (
	id id primary key,
	retriage id not null references retriage,
	episode id not null references episode,
	reason text not null,
	rag text not null,
	rating id references rag_history,
	proposal id references proposal,
	rag_was text,
	first_rag_was text,
	due_was instant,
	screened_was instant,
	screened_by_was id references account,
	rescreen_asked_was instant,
	state_was text not null,
	version_after int not null,
	undone_at instant,
	unique (retriage, episode)
);
create index retriage_item_rating on retriage_item (rating, undone_at) where rating is not null;
create index retriage_item_episode on retriage_item (episode, id);

-- What was screened by mistake in a re-triage goes back to be screened.
insert into lifecycle_step (from_state, to_state) values ('screened', 'received');

-- A deadline that moved because the policy or the calendar did. Those of what has ended never move.
-- case data
create table due_change (
	id id primary key,
	episode id not null references episode,
	policy id not null references policy,
	screening_due_was instant,
	screening_due_at instant,
	due_was instant,
	due_at instant,
	at instant not null,
	recorded_at instant not null
);
create index due_change_episode on due_change (episode, id);
create index due_change_at on due_change (at, id);
create index due_change_due_at on due_change (due_at, episode);

-- What somebody is typing: kept until it is sent or thrown away. Seen by nobody else. `key` names the form as it was opened and
-- `writer` the page that saved last, so that the same form in two tabs is known for two. One that was sent stays for a while
-- without its words: what arrives late doesn't bring it back, and the same sent twice is known (sent_hash, led_to).
-- case data
create table draft (
	id id primary key,
	account id not null references account,
	key text not null,
	writer text not null,
	address text not null,
	title text not null,
	content text not null,
	version int not null,
	started_at instant not null,
	saved_at instant not null,
	sent_at instant,
	sent_hash bytes,
	led_to text,
	thrown_at instant,
	recorded_at instant not null,
	unique (account, key)
);
create index draft_standing on draft (account, saved_at) where coalesce(sent_at, thrown_at) is null;
create index draft_saved_at on draft (saved_at, id);

-- A session that has ended is kept a while, for what is still sent from its pages.
create index session_csrf on session (csrf);

-- The views again, with restriction, alarms and the new tables. One predicate; every query goes through it.

-- engine: postgresql
drop view visible_person, visible_advice, visible_further_information, visible_history, visible_hand_over,
	visible_strategy_discussion, visible_allocation, visible_rag_history, visible_proposal, visible_outcome,
	visible_child, visible_episode, visible_enquiry;
-- engine: sqlite
drop view visible_person;
drop view visible_advice;
drop view visible_further_information;
drop view visible_history;
drop view visible_hand_over;
drop view visible_strategy_discussion;
drop view visible_allocation;
drop view visible_rag_history;
drop view visible_proposal;
drop view visible_outcome;
drop view visible_child;
drop view visible_episode;
drop view visible_enquiry;
-- engine: both

-- Restricted: named people, the service manager, who was asked to sign or is alarmed, and who broke the glass.
create view visible_enquiry as
select q.*, v.id as viewer, s.sees as relation
from account v
join role_sight s on s.role = v.role
join enquiry q on (s.sees in ('full', 'reference') and q.restricted = 0)
	or (v.role in ('operator', 'service_manager') and q.restricted = 1)
	or (s.sees in ('full', 'reference') and q.restricted = 1 and (
		exists (select 1 from restriction_member m where m.enquiry = q.id and m.account = v.id)
		or exists (select 1 from broken_glass g where g.enquiry = q.id and g.account = v.id and g.ended_at is null)))
	or (s.sees in ('full', 'asked') and (
		exists (select 1 from proposal p join episode e on e.id = p.episode where e.enquiry = q.id and p.asked = v.id)
		or exists (select 1 from alarm a join alarm_for f on f.alarm = a.id and f.account = v.id
			where a.enquiry = q.id)));

create view visible_episode as
select e.*, q.reference, q.external_ref, q.received_at, q.channel, q.source_code, q.concern, q.concerns,
	q.domestic_abuse_notification, q.immediate_danger, q.child_count, q.restricted, q.viewer, q.relation
from visible_enquiry q
join episode e on e.enquiry = q.id;

create view visible_child as
select c.*, q.reference, q.received_at, q.viewer, q.relation
from visible_enquiry q
join child c on c.enquiry = q.id;

create view visible_child_version as
select x.*, c.enquiry, c.position, c.viewer, c.relation
from visible_child c
join child_version x on x.child = c.id;

create view visible_person_link as
select l.*, c.enquiry, c.viewer, c.relation
from visible_child c
join person_link l on l.child = c.id;

create view visible_outcome as
select o.*, e.enquiry, e.viewer, e.relation
from visible_episode e
join outcome o on o.episode = e.id;

create view visible_proposal as
select p.*, e.enquiry, e.viewer, e.relation
from visible_episode e
join proposal p on p.episode = e.id;

create view visible_holding as
select h.*, e.enquiry, e.reference, e.viewer, e.relation
from visible_episode e
join holding h on h.episode = e.id;

create view visible_second_look as
select l.*, e.enquiry, e.reference, e.viewer, e.relation
from visible_episode e
join second_look l on l.episode = e.id;

create view visible_rag_history as
select r.*, e.enquiry, e.viewer, e.relation
from visible_episode e
join rag_history r on r.episode = e.id;

create view visible_due_change as
select d.*, e.enquiry, e.viewer, e.relation
from visible_episode e
join due_change d on d.episode = e.id;

create view visible_retriage_item as
select i.*, e.enquiry, e.reference, e.viewer, e.relation
from visible_episode e
join retriage_item i on i.episode = e.id;

create view visible_allocation as
select a.*, e.enquiry, e.viewer, e.relation
from visible_episode e
join allocation a on a.episode = e.id;

create view visible_strategy_discussion as
select d.*, e.enquiry, e.reference, e.viewer, e.relation
from visible_episode e
join strategy_discussion d on d.episode = e.id;

create view visible_protection as
select p.*, e.enquiry, e.reference, e.viewer, e.relation
from visible_episode e
join protection p on p.episode = e.id;

create view visible_review as
select r.*, e.enquiry, e.reference, e.viewer, e.relation
from visible_episode e
join review r on r.episode = e.id;

create view visible_hand_over as
select h.*, e.enquiry, e.reference, e.viewer, e.relation
from visible_episode e
join hand_over h on h.episode = e.id;

create view visible_duty_hand_over as
select d.*, e.enquiry, e.reference, e.viewer, e.relation
from visible_episode e
join duty_hand_over d on d.episode = e.id;

create view visible_history as
select h.*, q.reference, q.viewer, q.relation
from visible_enquiry q
join history h on h.enquiry = q.id;

create view visible_further_information as
select f.*, q.viewer, q.relation
from visible_enquiry q
join further_information f on f.enquiry = q.id;

create view visible_contact as
select c.*, q.reference, q.viewer, q.relation
from visible_enquiry q
join contact c on c.enquiry = q.id;

create view visible_oversight_note as
select o.*, q.reference, q.viewer, q.relation
from visible_enquiry q
join oversight_note o on o.enquiry = q.id;

create view visible_transfer_in as
select t.*, q.reference, q.viewer, q.relation
from visible_enquiry q
join transfer_in t on t.enquiry = q.id;

create view visible_move as
select m.*, e.enquiry, e.viewer, e.relation
from visible_episode e
join move m on m.episode = e.id;

-- Both have to be seen.
create view visible_incident_link as
select l.*, a.reference, b.reference as other_reference, a.viewer, a.relation
from incident_link l
join visible_enquiry a on a.id = l.enquiry
join visible_enquiry b on b.id = l.other and b.viewer = a.viewer;

-- A line of a list of enquiries: the episode, who has it, and whether it is linked to one the viewer sees too.
create view visible_line as
select e.*, w.key as workstream_key, k.name as worker_name, h.name as holder_name,
	case when exists (select 1 from incident_link l join visible_enquiry o on o.id = l.other and o.viewer = e.viewer
			where l.enquiry = e.enquiry and l.ended_at is null)
		or exists (select 1 from incident_link l join visible_enquiry o on o.id = l.enquiry and o.viewer = e.viewer
			where l.other = e.enquiry and l.ended_at is null) then 1 else 0 end as linked
from visible_episode e
join workstream w on w.id = e.workstream
left join account k on k.id = e.worker
left join account h on h.id = e.held_by;

-- The same on EDT's list: whom to ring, and the hand-over that waits.
create view visible_edt_line as
select e.*, q.referrer_phone, d.direction, d.given_at, g.name as giver, d.words as hand_over_words, d.accepted_at,
	a.name as accepter
from visible_episode e
join enquiry q on q.id = e.enquiry
left join duty_hand_over d on d.episode = e.id and coalesce(d.accepted_at, d.overtaken_at) is null
left join account g on g.id = d.given_by
left join account a on a.id = d.accepted_by;

-- Advice on an enquiry is seen with it; on none, by hub staff.
create view visible_advice as
select a.*, v.id as viewer, s.sees as relation
from account v
join role_sight s on s.role = v.role and s.sees = 'full'
cross join advice a
where a.enquiry is null
	or exists (select 1 from visible_enquiry q where q.id = a.enquiry and q.viewer = v.id);

create view visible_information_request as
select r.*, v.id as viewer, s.sees as relation
from account v
join role_sight s on s.role = v.role and s.sees = 'full'
cross join information_request r;

-- A person whose every enquiry is restricted is seen by who sees one of those.
create view visible_person as
select p.*, v.id as viewer, s.sees as relation
from account v
join role_sight s on s.role = v.role and s.sees = 'full'
cross join person p
where not exists (select 1 from child c join enquiry q on q.id = c.enquiry
		where c.person = p.id and q.restricted = 1)
	or exists (select 1 from child c join visible_enquiry q on q.id = c.enquiry and q.viewer = v.id
		where c.person = p.id);

create view visible_open_case as
select o.*, p.viewer, p.relation
from visible_person p
join open_case o on o.person = p.id;

-- Everything with an end that isn't the decision, until that is done; assessments, which end elsewhere, stand apart.
create view visible_clock as
select p.kind as clock_kind, p.id, p.enquiry, p.reference, p.child, p.ends_at as due_at, p.ordered_by as words,
	p.viewer, p.relation
from visible_protection p
where p.ended_at is null
union all
select 'strategy', d.id, d.enquiry, d.reference, null, coalesce(d.due_at, d.requested_at), d.reason, d.viewer,
	d.relation
from visible_strategy_discussion d
join visible_episode e on e.id = d.episode and e.viewer = d.viewer
where d.held_at is null and e.state <> 'withdrawn'
union all
select 'conference', d.id, d.enquiry, d.reference, null, d.conference_due_at, null, d.viewer, d.relation
from visible_strategy_discussion d
join visible_episode e on e.id = d.episode and e.viewer = d.viewer
where d.conference_due_at is not null and d.conference_held_at is null and e.state <> 'withdrawn'
union all
select h.kind, h.id, h.enquiry, h.reference, h.child, h.due_at, h.to_whom, h.viewer, h.relation
from visible_hand_over h
where coalesce(h.answer, '') <> 'accepted' and h.kind in ('open_case', 'lado') and h.due_at is not null
union all
select 'transfer_in', t.id, t.enquiry, t.reference, null, t.conference_due_at, t.from_authority, t.viewer, t.relation
from visible_transfer_in t
where t.conference_held_at is null and t.conference_due_at is not null
union all
select 'feedback', o.id, o.enquiry, q.reference, null, o.owed_by, null, q.viewer, q.relation
from outbox o
join visible_enquiry q on q.id = o.enquiry
where o.owed_by is not null and o.delivered_at is null;

-- An alarm is seen by whom it is for; one about an enquiry also by who sees that.
create view visible_alarm as
select a.*, f.account as viewer, 'full' as relation
from alarm a
join alarm_for f on f.alarm = a.id;

create view visible_draft as
select d.*, d.account as viewer, 'full' as relation
from draft d;

-- What stays as it was written.

-- engine: sqlite
-- statement
create trigger duty_hand_over_stays before delete on duty_hand_over
begin
	select raise(abort, 'the ledger of hand-overs is never shortened');
end
-- end
-- statement
create trigger contact_keeps before update on contact
begin
	select raise(abort, 'the contact log is never changed');
end
-- end
-- statement
create trigger contact_stays before delete on contact
begin
	select raise(abort, 'the contact log is never shortened');
end
-- end
-- statement
create trigger oversight_note_keeps before update on oversight_note
begin
	select raise(abort, 'an oversight note is never changed');
end
-- end
-- statement
create trigger oversight_note_stays before delete on oversight_note
begin
	select raise(abort, 'an oversight note is never deleted');
end
-- end
-- statement
create trigger child_stays before delete on child
begin
	select raise(abort, 'a child of an enquiry is never deleted');
end
-- end
-- statement
create trigger child_version_keeps before update on child_version
begin
	select raise(abort, 'what was known before is never changed');
end
-- end
-- statement
create trigger child_version_stays before delete on child_version
begin
	select raise(abort, 'what was known before is never deleted');
end
-- end
-- statement
create trigger alarm_stays before delete on alarm
begin
	select raise(abort, 'an alarm is never deleted');
end
-- end
-- statement
create trigger open_case_known after insert on open_case
begin
	update person set open_work = 1 where id = new.person and open_work = 0;
end
-- end
-- engine: postgresql
create trigger duty_hand_over_stays before delete on duty_hand_over for each row
	execute function refuse('the ledger of hand-overs is never shortened');
create trigger contact_keeps before update or delete on contact for each row
	execute function refuse('the contact log is never changed');
create trigger oversight_note_keeps before update or delete on oversight_note for each row
	execute function refuse('an oversight note is never changed');
create trigger child_stays before delete on child for each row
	execute function refuse('a child of an enquiry is never deleted');
create trigger child_version_keeps before update or delete on child_version for each row
	execute function refuse('what was known before is never changed');
create trigger alarm_stays before delete on alarm for each row
	execute function refuse('an alarm is never deleted');
-- statement
create function person_has_open_work() returns trigger language plpgsql as $$
begin
	update person set open_work = 1 where id = new.person and open_work = 0;
	return null;
end $$
-- end
create trigger open_case_known after insert on open_case for each row execute function person_has_open_work();
-- engine: both
