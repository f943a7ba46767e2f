#!/usr/bin/env bash
# Starts whole jobs of environment_program and looks at exit code, output and what is left in /dev/shm.
# Usage: environment_program_test.sh MPIEXEC PROGRAM
set -u
mpiexec=$1
program=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
fail() { echo "FAILED: $*"; cat "$folder/out" "$folder/err"; failed=1; }

run() { "$@" >"$folder/out" 2>"$folder/err"; code=$?; }
expect_nothing_left() {
  local job left
  job=$(sed -n 's/.*job=\([0-9a-f]*\).*/\1/p' "$folder/out")
  [ -n "$job" ] || { fail "$1: the job's id was not printed"; return; }
  left=$(ls /dev/shm | grep -F "$job") && fail "$1 left in /dev/shm: $left"
}

for ranks in 1 2 3; do
  run "$mpiexec" -n $ranks "$program" normal
  [ $code -eq 0 ] || fail "normal end of $ranks ranks: exit code $code"
  grep -q "ranks=$ranks " "$folder/out" || fail "not a world of $ranks ranks"
  [ -s "$folder/err" ] && fail "normal end of $ranks ranks is not silent"
  expect_nothing_left "normal end of $ranks ranks"
done

run "$mpiexec" -n 2 "$program" kill
[ $code -ne 0 ] || fail "a killed rank: exit code 0"
grep -q ready "$folder/out" || fail "the rank was not killed in its work"
expect_nothing_left "a killed rank"

run "$mpiexec" -n 3 "$program" abort
[ $code -eq 2 ] || fail "abort_job: exit code $code"
grep -q '^error: value is not finite (row=12)' "$folder/err" || fail "abort_job did not print the cause"
expect_nothing_left "abort_job"

# Copies that do not know of each other.
run env SLURM_JOB_ID=1 SLURM_STEP_ID=0 SLURM_NTASKS=4 "$program" normal
[ $code -eq 2 ] || fail "singletons: exit code $code"
grep -q 'srun --mpi=pmix' "$folder/err" || fail "singletons: the fix is not named"

run "$program" normal
[ $code -eq 0 ] || fail "by hand: exit code $code"
grep -q 'ranks=1 ' "$folder/out" || fail "by hand: not one rank"
exit $failed
