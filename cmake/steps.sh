# shellcheck shell=bash
# Numbered steps with progress and a log each, for quickstart.sh and test.sh. Sourced, not run.

# Steps are announced as "[2/4] building"; the caller sets the total before the first.
step_total=0
step_number=0
step_name=""

begin_step() {
    step_number=$((step_number + 1))
    step_name=$1
    printf '[%d/%d] %s\n' "$step_number" "$step_total" "$step_name"
}

# Ends the script with the reason and, if a log is named, its last lines.
fail_step() {
    local reason=$1 log=${2:-}
    {
        printf '\nFAILED in step %d (%s): %s\n' "$step_number" "$step_name" "$reason"
        if [ -n "$log" ] && [ -s "$log" ]; then
            printf -- '---- the last lines of %s ----\n' "$log"
            tail -n 40 "$log"
        fi
    } >&2
    exit 1
}

# run_logged LOG COMMAND...: all output goes to LOG; every 15 s the log's last line shows that something happens.
run_logged() {
    local log=$1 shown="" line="" seconds=0 child
    shift
    mkdir -p "$(dirname "$log")"
    "$@" >"$log" 2>&1 </dev/null &
    child=$!
    # Background commands of a script ignore Ctrl-C, so hand it on.
    # shellcheck disable=SC2064
    trap "kill -TERM $child 2>/dev/null; wait $child 2>/dev/null; exit 130" INT TERM
    while kill -0 "$child" 2>/dev/null; do
        sleep 0.2
        seconds=$((seconds + 1))
        if [ $((seconds % 75)) = 0 ]; then
            line=$(tail -n 1 "$log" | cut -c 1-110)
            if [ "$line" != "$shown" ]; then printf '      %s\n' "$line"; fi
            shown=$line
        fi
    done
    trap - INT TERM
    wait "$child"
}

# How many compilers to run at once: one a core, but each may take 2 GB of memory.
build_jobs() {
    local cores memory_kb jobs
    cores=$(nproc)
    memory_kb=$(awk '/^MemAvailable:/ { print $2 }' /proc/meminfo)
    jobs=$((${memory_kb:-2097152} / 2097152))
    if [ "$jobs" -lt 1 ]; then jobs=1; fi
    if [ "$jobs" -gt "$cores" ]; then jobs=$cores; fi
    echo "$jobs"
}

# Lets mpirun start more ranks than there are cores, and start at all for root.
allow_small_machines() {
    export OMPI_MCA_rmaps_base_oversubscribe=1
    export OMPI_MCA_hwloc_base_binding_policy=none
    if [ "$(id -u)" = 0 ]; then
        export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
    fi
    # Compilers' caches and MPI want a home folder; some containers set none.
    export HOME=${HOME:-/tmp}
}

# Configures the preset release and builds the targets named, into build/release.
configure_and_build() {
    local jobs
    if ! command -v cmake >/dev/null; then
        fail_step "cmake is not installed (see the packages named above)"
    fi
    run_logged build/configure.log cmake --preset release ||
        fail_step "cmake did not find all it needs; docs/building.md lists the dependencies" build/configure.log
    jobs=$(build_jobs)
    printf '      %d compilers at once; full log: build/build.log\n' "$jobs"
    run_logged build/build.log cmake --build --preset release -j "$jobs" --target "$@" ||
        fail_step "the build failed" build/build.log
}
