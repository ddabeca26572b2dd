# Sourced by check.sh and .ci/run: `stage NAME COMMAND…` runs a command and keeps its time, `print_stages` lists them.
# A failed stage ends the script, or with `keep_going=yes` sets `failed_stages`.
stage_lines=()
failed_stages=0

stage() {
  local name=$1 start=$SECONDS code=0 note=''
  shift
  printf '\n=== %s\n' "$name"
  # A stage that is a function must stop at its first failure, which `"$@" || …` would prevent.
  set +e
  (set -e && "$@")
  code=$?
  set -e
  if [[ $code != 0 ]]; then
    note="  FAILED ($code)"
    failed_stages=$((failed_stages + 1))
  fi
  stage_lines+=("$(printf '%5d s  %s%s' $((SECONDS - start)) "$name" "$note")")
  [[ ${keep_going:-} == yes ]] || return "$code"
}

print_stages() {
  printf '\n'
  ((${#stage_lines[@]} == 0)) || printf '%s\n' "${stage_lines[@]}"
}
