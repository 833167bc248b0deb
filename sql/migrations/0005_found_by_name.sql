-- expands
-- Finding a child in a hub of millions: who is looked for is found in the same time however many have a name or a birthday.

-- Both names of a child together, and a birthday, the latest child first.
create index child_both_names on child (lower(family_name), lower(given_name), id desc);
create index child_birth_latest on child (date_of_birth, id desc);

-- 0003's indexes of the latest by a name, and these, do all that these did.
drop index child_family_name;
drop index child_given_name;
drop index child_date_of_birth;
