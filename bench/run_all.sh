#!/usr/bin/env bash
# Builds the benchmarks of the core and runs them all: one process with one and two task threads, and two and three ranks
# (one and two executors of one thread). Every answer is verified; a wrong one ends the run. Prints one table in Markdown:
# seconds with two threads, the ratio to the named limit of the same run, and the speed-up from one thread to two and from
# one executor to two.
#
#   bench/run_all.sh [TEXT_FOLDER]     prose for word count; default: what quickstart.sh unpacked
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none
text=${1:-build/quickstart/input}
build=build/bench
cmake --preset release -B "$build" -DHAMMERSCALE_BUILD_BENCH=ON -DHAMMERSCALE_BUILD_TESTS=OFF >&2
cmake --build "$build" --target core_bench >&2
program=$build/bench/scaling/core_bench
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
options=()
[ -d "$text" ] && options=(--text "$text")

# Each workload in a process of its own, so that none finds memory that another one has touched.
run() { # NAME COMMAND...
    local name=$1
    shift
    echo "running: $name" >&2
    for workload in scheduler sort shuffle reduce_by_key join terasort word_count cache; do
        "$@" "${options[@]}" "$workload" >>"$results/$name"
    done
}
HAMMERSCALE_THREADS=1 run threads_1 "$program"
HAMMERSCALE_THREADS=2 run threads_2 "$program" --baselines
HAMMERSCALE_THREADS=1 run executors_1 mpirun -n 2 "$program"
HAMMERSCALE_THREADS=1 run executors_2 mpirun -n 3 "$program"

echo "| workload | seconds | limit, seconds | limit / ours | 1 to 2 threads | 1 to 2 executors | detail |"
echo "|---|---|---|---|---|---|---|"
awk -F'\t' '
    FILENAME ~ /threads_1$/ { one[$1] = $2 }
    FILENAME ~ /executors_1$/ { rank_one[$1] = $2 }
    FILENAME ~ /executors_2$/ { rank_two[$1] = $2 }
    FILENAME ~ /threads_2$/ { order[++n] = $1; two[$1] = $2; limit[$1] = $3; name[$1] = $4; detail[$1] = $5 }
    END {
        for (i = 1; i <= n; ++i) {
            w = order[i]
            ratio = limit[w] > 0 ? sprintf("%.2f", limit[w] / two[w]) : "-"
            bound = limit[w] > 0 ? sprintf("%.4g: %s", limit[w], name[w]) : name[w]
            printf "| %s | %.4g | %s | %s | %.2f | %.2f | %s |\n", w, two[w], bound, ratio, one[w] / two[w], rank_one[w] / rank_two[w], detail[w]
        }
    }' "$results/threads_1" "$results/executors_1" "$results/executors_2" "$results/threads_2"
