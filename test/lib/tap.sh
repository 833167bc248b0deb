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
