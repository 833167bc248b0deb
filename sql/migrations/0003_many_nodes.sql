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
