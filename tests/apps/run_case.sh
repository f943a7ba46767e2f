#!/usr/bin/env bash
# run_case.sh CASE: one test of the program hammerscale; tests/apps/CMakeLists.txt sets HAMMERSCALE_PROGRAM, MPIEXEC and
# HAMMERSCALE_WORK_DIR. Results are compared with those of the system's own sort and awk, and among numbers of ranks.
set -uo pipefail
export LC_ALL=C
ulimit -c 0

case_name=$1
work=${HAMMERSCALE_WORK_DIR:?}/$case_name
rm -rf "$work"
mkdir -p "$work"
cd "$work" || exit 1

failures=0
fail() { echo "FAILED: $*" >&2; failures=$((failures + 1)); }

# on_ranks N ARGUMENT...: the program on N ranks; 0 is one process without mpirun.
on_ranks() {
    local ranks=$1
    shift
    if [ "$ranks" = 0 ]; then timeout -k 5 60 "$HAMMERSCALE_PROGRAM" "$@"
    else timeout -k 5 60 "$MPIEXEC" -n "$ranks" "$HAMMERSCALE_PROGRAM" "$@"; fi
}

# expect_exit CODE N ARGUMENT...: runs it, output in out and err.
expect_exit() {
    local wanted=$1
    shift
    on_ranks "$@" >out 2>err
    local code=$?
    [ "$code" = "$wanted" ] || { fail "exit code $code, not $wanted: $*"; cat err >&2; }
}

# expect_error CODE PATTERN N ARGUMENT...: also demands exactly one line on stderr that begins with "error: ".
expect_error() {
    local code=$1 pattern=$2
    shift 2
    expect_exit "$code" "$@"
    [ "$(grep -c '^error: ' err)" = 1 ] || { fail "not one error line: $*"; cat err >&2; }
    grep -q -- "$pattern" err || { fail "no '$pattern' in the error: $*"; cat err >&2; }
    [ ! -s out ] || fail "an error left something on stdout: $*"
}

expect_same() { cmp "$1" "$2" >&2 || fail "$3"; }

count_words() {
    tr -s ' \t\n\v\f\r' '\n' | sed '/^$/d' | sort | uniq -c | sed 's/^ *\([0-9]*\) \(.*\)$/\2\t\1/' |
        sort -t "$(printf '\t')" -k2,2nr -k1,1
}

# Words of every length, repeated unevenly, with all kinds of white space; three megabytes, so that there are several partitions.
make_text() {
    awk 'BEGIN { x = 12345; for (i = 0; i < 60000; ++i) { line = "";
        for (j = 0; j < 7; ++j) { x = (x * 16807) % 2147483647; line = line "W" (x % 1000 * (x % 7)) (j % 3 ? " " : "\t\v") }
        print line (i % 5 ? "" : "\r") } }'
}

