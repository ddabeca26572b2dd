#!/usr/bin/env bash
# What `npm test` runs: every check of the repository, with the seconds of each stage, and one line of test counts last.
#   NX_BASE=origin/main npm test     lint, types, tests, builds and pack checks only of what changed since that commit
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export NX_DAEMON=false NX_TUI=false
PATH="$PWD/node_modules/.bin:$PATH"
source tools/stages.sh
keep_going=yes

finish() {
  local code=$?
  print_stages
  node tools/test-counts.mjs
  ((failed_stages == 0)) || code=1
  exit "$code"
}
trap finish EXIT

targets=(lint typecheck build test pack-check)
run_targets() {
  if [[ -n "${NX_BASE:-}" ]] && git cat-file -e "$NX_BASE^{commit}" 2>/dev/null; then
    nx affected --base="$NX_BASE" --head="${NX_HEAD:-HEAD}" -t "${targets[@]}"
  else
    [[ -z "${NX_BASE:-}" ]] || echo "NX_BASE=$NX_BASE is not in this clone (shallow?): checking every project" >&2
    nx run-many -t "${targets[@]}"
  fi
}

rm -rf -- {packages,plugins,examples}/*/.results tools/.results
stage lockfile node tools/check-lock.mjs
stage format prettier --check --cache --cache-strategy content --log-level warn .
stage knip knip --no-progress --no-config-hints
stage "${targets[*]}" run_targets
stage boundaries node tools/boundary-canary/run.mjs
# An affected run may leave packages unbuilt that the next two import.
stage build nx run-many -t build
docs() {
  node tools/docs/errors.mjs --check
  node tools/docs/hooks.mjs --check
  node tools/docs/settings.mjs --check
}
stage docs docs
stage cases node tools/cases/run.mjs
