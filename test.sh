#!/usr/bin/env bash
# Installs what is missing, builds everything with its tests, and runs the tests:
#   ./test.sh                  all of them
#   ./test.sh -R shuffle       arguments go to ctest
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=cmake/steps.sh
. cmake/steps.sh

started=$SECONDS
step_total=3
allow_small_machines

begin_step "installing what is missing"
cmake/install_dependencies.sh || fail_step "packages could not be installed"

begin_step "building (preset release, with tests)"
configure_and_build all all_verify_interface_header_sets

begin_step "running the tests"
log=build/ctest.log
tests_started=$SECONDS
status=0
ctest --test-dir build/release --output-on-failure --no-tests=error --parallel "$(nproc)" "$@" 2>&1 | tee "$log" || status=$?

summary=$(grep -E '^[0-9]+% tests passed' "$log" || echo "ctest printed no summary")
num_skipped=$(grep -cE '\*\*\*Skipped' "$log" || true)
echo
echo "test.sh: $summary, $num_skipped skipped; $((SECONDS - tests_started)) s of tests, $((SECONDS - started)) s in all; log: $log"
if [ "$status" != 0 ]; then
    echo "test.sh: FAILED" >&2
    exit "$status"
fi
echo "test.sh: passed"
