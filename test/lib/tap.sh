# TAP for suites written in shell: source it, call tap_run, tap_ok, tap_not_ok and tap_skip, end with tap_done.

tap_cases=0
tap_failures=0

# tap_ok NAME
tap_ok() {
  tap_cases=$((tap_cases + 1))
  echo "ok $tap_cases - $1"
}

# tap_not_ok NAME REASON
tap_not_ok() {
  tap_cases=$((tap_cases + 1))
  tap_failures=$((tap_failures + 1))
  echo "not ok $tap_cases - $1"
  sed 's/^/# /' <<<"$2"
}

# tap_skip NAME REASON
tap_skip() {
  tap_cases=$((tap_cases + 1))
  echo "ok $tap_cases - $1 # SKIP $2"
}

# tap_run NAME COMMAND...: passes where the command does; otherwise tells what it said last
tap_run() {
  local name=$1 said
  shift
  if said=$("$@" 2>&1); then
    tap_ok "$name"
  else
    tap_not_ok "$name" "$(tail -n 40 <<<"$said")"
  fi
}

tap_done() {
  echo "1..$tap_cases"
  [ "$tap_failures" = 0 ]
}

# tap_side_by_side COMMAND...: runs suites that print TAP at the same time and prints them as one, in this order; false
# where one failed. One that dies without its plan leaves the whole without a plan, which the tally counts as a failure.
tap_side_by_side() {
  local folder part status=0 parts=() lines=()
  folder=$(mktemp -d) || return 3
  for part in "$@"; do
    parts+=("$folder/${#parts[@]}")
    $part >"${parts[-1]}" &
    lines+=($!)
  done
  for part in "${lines[@]}"; do wait "$part" || status=$?; done
  awk -v wanted=$# '
    /^1\.\.[0-9]+/ { plan += substr($1, 4); plans++; next }
    /^(not )?ok([ \t]|$)/ { cases++; sub(/ok( [0-9]+)?/, "ok " cases) }
    { print }
    END { if (plans == wanted) print "1.." plan }' "${parts[@]}"
  rm -rf "$folder"
  return $status
}
