# Runs suites that print TAP and counts their cases over all of them; sourced by script/test and .ci/run.
#
# A suite that dies, prints no plan or another number of cases than it planned counts as one more failure.

tally_passed=0 tally_failed=0 tally_skipped=0
tally_suite_seconds=900

tally_fail() {
  tally_failed=$((tally_failed + 1))
}

# tally_read FILE: "passed failed skipped sound", sound being 1 where the plan and the cases agree.
tally_read() {
  awk '
    /^ok([ \t]|$)/ { if (tolower($0) ~ /# *skip/) skipped++; else passed++ }
    /^not ok([ \t]|$)/ { failed++ }
    /^1\.\.[0-9]+/ { plans++; plan = substr($1, 4) + 0; if (plan == 0 && tolower($0) ~ /# *skip/) none = 1 }
    /^Bail out!/ { bailed = 1 }
    END {
      sound = plans == 1 && !bailed && (plan == passed + failed + skipped) && (plan > 0 || none)
      print passed + 0, failed + 0, skipped + none, sound + 0
    }' "$1"
}

# tally_play PROGRAM OUTPUT: what it says goes to OUTPUT; how it ended and after how many seconds, to OUTPUT.end.
tally_play() {
  local began=$SECONDS
  rm -f "$2.end"
  timeout --kill-after=10 "$tally_suite_seconds" "$1" >"$2" 2>"$2.err" </dev/null
  echo "$? $((SECONDS - began))" >"$2.end"
}

# tally_count PROGRAM OUTPUT: counts what was played, and tells what failed.
tally_count() {
  local output=$2 name=${1##*/} status=unknown seconds=0 passed failed skipped sound
  [ -r "$output.end" ] && read -r status seconds <"$output.end"
  read -r passed failed skipped sound < <(tally_read "$output")
  if [ "$sound" = 0 ] || { [ "$status" != 0 ] && [ "$failed" = 0 ]; }; then
    failed=$((failed + 1))
    echo "not ok - $name ended with status $status, its plan and its cases disagreeing or nothing said of why" >>"$output"
  fi
  tally_passed=$((tally_passed + passed)) tally_failed=$((tally_failed + failed))
  tally_skipped=$((tally_skipped + skipped))
  printf '%-24s %5d passed %4d failed %4d skipped %5d s\n' "$name" "$passed" "$failed" "$skipped" "$seconds"
  [ "$failed" = 0 ] && return
  awk '/^not ok/ { telling = 1 } /^ok/ { telling = 0 } telling' "$output" | head -n 80
  tail -n 20 "$output.err"
}

# tally_suites OUTPUT PROGRAM...: plays them at the same time, each into a file of its name in the folder OUTPUT.
tally_suites() {
  local folder=$1 program playing=()
  shift
  for program in "$@"; do
    tally_play "$program" "$folder/${program##*/}.tap" &
    playing+=($!)
  done
  wait "${playing[@]}"
  for program in "$@"; do tally_count "$program" "$folder/${program##*/}.tap"; done
}

# The closing line; true where nothing failed and something was tested.
tally_close() {
  echo "$tally_passed passed, $tally_failed failed, $tally_skipped skipped"
  [ "$tally_failed" = 0 ] && [ "$tally_passed" -gt 0 ]
}
