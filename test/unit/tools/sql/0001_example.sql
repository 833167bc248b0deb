-- A library small enough to see whole: every type, a case table and its visible view, and a trigger.

create table account (
	id id primary key,
	name text not null unique
);

-- case data
create table child (
	id id primary key,
	given_name text not null,
	date_of_birth day,
	received_at instant not null,
	open int,
	late bool not null,
	low real,
	content bytes,
	worker id references account
);

create view visible_child as
select c.*, v.id as viewer
from account v
join child c on c.worker = v.id;

-- engine: sqlite
-- statement
create trigger child_named before insert on child when new.given_name = ''
begin
	select raise(abort, 'a child has a name');
end
-- end
-- engine: postgresql
create index only_there on child (given_name);
-- statement
create function child_named() returns trigger language plpgsql as $$
begin
	if new.given_name = '' then raise exception 'a child has a name'; end if;
	return new;
end $$
-- end
create trigger child_named before insert on child for each row execute function child_named();
-- engine: both
