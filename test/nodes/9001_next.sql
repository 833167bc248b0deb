-- expands
-- What a release after this one would add, for 70-nodes: a column with a default on a table that everybody writes, an index
-- on another, and a table that refers to one.
alter table episode add column next_review_days int not null default 28;
alter table enquiry add column next_sender text;

create index enquiry_next_received on enquiry (received_at, next_sender);

create table next_review (
	id id primary key,
	enquiry id not null references enquiry,
	due day not null,
	done bool not null
);
create index next_review_enquiry on next_review (enquiry, id);