case $case_name in
    usage)
        expect_exit 0 0 --version
        grep -q '^hammerscale [0-9]*\.[0-9]*\.[0-9]*$' out || fail "--version says: $(cat out)"
        expect_exit 0 0 --help
        for verb in $(sed -n '/^Subcommands:/,$p' out | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
            verbs=${verbs:-}" $verb"
            expect_exit 0 0 "$verb" --help
            grep -q 'Example: ' out || fail "no example in the help of $verb"
        done
        for verb in wordcount sort teragen terasort teravalidate info calibrate; do
            [[ " ${verbs:-} " == *" $verb "* ]] || fail "--help does not list $verb"
        done
        expect_exit 0 3 --version
        [ "$(wc -l <out)" = 1 ] || fail "three ranks print the version $(wc -l <out) times"
        echo a >a.txt
        expect_error 2 'verb' 0
        expect_error 2 'nosuchverb' 0 nosuchverb
        expect_error 2 'nosuch' 0 wordcount a.txt --nosuch
        expect_error 2 'nosuch' 3 wordcount a.txt --nosuch
        expect_error 2 'INPUT' 0 wordcount
        expect_error 2 'output' 0 sort a.txt
        expect_error 2 'threads' 0 wordcount a.txt --threads 0
        expect_error 2 'threads' 0 --threads -1 wordcount a.txt
        expect_error 2 'partitions' 0 wordcount a.txt --partitions x
        expect_error 2 'memory' 0 wordcount a.txt --memory lots || true
        expect_error 2 'conf' 0 wordcount a.txt --conf nothing
        expect_error 2 'log-level' 0 wordcount a.txt --log-level loud
        expect_error 2 'progress' 0 wordcount a.txt --progress maybe
        expect_error 2 'top' 0 wordcount a.txt --top -1
        expect_error 2 'sep' 0 sort a.txt --output b.txt --sep ,
        expect_error 2 'sep' 0 sort a.txt --output b.txt --field 1 --sep ab
        expect_error 2 'field' 0 sort a.txt --output b.txt --field 0
        expect_error 2 'overwrite' 0 sort a.txt --output b.txt --overwrite --append
        expect_error 2 'format' 0 info --format picture
        HAMMERSCALE_THREADS=none expect_error 2 'HAMMERSCALE_THREADS' 0 wordcount a.txt
        HAMMERSCALE_THREADS=3 HAMMERSCALE_CONF=some.key=value expect_exit 0 0 info --format json
        grep -q '"task_threads": 3' out || fail "the environment does not set the threads"
        HAMMERSCALE_THREADS=3 expect_exit 0 0 info --threads 5 --format json --conf a.b=c --conf d=e
        grep -q '"task_threads": 5' out || fail "an option does not override the environment"
        expect_exit 0 0 --threads 2 wordcount a.txt --progress off
        [ ! -s err ] || fail "something on stderr: $(cat err)"
        expect_exit 0 3 info --format json
        [ "$(grep -c '"role": "executor"' out)" = 2 ] || fail "three ranks are not two executors and a driver"
        ;;

    wordcount)
        make_text >text.txt
        count_words <text.txt >expected
        for ranks in 0 1 2 3 4 7; do
            expect_exit 0 "$ranks" wordcount text.txt
            expect_same expected out "$ranks ranks count otherwise"
        done
        for options in '--threads 1' '--threads 5 --partitions 3' '--partitions 1' '--partitions 17'; do
            # shellcheck disable=SC2086
            expect_exit 0 0 wordcount text.txt $options
            expect_same expected out "counts differ with $options"
        done
        head -20 expected >expected20
        expect_exit 0 0 wordcount text.txt --top 20
        expect_same expected20 out "--top 20"
        expect_exit 0 3 wordcount text.txt --top 20 --output top.tsv
        expect_same expected20 top.tsv "--top 20 to a file"
        expect_exit 0 0 wordcount text.txt --top 1000000
        expect_same expected out "--top beyond the number of words"
        expect_exit 0 0 wordcount text.txt --top 0
        [ ! -s out ] || fail "--top 0 prints something"
        tr A-Z a-z <text.txt | count_words >expected_lower
        expect_exit 0 2 wordcount text.txt --lowercase
        expect_same expected_lower out "--lowercase"
        # Outputs: one file, a compressed one, a folder; each at several numbers of ranks.
        for ranks in 0 3; do
            expect_exit 0 "$ranks" wordcount text.txt --output counts.$ranks.tsv
            expect_same expected counts.$ranks.tsv "a file written by $ranks ranks"
            expect_exit 0 "$ranks" wordcount text.txt --output counts.$ranks.tsv.gz
            gzip -dc counts.$ranks.tsv.gz | cmp - expected || fail "a compressed file written by $ranks ranks"
            expect_exit 0 "$ranks" wordcount text.txt --output folder$ranks
            cat folder$ranks/part-* | cmp - expected || fail "a folder written by $ranks ranks"
            [ -e folder$ranks/_SUCCESS ] || fail "no _SUCCESS"
        done
        ;;

    inputs)
        # White space is 9 to 13 and 32 and nothing else: not NUL, not a no-break space, not other controls.
        printf 'a\0b a\0b \302\240x\302\240 \377\376 \001\034\037 e\314\201\nlast' >bytes.txt
        printf 'a\0b\t2\n\001\034\037\t1\ne\314\201\t1\nlast\t1\n\302\240x\302\240\t1\n\377\376\t1\n' >expected
        for ranks in 0 3; do
            expect_exit 0 "$ranks" wordcount bytes.txt
            expect_same expected out "odd bytes on $ranks ranks"
        done
        : >empty.txt
        expect_exit 0 0 wordcount empty.txt
        [ ! -s out ] || fail "an empty file has words"
        expect_exit 0 2 sort empty.txt --output sorted_empty.txt
        [ -e sorted_empty.txt ] && [ ! -s sorted_empty.txt ] || fail "an empty file sorts to something else"
        printf '\n\n  \n' >blank.txt
        expect_exit 0 0 wordcount blank.txt
        [ ! -s out ] || fail "blank lines have words"
        # A line of five megabytes beside short ones, and no line end at all.
        { echo before; head -c 5000000 /dev/zero | tr '\0' x; echo; printf 'after'; } >long.txt
        expect_exit 0 0 wordcount long.txt --partitions 4
        count_words <long.txt | cmp - out || fail "a long line"
        expect_exit 0 2 sort long.txt --output sorted_long.txt --partitions 4
        sort long.txt | cmp - sorted_long.txt || fail "sorting a long line"
        # Folders, globs, several inputs, compressed ones; hidden files and those with _ are not input.
        mkdir folder parts
        echo 'one two' >folder/a.txt
        echo 'two three' >folder/b.txt
        echo hidden >folder/.hidden
        echo hidden >folder/_SUCCESS
        printf 'three\t1\n' >/dev/null
        printf 'two\t2\none\t1\nthree\t1\n' >expected
        expect_exit 0 0 wordcount folder
        expect_same expected out "a folder"
        expect_exit 0 0 wordcount 'folder/*.txt'
        expect_same expected out "a glob"
        expect_exit 0 0 wordcount folder/a.txt folder/b.txt
        expect_same expected out "two files"
        echo 'one two' >parts/part-00000
        echo 'two three' >parts/part-00001
        echo 'not this' >parts/readme.txt
        expect_exit 0 0 wordcount parts
        expect_same expected out "the part files of a folder"
        for tool in gzip bzip2 zstd; do
            command -v $tool >/dev/null || continue
            case $tool in gzip) end=gz ;; bzip2) end=bz2 ;; zstd) end=zst ;; esac
            cat folder/a.txt folder/b.txt | $tool -c >both.txt.$end
            expect_exit 0 2 wordcount both.txt.$end
            expect_same expected out "input of $tool"
        done
        expect_error 2 'nowhere.txt' 0 wordcount nowhere.txt
        expect_error 2 'nowhere' 0 wordcount 'nowhere/*.txt'
        expect_error 2 'nowhere.txt' 0 sort folder/a.txt nowhere.txt --output x.txt
        [ ! -e x.txt ] || fail "a failed sort left an output"
        printf 'no gzip' >broken.txt.gz
        expect_error 2 'broken.txt.gz' 0 wordcount broken.txt.gz
        expect_error 2 'broken.txt.gz' 2 sort broken.txt.gz --output x.txt
        [ -z "$(ls -A | grep '^x\|tmp$\|^\.x')" ] || fail "a failed sort left: $(ls -A)"
        ;;

    outputs)
        printf 'b\na\nc\n' >in.txt
        printf 'a\nb\nc\n' >expected
        expect_exit 0 0 sort in.txt --output out.txt
        expect_error 2 'out.txt' 0 sort in.txt --output out.txt
        expect_error 2 'out.txt' 2 sort in.txt --output out.txt
        expect_same expected out.txt "a refused overwriting changed the file"
        expect_exit 0 0 sort in.txt --output out.txt --append
        cat expected expected | cmp - out.txt || fail "--append to a file"
        expect_exit 0 0 sort in.txt --output out.txt --overwrite
        expect_same expected out.txt "--overwrite of a file"
        expect_exit 0 0 sort in.txt --output in.txt --overwrite
        expect_same expected in.txt "sorting a file into itself"
        expect_exit 0 0 sort in.txt --output folder
        expect_error 2 'folder' 0 sort in.txt --output folder
        expect_exit 0 0 sort in.txt --output folder --append
        [ "$(cat folder/part-*)" = "$(cat expected expected)" ] || fail "--append to a folder"
        expect_exit 0 2 sort in.txt --output folder/ --overwrite
        [ "$(cat folder/part-*)" = "$(cat expected)" ] || fail "--overwrite of a folder"
        [ -e folder/_SUCCESS ] || fail "no _SUCCESS after --overwrite"
        expect_error 2 'folder' 0 sort in.txt --output nowhere/folder/x.txt
        mkdir dotted.d
        expect_error 2 'dotted.d' 0 sort in.txt --output dotted.d --overwrite
        expect_exit 0 0 sort in.txt --output new/deep/folder
        [ "$(cat new/deep/folder/part-*)" = "$(cat expected)" ] || fail "a folder in new folders"
        # A limit of 100 KiB a file is a full disk.
        seq 1 60000 >big.txt
        for ranks in 0; do
            for target in full.txt full; do
                (ulimit -f 100; expect_error 1 'no space' "$ranks" sort big.txt --output $target; exit $failures) || fail "a full disk, $target"
            done
        done
        [ -z "$(ls -A | grep 'full\|tmp$')" ] || fail "a full disk left: $(ls -A)"
        [ -z "$(ls -A | grep '^\.')" ] || fail "hidden files are left: $(ls -A)"
        ;;

    sort)
        awk 'BEGIN { x = 99; for (i = 0; i < 40000; ++i) { x = (x * 16807) % 2147483647; y = x % 1000;
            printf "%d,%s%d.%d,k%d %d\r\n", y, (x % 3 ? "" : "-"), x % 5000, x % 97, x % 11, i } printf "no line end" }' >rows.txt
        compare() {  # compare NAME "OPTIONS OF SORT" OPTION...
            local name=$1 reference=$2
            shift 2
            # shellcheck disable=SC2086
            sort -s $reference rows.txt >expected
            [ "$ranks" = 0 ] || set -- --partitions 5 "$@"
            expect_exit 0 "$ranks" sort rows.txt --output sorted.txt --overwrite "$@"
            expect_same expected sorted.txt "$name on $ranks ranks"
        }
        for ranks in 0 1 2 3 4 7; do compare bytes "" ; done
        for ranks in 0 3; do
            compare descending "-r" --descending
            compare numeric "-n" --numeric
            compare "numeric, descending" "-n -r" --numeric --descending
            compare field "-t , -k 3,3" --field 3 --sep ,
            compare "field, descending" "-t , -k 3,3 -r" --field 3 --sep , --descending
            compare "numeric field" "-t , -n -k 2,2" --field 2 --sep , --numeric
            compare "blank field" "-k 2,2" --field 2
            compare "missing field" "-t , -k 9,9" --field 9 --sep ,
            compare unique "-u -t , -k 1,1" --field 1 --sep , --unique
            compare "unique numbers" "-u -n -t , -k 2,2" --field 2 --sep , --unique --numeric
            compare "unique, descending" "-u -r -t , -k 3,3" --field 3 --sep , --unique --descending
        done
        ranks=0
        compare "one partition" "" --partitions 1
        compare "many partitions, many threads" "-n" --numeric --partitions 23 --threads 5
        # Numbers in every form: signs, zeros, points, blanks, lengths past any machine number, no number at all.
        awk 'BEGIN { split("|-|+|--| |\t| -|0|00|-0|-00|-0.|0.|.0|-.0|.", sign, "|");
            split("|1|01|10|9|99|100|1e3|1x|0x10|123456789012345678901234567890|123456789012345678901234567891|.5|.50|.05|.500001|5.|5.0|1.5|1.50|1.05|1,000|a", body, "|");
            for (i in sign) { for (j in body) { print sign[i] body[j] } } }' >rows.txt
        { head -c 150 /dev/zero | tr '\0' 7; echo; printf -- -; head -c 150 /dev/zero | tr '\0' 7; echo;
          head -c 151 /dev/zero | tr '\0' 1; echo; printf '1\0002\n1\n'; } >>rows.txt
        for partitions in 1 5; do
            compare "forms of numbers" "-n" --numeric --partitions $partitions
            compare "forms of numbers, descending" "-n -r" --numeric --descending --partitions $partitions
            compare "forms of numbers, unique" "-n -u" --numeric --unique --partitions $partitions
        done
        printf 'b \tz\n  a  y\nb\tx\n\n a\nb  w w\n' >rows.txt
        compare "blanks before fields" "-k 2,2" --field 2
        compare "blanks before the first field" "-k 1,1" --field 1
        compare "third field" "-k 3,3" --field 3
        ;;

    tera)
        expect_exit 0 0 teragen 30000 in.bin
        [ "$(wc -c <in.bin)" = 3000000 ] || fail "teragen wrote $(wc -c <in.bin) bytes"
        expect_exit 0 3 teragen 30000 in --partitions 5
        cat in/part-* | cmp - in.bin || fail "records depend on partitions and ranks"
        expect_exit 0 0 teragen 30000 other.bin --seed 8
        cmp -s other.bin in.bin && fail "the seed does not matter"
        expect_exit 1 0 teravalidate in.bin
        grep -qx 'sorted: false' out || fail "random records are said to be sorted"
        checksum=$(grep '^checksum: ' out)
        for ranks in 0 2 3 4; do
            expect_exit 0 "$ranks" terasort in out$ranks
            expect_exit 0 "$ranks" teravalidate out$ranks
            grep -qx 'rows: 30000' out && grep -qx 'sorted: true' out && grep -qx "$checksum" out || fail "terasort on $ranks ranks: $(cat out)"
            expect_exit 0 "$ranks" terasort in.bin out$ranks.bin
            cat out$ranks/part-* | cmp - out$ranks.bin || fail "file and folder differ on $ranks ranks"
            expect_same out0.bin out$ranks.bin "terasort differs on $ranks ranks"
        done
        # One record exchanged: the place is told, also at the border of two partitions.
        { tail -c 100 out0.bin; head -c 2999900 out0.bin; } >moved.bin
        expect_exit 1 0 teravalidate moved.bin --partitions 4
        grep -qx 'first_unsorted_row: 1' out || fail "the first unsorted record: $(cat out)"
        { tail -c 1500000 out0.bin; head -c 1500000 out0.bin; } >halves.bin
        for partitions in 1 2 7; do
            expect_exit 1 0 teravalidate halves.bin --partitions $partitions
            grep -qx 'first_unsorted_row: 15000' out || fail "halves with $partitions partitions: $(cat out)"
        done
        expect_exit 0 0 teragen 0 nothing.bin
        expect_exit 0 0 terasort nothing.bin sorted_nothing
        expect_exit 0 2 teravalidate sorted_nothing
        grep -qx 'rows: 0' out || fail "no rows: $(cat out)"
        head -c 250 in.bin >bad.bin
        expect_error 2 'bad.bin.*250' 0 teravalidate bad.bin
        expect_error 2 'bad.bin.*250' 2 terasort bad.bin sorted_bad
        [ ! -e sorted_bad ] || fail "a failed terasort left its output"
        expect_error 2 'nowhere' 0 terasort nowhere sorted
        expect_error 2 'ROWS' 0 teragen -5 x.bin
        ;;

    *) fail "no such case" ;;
esac
[ "$failures" = 0 ]
