#!/usr/bin/env bash
# Builds the benchmarks and runs them all: one process with one and two task threads, and two and three ranks (one and two
# executors of one thread). Every answer is verified; a wrong one ends the run. Prints one table in Markdown, which
# docs/benchmarks.md can take as it is, and writes it to build/bench/results.md. Takes about 5 minutes after the build.
#
#   bench/run_all.sh [TEXT_FOLDER]     prose for word count; default: what quickstart.sh unpacked
#
# Files of TEXT_FOLDER are repeated up to 284 MB. HAMMERSCALE_BENCH_BUILD names a build folder with the programs in it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_hwloc_base_binding_policy=none
text=${1:-build/quickstart/input}
build=${HAMMERSCALE_BENCH_BUILD:-}
if [ -z "$build" ]; then
    build=build/bench
    cmake --preset release -B "$build" -DHAMMERSCALE_BUILD_BENCH=ON -DHAMMERSCALE_BUILD_TESTS=OFF >&2
    cmake --build "$build" --target core_bench exchange_bench kmeans_bench bare_mpi hammerscale >&2
fi
mkdir -p build/bench
table=build/bench/results.md
programs=$build/bench/scaling
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

options=()
if [ -d "$text" ]; then
    # As much prose as other systems were measured on.
    prose_bytes=284000000
    mkdir "$results/prose"
    total=0
    for ((copy = 0; total < prose_bytes; ++copy)); do
        before=$total
        for file in "$text"/*; do
            rest=$((prose_bytes - total))
            [ "$rest" -gt 0 ] || break
            head -c "$rest" "$file" >"$results/prose/$copy-$(basename "$file")"
            total=$((total + $(stat -c %s "$results/prose/$copy-$(basename "$file")")))
        done
        [ "$total" -gt "$before" ] || break
    done
    options=(--text "$results/prose")
else
    echo "no prose in $text: word count is left out; ./quickstart.sh fetches some" >&2
fi

# Each workload in a process of its own, so that none finds memory that another one has touched.
run() { # NAME COMMAND...
    local name=$1 workload
    shift
    echo "running: $name" >&2
    for workload in scheduler sort shuffle reduce_by_key join terasort word_count cache idle; do
        "$@" "${options[@]}" "$workload" >>"$results/$name"
    done
}
HAMMERSCALE_THREADS=1 run threads_1 "$programs/core_bench"
HAMMERSCALE_THREADS=2 run threads_2 "$programs/core_bench" --baselines
HAMMERSCALE_THREADS=1 run executors_1 mpirun -n 2 "$programs/core_bench"
HAMMERSCALE_THREADS=1 run executors_2 mpirun -n 3 "$programs/core_bench"

# best_of RUNS COMMAND...: seconds of the fastest run.
best_of() {
    local runs=$1 best="" begin end
    shift
    for ((i = 0; i < runs; ++i)); do
        begin=$(date +%s%N)
        "$@" >/dev/null 2>&1
        end=$(date +%s%N)
        if [ -z "$best" ] || [ $((end - begin)) -lt "$best" ]; then best=$((end - begin)); fi
    done
    awk -v ns="$best" 'BEGIN { printf "%.3f", ns / 1e9 }'
}
echo "running: start" >&2
for _ in 1 2 3; do # In turns, so that both meet the same weather.
    best_of 3 mpirun -n 3 "$programs/bare_mpi" >>"$results/start_bare"
    echo >>"$results/start_bare"
    best_of 3 mpirun -n 3 "$build/apps/hammerscale/hammerscale" info >>"$results/start_ours"
    echo >>"$results/start_ours"
done
start_bare=$(sort -n "$results/start_bare" | head -n 1)
start_ours=$(sort -n "$results/start_ours" | head -n 1)

echo "running: exchange" >&2
mpirun -n 2 "$programs/exchange_bench" 15 >"$results/exchange"
echo "running: kmeans" >&2
HAMMERSCALE_THREADS=1 "$programs/kmeans_bench" >"$results/kmeans_1"
HAMMERSCALE_THREADS=2 "$programs/kmeans_bench" >"$results/kmeans_2"
HAMMERSCALE_THREADS=1 mpirun -n 2 "$programs/kmeans_bench" >"$results/kmeans_r1"
HAMMERSCALE_THREADS=1 mpirun -n 3 "$programs/kmeans_bench" >"$results/kmeans_r2"
ratio() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'; }
kmeans_seconds() { awk '/iterate/ { print $2 }' "$1"; }

{
    echo "$(nproc) cores, $(awk -F': ' '/model name/ { print $2; exit }' /proc/cpuinfo), load before the run $(cut -d' ' -f1 /proc/loadavg)," \
        "commit $(git rev-parse --short HEAD 2>/dev/null || echo unknown)"
    echo
    echo "| workload | 1 process, 2 threads | 2 executors, 1 thread each | limit of the same run | limit / ours (threads; executors) | must | aim | 1 to 2 threads | 1 to 2 executors | detail |"
    echo "|---|---|---|---|---|---|---|---|---|---|"
    awk -F'\t' '
        function with_unit(value, unit) { return sprintf("%.4g %s", value, unit) }
        function speed_up(w, before, after) { return (scales[w] && after > 0) ? sprintf("%.2f", before / after) : "-" }
        FILENAME ~ /threads_1$/ { one[$1] = $2 }
        FILENAME ~ /executors_1$/ { rank_one[$1] = $2 }
        FILENAME ~ /executors_2$/ { rank_two[$1] = $2; rank_limit[$1] = $4; rank_detail[$1] = $9 }
        FILENAME ~ /threads_2$/ {
            order[++n] = $1; two[$1] = $2; unit[$1] = $3; limit[$1] = $4; name[$1] = $5
            must[$1] = $6; aim[$1] = $7; scales[$1] = $8; detail[$1] = $9
        }
        END {
            for (i = 1; i <= n; ++i) {
                w = order[i]
                # The limit of the executors counts where only they have one.
                own = rank_limit[w] > 0 ? rank_limit[w] : limit[w]
                bound = own > 0 ? with_unit(own, unit[w]) ": " name[w] : "-"
                by_threads = limit[w] > 0 ? sprintf("%.2f", limit[w] / two[w]) : "-"
                by_ranks = own > 0 ? sprintf("%.2f", own / rank_two[w]) : "-"
                if (rank_limit[w] > 0) { detail[w] = rank_detail[w] }
                if (aim[w] == "") { aim[w] = "-" }
                printf "| %s | %s | %s | %s | %s; %s | %s | %s | %s | %s | %s |\n", w, with_unit(two[w], unit[w]),
                    with_unit(rank_two[w], unit[w]), bound, by_threads, by_ranks, must[w], aim[w],
                    speed_up(w, one[w], two[w]), speed_up(w, rank_one[w], rank_two[w]), detail[w]
            }
        }' "$results/threads_1" "$results/executors_1" "$results/executors_2" "$results/threads_2"
    printf '| k-means, 1 M x 32, k = 16, 10 iterations | %s s | %s s | - | -; - | - | 0.20 s | %s | %s | %s |\n' \
        "$(kmeans_seconds "$results/kmeans_2")" "$(kmeans_seconds "$results/kmeans_r2")" \
        "$(ratio "$(kmeans_seconds "$results/kmeans_1")" "$(kmeans_seconds "$results/kmeans_2")")" \
        "$(ratio "$(kmeans_seconds "$results/kmeans_r1")" "$(kmeans_seconds "$results/kmeans_r2")")" \
        "$(awk -F'[()]' '/iterate/ { print $2 }' "$results/kmeans_2")"
    printf '| start of mpirun -n 3 hammerscale info | - | %s s | %s s: bare MPI program | -; %s | 1.5 times | 1.1 times | - | - | |\n' \
        "$start_ours" "$start_bare" "$(ratio "$start_bare" "$start_ours")"
    awk '/GB\/s/ && !/bare/ {
        name = $0; sub(/ +[0-9.]+ GB\/s.*/, "", name)
        match($0, /[0-9.]+ GB\/s/); rate = substr($0, RSTART, RLENGTH); ratio = $NF; sub(/x$/, "", ratio)
        must = name ~ /streamed$/ ? "0.8 of it" : ""
        printf "| exchange of 2 ranks, %s | - | %s | bare Sendrecv of 1 MiB | -; %s | %s | | - | - | |\n", name, rate, ratio, must
    }' "$results/exchange"
} | tee "$table"
