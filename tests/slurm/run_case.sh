#!/usr/bin/env bash
# run_case.sh CASE: one test of the job scripts on the local Slurm; tests/slurm/CMakeLists.txt sets the environment.
# Leaves with 77 (skipped) where there is no local Slurm or no right to start one.
set -euo pipefail

case_name=$1
skip() { echo "SKIPPED: $*"; exit 77; }
fail() {
    echo "FAILED: $*" >&2
    tail -n 30 ./*.out ./*.err >&2 2>/dev/null || true
    exit 1
}

slurm_local=${HAMMERSCALE_SLURM_LOCAL:-$HAMMERSCALE_SOURCE_DIR/../shared/slurm-local}
[ -x "$slurm_local/up" ] || skip "no local Slurm in $slurm_local; set HAMMERSCALE_SLURM_LOCAL to a folder with up and down"
[ "$(id -u)" = 0 ] || skip "a local Slurm needs root"

if [ "$case_name" = down ]; then exec "$slurm_local/down" -q; fi
if [ "$case_name" = up ]; then exec "$slurm_local/up" -n 4 -c 4; fi

# shellcheck disable=SC1091
. "$SLURM_LOCAL_DIR/env"
export OMPI_MCA_hwloc_base_binding_policy=none OMPI_MCA_mpi_yield_when_idle=1
scripts=$HAMMERSCALE_SOURCE_DIR/slurm
rm -rf "${HAMMERSCALE_WORK_DIR:?}/$case_name"
mkdir -p "$HAMMERSCALE_WORK_DIR/$case_name"
cd "$HAMMERSCALE_WORK_DIR/$case_name"

# wait_until SECONDS WHAT COMMAND...: looks ten times a second.
wait_until() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || fail "still no $what"
        sleep 0.1
    done
}
job_field() { scontrol show job -o "$1" | tr ' ' '\n' | sed -n "s/^$2=//p"; }
has_ended() { ! job_field "$1" JobState | grep -qE 'PENDING|CONFIGURING|RUNNING|COMPLETING|REQUEUED|STOPPED'; }

# expect_end JOB STATE EXITCODE: waits for the end and checks it; Slurm writes the exit code as code:signal.
expect_end() {
    wait_until 120 "end of job $1" has_ended "$1"
    local state code
    state=$(job_field "$1" JobState | sort -u)
    code=$(job_field "$1" ExitCode | sort -u)
    [ "$state $code" = "$2 $3" ] || fail "job $1 ended as $state with $code, not as $2 with $3"
}

write_text() {
    seq "$1" "$2" | awk '{ print "the quick brown fox", $1 % 17, "jumps over the lazy dog", $1 % 5, "\t end" }'
}
count_words() {
    LC_ALL=C tr -s ' \t\n' '\n' <"$1" | awk 'length($0) { n[$0]++ } END { for (w in n) print w "\t" n[w] }' |
        LC_ALL=C sort -t "$(printf '\t')" -k2,2nr -k1,1
}
expect_same() { cmp "$1" "$2" || { diff "$1" "$2" | head -n 10; fail "$2 differs from what awk counts"; }; }

wordcount_job() { # wordcount_job SCRIPT OPTIONS...: submits a count of the words of text.txt; its output must be right.
    local script=$1 job
    shift
    write_text 1 5000 >text.txt
    count_words text.txt >expected.tsv
    job=$(sbatch --parsable -o counts.out -e job.err "$@" "$scripts/$script" "$HAMMERSCALE_PROGRAM" wordcount text.txt)
    expect_end "$job" COMPLETED 0:0
    expect_same expected.tsv counts.out
}

case $case_name in
    one_node) wordcount_job one_node.sbatch ;;
    many_nodes) wordcount_job many_nodes.sbatch --nodes=3 --ntasks-per-node=2 ;;
    many_nodes_mpirun) HAMMERSCALE_LAUNCHER=mpirun wordcount_job many_nodes.sbatch --nodes=2 --ntasks-per-node=2 ;;
    user_error)
        job=$(sbatch --parsable -o job.out -e job.err "$scripts/many_nodes.sbatch" "$HAMMERSCALE_PROGRAM" wordcount missing.txt)
        expect_end "$job" FAILED 2:0
        grep -q '^error: .*missing\.txt' job.err || fail "standard error does not name the missing file"
        ;;
    array)
        for i in 1 2 3; do
            write_text "$i" $((i * 1000)) >"text $i.txt"
            count_words "text $i.txt" >"expected $i.tsv"
        done
        job=$(sbatch --parsable --array=1-3 -o 'log-%a.out' "$scripts/array.sbatch" \
            "$HAMMERSCALE_PROGRAM" wordcount "text %a.txt" --output "counts %a.tsv")
        expect_end "$job" COMPLETED 0:0
        for i in 1 2 3; do expect_same "expected $i.tsv" "counts $i.tsv"; done
        ;;
    requeue | requeue_mpirun)
        if [ "$case_name" = requeue_mpirun ]; then export HAMMERSCALE_LAUNCHER=mpirun; fi
        job=$(sbatch --parsable -o job.out -e job.err "$scripts/requeue.sbatch" "$HAMMERSCALE_COUNTING_JOB" count)
        wait_until 60 "first count" test -s count
        # What --signal=B:USR1@120 does 120 seconds before the time limit.
        scancel --batch --signal=USR1 "$job"
        expect_end "$job" COMPLETED 0:0
        [ "$(job_field "$job" Restarts)" = 1 ] || fail "the job was not requeued once"
        awk '/^stopped at/ { stopped = $3 } /^counting from/ { from = $3 } /^finished at/ { ended = $3 }
            END { exit !(stopped > 0 && from == stopped && ended == from + 5) }' job.out || fail "the count did not go on where it stopped"
        ;;
    lost_node)
        job=$(sbatch --parsable --nodes=3 -o job.out -e job.err "$scripts/requeue.sbatch" "$HAMMERSCALE_COUNTING_JOB" count)
        wait_until 60 "first count" test -s count
        victim=$(scontrol show hostnames "$(job_field "$job" NodeList)" | tail -n 1)
        "$slurm_local/node" fail "$victim"
        trap '"$slurm_local/node" start "$victim"' EXIT
        expect_end "$job" COMPLETED 0:0
        grep -q 'on 6 ranks' job.out || fail "the job did not start on six ranks"
        grep -q 'on 4 ranks' job.out || fail "the job did not start again on the four ranks that were left"
        grep -q '^finished at' job.out || fail "the second start did not finish"
        ;;
    *) fail "no such case" ;;
esac
