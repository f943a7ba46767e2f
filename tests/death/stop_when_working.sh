#!/usr/bin/env bash
# stop_when_working.sh SIGNAL COMMAND...: starts the command, waits until it prints "working", sends the signal to it, and
# exits with its code.
set -u
signal=$1
shift
output=$(mktemp)
trap 'rm -f "$output"' EXIT
"$@" >"$output" &
child=$!
until grep -q working "$output"; do
    kill -0 "$child" 2>/dev/null || break
    sleep 0.05
done
kill -s "$signal" "$child"
wait "$child"
