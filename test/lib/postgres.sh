# A PostgreSQL cluster for one suite: sourced; postgres_start makes and starts it in a folder of its own on a Unix socket,
# postgres_stop stops it and leaves nothing. PGHOST, PGUSER and PGDATABASE lead psql and the program to it. "postgres_start on"
# syncs what it writes, for tests that kill it; $postgres_folder/again then starts it again.

postgres_programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)

# initdb and the server refuse root.
postgres_as_owner() {
  if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# What starts the cluster, the first time too. Where nobody buries the dead, the one that was killed would be taken to be alive
# by its lock files.
postgres_write_again() {
  local owner=
  [ "$(id -u)" = 0 ] && owner="runuser -u postgres --"
  cat >"$postgres_folder/again" <<END
#!/bin/sh
rm -f $postgres_folder/.s.PGSQL.*.lock $postgres_folder/data/postmaster.pid
cd / && exec $owner $postgres_programs/pg_ctl -D $postgres_folder/data -w -t 60 -l $postgres_folder/data/server.log \\
  -o "-c listen_addresses= -c unix_socket_directories=$postgres_folder -c fsync=$1" start
END
  chmod +x "$postgres_folder/again"
}

postgres_start() {
  [ -n "$postgres_programs" ] || { echo "PostgreSQL is not installed" >&2; return 1; }
  postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/fanlight-postgres.XXXXXX") || return
  [ "$(id -u)" = 0 ] && chown postgres "$postgres_folder"
  export PGHOST=$postgres_folder PGUSER=fanlight PGDATABASE=postgres
  postgres_as_owner "$postgres_programs/initdb" -D "$postgres_folder/data" -U fanlight -A trust -E UTF8 --locale=C \
    --no-sync >"$postgres_folder/said" 2>&1 &&
    postgres_write_again "${1:-off}" && "$postgres_folder/again" >>"$postgres_folder/said" 2>&1 ||
    { cat "$postgres_folder/said" "$postgres_folder/data/server.log" >&2; postgres_stop; return 1; }
}

# postgres_url DATABASE: as the program takes it
postgres_url() { echo "postgresql:///$1?host=$PGHOST&user=$PGUSER"; }

# postgres_empty_hub PROGRAM: the database empty_hub has the schema and nothing in it; `create database ... template
# empty_hub` makes another in a moment.
postgres_empty_hub() {
  psql -X -q -c "create database empty_hub" && env -u FANLIGHT_PROGRAM "$1" --db "$(postgres_url empty_hub)" migrate up >/dev/null
}

postgres_stop() {
  [ -n "${postgres_folder:-}" ] || return 0
  [ -e "$postgres_folder/data/postmaster.pid" ] &&
    postgres_as_owner "$postgres_programs/pg_ctl" -D "$postgres_folder/data" -m immediate -w stop >/dev/null 2>&1
  rm -rf "$postgres_folder"
  postgres_folder=
}
