#!/usr/bin/env bash
# From a bare Debian or Ubuntu machine to answers on real data, in one command:
#   ./quickstart.sh
# It installs what is missing, builds the program, fetches English text, counts its words and sorts its lines on three
# MPI ranks, and checks both answers with awk and sort.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# shellcheck source=cmake/steps.sh
. cmake/steps.sh

readonly work=build/quickstart
readonly input=$work/input
readonly program=build/release/apps/hammerscale/hammerscale
readonly num_ranks=3

# Dictionaries from Debian's archive: large English text under free licences, about 80 MB unpacked.
readonly text_packages=(dict-gcide dict-wn dict-foldoc dict-jargon)

# Unpacks the dictionaries into the folder $1 without installing them. Fails where there is no archive or network.
fetch_dictionaries() {
    local target=$1 packages_dir=$work/packages package file
    command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
    mkdir -p "$packages_dir/unpacked"
    (
        cd "$packages_dir"
        if ! apt-get download "${text_packages[@]}" && [ "$(id -u)" = 0 ]; then
            apt-get update && apt-get download "${text_packages[@]}"
        fi
    ) >"$work/fetch.log" 2>&1 </dev/null || return 1
    for package in "${text_packages[@]}"; do
        for file in "$packages_dir/$package"_*.deb; do
            dpkg-deb -x "$file" "$packages_dir/unpacked" >>"$work/fetch.log" 2>&1 || return 1
        done
    done
    for file in "$packages_dir"/unpacked/usr/share/dictd/*.dict.dz; do
        gzip -dc "$file" >"$target/$(basename "$file" .dict.dz).txt" 2>>"$work/fetch.log" || return 1
    done
    rm -rf "$packages_dir"
}

# Gathers text that any Unix machine has into the folder $1: licences, documents, headers; at most 64 MB.
gather_local_text() {
    local target=$1
    {
        find -L /usr/share/common-licenses /usr/share/doc -type f \( -name '*.txt' -o -name 'copyright' -o -name 'README*' \
            -o -path '*common-licenses*' \) ! -name '*.gz' -size +0 -print0 2>/dev/null || true
        find -L /usr/include -type f -name '*.h*' -print0 2>/dev/null || true
    } | LC_ALL=C sort -z | xargs -0 -r cat 2>/dev/null | head -c 67108864 | LC_ALL=C tr -d '\000' >"$target/local.txt" || true
    [ -s "$target/local.txt" ]
}

prepare_input() {
    if [ -d "$input" ]; then
        echo "      using $input from an earlier run"
        return
    fi
    # Filled under another name first, so that an interrupted run is never taken for a whole one.
    rm -rf "$input.partial"
    mkdir -p "$input.partial"
    if fetch_dictionaries "$input.partial"; then
        echo "      ${text_packages[*]} from the package archive"
    else
        rm -f "$input.partial"/*
        echo "      no dictionaries from the package archive (see $work/fetch.log); taking text files of this machine"
        gather_local_text "$input.partial" || fail_step "found no text to work on" "$work/fetch.log"
    fi
    mv "$input.partial" "$input"
}

# run_shown OUTPUT COMMAND...: shows the command and its time; its standard output goes to the file OUTPUT.
run_shown() {
    local output=$1 started ended
    shift
    printf '      $ %s\n' "$*"
    started=$(date +%s.%N)
    "$@" >"$output" 2>"$work/stderr.log" </dev/null ||
        fail_step "exit code $? from: $*" "$work/stderr.log"
    ended=$(date +%s.%N)
    awk -v a="$started" -v b="$ended" 'BEGIN { printf "      took %.2f s\n", b - a }'
}

# The 20 most frequent words by count descending, then word ascending, counted with tools of this machine.
count_words_with_awk() {
    local file
    for file in "$input"/*; do
        cat "$file"
        echo # A word ends where its file ends.
    done | LC_ALL=C tr -s ' \t\n\v\f\r' '\n' |
        LC_ALL=C awk 'length($0) > 0 { n[$0]++ } END { for (w in n) { printf "%s\t%d\n", w, n[w] } }' |
        LC_ALL=C sort -t "$(printf '\t')" -k2,2nr -k1,1 >"$work/all_counts.tsv"
    head -n 20 "$work/all_counts.tsv"
}

step_total=5
allow_small_machines

begin_step "installing what is missing"
cmake/install_dependencies.sh || fail_step "packages could not be installed"

begin_step "building (the first time takes some minutes)"
configure_and_build hammerscale

begin_step "fetching English text"
mkdir -p "$work"
prepare_input
num_bytes=$(cat "$input"/* | wc -c)
num_lines=$(cat "$input"/* | wc -l)
echo "      $input: $(find "$input" -type f | wc -l) files, $((num_bytes / 1000000)) MB, $num_lines lines"

begin_step "counting words on $num_ranks ranks"
run_shown "$work/top.tsv" mpirun -n "$num_ranks" "$program" wordcount "$input" --top 20
sed 's/^/        /' "$work/top.tsv"
count_words_with_awk >"$work/top_expected.tsv"
diff "$work/top_expected.tsv" "$work/top.tsv" >"$work/difference.txt" ||
    fail_step "awk counts other words (< awk, > hammerscale)" "$work/difference.txt"
echo "      checked: awk counts the same"

begin_step "sorting lines on $num_ranks ranks"
run_shown "$work/sort_stdout.txt" \
    mpirun -n "$num_ranks" "$program" sort "$input" --output "$work/sorted.txt" --overwrite
LC_ALL=C sort -c "$work/sorted.txt" 2>"$work/difference.txt" || fail_step "the output is not sorted" "$work/difference.txt"
LC_ALL=C sort "$input"/* | cmp - "$work/sorted.txt" >"$work/difference.txt" 2>&1 ||
    fail_step "the output differs from that of sort" "$work/difference.txt"
echo "      $(wc -l <"$work/sorted.txt") lines in $work/sorted.txt; the middle ones:"
awk -v middle=$((num_lines / 2)) 'NR >= middle && NR < middle + 3 { print "        " substr($0, 1, 90) }' "$work/sorted.txt"
echo "      checked: byte for byte what sort makes of it"

cat <<TEXT

All done. What to try next:
  $program --help
  $program wordcount --lowercase --top 5 README.md           # one process, no mpirun
  mpirun -n 4 $program info                                  # the ranks as the program sees them
  sbatch slurm/many_nodes.sbatch $program wordcount ...      # on a cluster: slurm/README.md
  ./test.sh                                                  # every test
TEXT
