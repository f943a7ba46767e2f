#!/usr/bin/env bash
# run_case.sh CASE: one test of the program over several network hosts; tests/multihost/CMakeLists.txt sets the environment.
# Leaves with 77 (skipped) where hosts cannot be emulated.
set -euo pipefail

case_name=$1
skip() { echo "SKIPPED: $*"; exit 77; }
fail() { echo "FAILED: $*" >&2; exit 1; }

multihost=${HAMMERSCALE_MULTIHOST:-$HAMMERSCALE_SOURCE_DIR/../shared/multihost}
[ -x "$multihost/up" ] || skip "nothing to emulate hosts with in $multihost; set HAMMERSCALE_MULTIHOST to a folder with up, run and down"
[ "$(id -u)" = 0 ] || skip "emulated hosts need root"

if [ "$case_name" = down ]; then exec "$multihost/down" -q; fi
if [ "$case_name" = up ]; then exec "$multihost/up" -n 2 -s 2; fi

work=${HAMMERSCALE_WORK_DIR:?}/$case_name
rm -rf "$work"
mkdir -p "$work"
cd "$work"
seq 1 20000 | awk '{ print "it is", $1 % 101, "past", $1 % 13, "on line", $1 }' >text.txt

# Ranks 0 and 1 on the first host, 2 and 3 on the second.
on_two_hosts() { timeout -k 5 100 "$multihost/run" mpirun -n 4 "$HAMMERSCALE_PROGRAM" "$@"; }
alone() { "$HAMMERSCALE_PROGRAM" "$@"; }

case $case_name in
    hosts)
        timeout -k 5 60 "$multihost/run" mpirun -n 4 hostname | sort | uniq -c | awk '{ print $2, $1 }' >hosts.txt
        [ "$(cat hosts.txt)" = "$(printf 'node1 2\nnode2 2')" ] || fail "four ranks ran on: $(cat hosts.txt)"
        ;;
    wordcount)
        alone wordcount text.txt >alone.tsv
        on_two_hosts wordcount text.txt >hosts.tsv
        [ "$(wc -l <alone.tsv)" -gt 20000 ] || fail "one process printed too few words"
        cmp alone.tsv hosts.tsv || fail "two hosts count other words than one process"
        ;;
    sort)
        alone sort text.txt --output alone.txt
        on_two_hosts sort "$work/text.txt" --output "$work/hosts.txt"
        cmp alone.txt hosts.txt || fail "two hosts sort otherwise than one process"
        LC_ALL=C sort text.txt | cmp - hosts.txt || fail "two hosts sort otherwise than sort"
        ;;
    *) fail "no such case" ;;
esac
