# Sourced by check.sh and .ci/run: `stage NAME COMMAND…` runs a command and keeps its time, `print_stages` lists them.
stage_lines=()

stage() {
  local name=$1 start=$SECONDS code=0 note=''
  shift
  printf '\n=== %s\n' "$name"
  # A stage that is a function must stop at its first failure, which `"$@" || …` would prevent.
  set +e
  (set -e && "$@")
  code=$?
  set -e
  [[ $code == 0 ]] || note="  FAILED ($code)"
  stage_lines+=("$(printf '%5d s  %s%s' $((SECONDS - start)) "$name" "$note")")
  return "$code"
}

print_stages() {
  printf '\n'
  ((${#stage_lines[@]} == 0)) || printf '%s\n' "${stage_lines[@]}"
}
