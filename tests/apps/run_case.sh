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
        for verb in wordcount sort teragen terasort teravalidate ml info calibrate; do
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

    ml)
        without_seconds() { sed 's/,"seconds":[^,}]*//'; }
        # 1200 rows around 4 corners, with a text, a label that is no feature and a weight.
        awk 'BEGIN { print "name,x,label,y,w,z"; s = 4711; for (i = 0; i < 1200; ++i) { for (j = 0; j < 3; ++j) { s = (s * 16807) % 2147483647; u[j] = s / 2147483647 }
            printf "\"r,%d\",%.9f,%d,%.9f,%d,%.9f\n", i, 10 * (i % 2) + 2 * u[0], i % 3, 8 * int(i % 4 / 2) + u[1], i % 5 + 1, u[2] - 1e3 } }' >points.csv
        fit='ml fit kmeans points.csv --label label --weight w --set K=4 --set maxIter=50 --set tol=0 --seed 5 --format json'
        # shellcheck disable=SC2086
        for ranks in 0 1 2 3 4 7; do
            expect_exit 0 "$ranks" $fit --model model$ranks.h5
            without_seconds <out >fit$ranks.json
            expect_same fit0.json fit$ranks.json "the fit differs on $ranks ranks"
            expect_exit 0 0 ml inspect model$ranks.h5 --format json
            expect_same fit0.json out "the model file differs on $ranks ranks"
        done
        # shellcheck disable=SC2086
        for options in '--threads 1' '--threads 5 --partitions 3' '--partitions 1' '--partitions 13'; do
            expect_exit 0 0 $fit $options
            without_seconds <out | cmp - fit0.json || fail "the fit differs with $options"
            expect_exit 0 0 $fit $options --set distanceMeasure=cosine --set initMode=random
            without_seconds <out >cosine.json
            [ -e cosine0.json ] || mv cosine.json cosine0.json
            [ ! -e cosine.json ] || expect_same cosine0.json cosine.json "the cosine fit differs with $options"
        done
        # Transform on one and on several ranks; files, folders, formats.
        expect_exit 0 0 ml transform model0.h5 points.csv --output predicted.csv
        expect_exit 0 3 ml transform model0.h5 points.csv --output predicted3.csv --partitions 4
        expect_same predicted.csv predicted3.csv "predictions of 3 ranks"
        [ "$(head -1 predicted.csv)" = name,x,label,y,w,z,prediction ] || fail "the header: $(head -1 predicted.csv)"
        sed 's/,[0-9]*$//' predicted.csv | tail -n +2 >columns
        tail -n +2 points.csv | cmp - columns || fail "transform changes the input's columns"
        expect_exit 0 2 ml transform model0.h5 points.csv --output folder --output-format csv --partitions 3
        [ -e folder/_SUCCESS ] || fail "no _SUCCESS"
        for part in folder/part-*; do tail -n +2 "$part"; done >rows
        tail -n +2 predicted.csv | cmp - rows || fail "the rows of a folder"
        expect_exit 0 0 ml transform model0.h5 points.csv --output predicted.json.gz
        gzip -dc predicted.json.gz >predicted.json
        grep -qx '{"name":"r,0","x":[0-9.]*,"label":0,"y":[0-9.]*,"w":1,"z":-[0-9.]*,"prediction":[0-3]}' predicted.json || fail "JSON: $(head -1 predicted.json)"
        [ "$(wc -l <predicted.json)" = 1200 ] || fail "JSON has $(wc -l <predicted.json) rows"
        expect_exit 0 0 ml transform model0.h5 points.csv --output zipped --option compression=gzip
        ls zipped/part-*.gz >/dev/null || fail "compression=gzip leaves plain parts"
        expect_error 2 'predicted.csv' 0 ml transform model0.h5 points.csv --output predicted.csv
        expect_exit 0 0 ml transform model0.h5 points.csv --output predicted3.csv --append
        { cat predicted.csv; tail -n +2 predicted.csv; } | cmp - predicted3.csv || fail "--append repeats the header, or worse"
        expect_exit 0 0 ml transform model0.h5 points.csv --output predicted3.csv --overwrite
        expect_same predicted.csv predicted3.csv "--overwrite"
        # The oracle: every row is nearest to its centre, every centre is the weighted mean of its rows, and cost and
        # silhouette are those of all pairs of rows.
        sed 's/.*"clusterCenters":\[\[\(.*\)\]\],"clusterSizes".*/\1/; s/\],\[/\n/g' fit0.json | tr , ' ' >centers
        expect_exit 0 3 ml evaluate model0.h5 points.csv --metric silhouette --metric wssse
        cat out >metrics
        tr -d '"' <predicted.csv | tail -n +2 | awk -F, -v metrics="$(awk '{ print $2 }' metrics | tr '\n' ' ')" -v found="$(sed 's/.*"trainingCost":\([^,]*\),.*/\1/' fit0.json)" '
            BEGIN { k = 0; while ((getline line <"centers") > 0) { split(line, part, " "); for (j = 1; j <= 3; ++j) { center[k, j] = part[j] } ++k } }
            { x[NR, 1] = $3; x[NR, 2] = $5; x[NR, 3] = $7; w[NR] = $6; c[NR] = $8 }
            END {
                for (i = 1; i <= NR; ++i) { best = -1; for (g = 0; g < k; ++g) { d = 0; for (j = 1; j <= 3; ++j) { d += (x[i, j] - center[g, j]) ^ 2 }
                        if (best < 0 || d < least) { best = g; least = d } }
                    if (best != c[i]) { print "row", i, "is in", c[i], "not", best; bad = 1 }
                    cost += w[i] * least; mass[c[i]] += w[i]; all += w[i]; for (j = 1; j <= 3; ++j) { sum[c[i], j] += w[i] * x[i, j] } }
                for (g = 0; g < k; ++g) { for (j = 1; j <= 3; ++j) { d = sum[g, j] / mass[g] - center[g, j]; if (d * d > 1e-18) { print "centre", g, "is off by", d; bad = 1 } } }
                for (i = 1; i <= NR; ++i) { for (g = 0; g < k; ++g) { far[g] = 0 }
                    for (o = 1; o <= NR; ++o) { far[c[o]] += w[o] * ((x[i, 1] - x[o, 1]) ^ 2 + (x[i, 2] - x[o, 2]) ^ 2 + (x[i, 3] - x[o, 3]) ^ 2) }
                    a = far[c[i]] / (mass[c[i]] - w[i]); b = -1; for (g = 0; g < k; ++g) { if (g != c[i] && (b < 0 || far[g] / mass[g] < b)) { b = far[g] / mass[g] } }
                    total += w[i] * (a < b ? 1 - a / b : b / a - 1) }
                split(metrics, metric, " ")
                if ((metric[1] - total / all) ^ 2 > 1e-18) { print "silhouette", metric[1], "not", total / all; bad = 1 }
                if ((metric[2] / cost - 1) ^ 2 > 1e-18 || metric[2] != found) { print "wssse", metric[2], "fit", found, "not", cost; bad = 1 }
                exit bad }' || fail "the model is not what the definition says"
        expect_exit 0 0 ml evaluate model0.h5 points.csv
        [ "$(awk '{ printf "%s ", $1 }' out)" = 'silhouette trainingCost ' ] || fail "metrics unasked: $(cat out)"
        expect_exit 0 2 ml evaluate model0.h5 points.csv --metric SILHOUETTE --format json
        grep -q '^{"estimator":"KMeans","metrics":{"silhouette":0\.[0-9]*},"seconds":' out || fail "evaluate as JSON: $(cat out)"
        # The same table otherwise: two files, compressed, tsv, LIBSVM, without a header, chosen columns.
        head -500 points.csv >a.csv
        { head -1 points.csv; tail -n +501 points.csv; } | gzip >b.csv.gz
        mkdir parts
        cp a.csv b.csv.gz parts
        centers_of() { sed 's/.*"clusterCenters":\(.*\),"clusterSizes".*/\1/' "$1"; }
        same_centers() {  # same_centers NAME RANKS ARGUMENT...
            local name=$1 ranks=$2
            shift 2
            expect_exit 0 "$ranks" ml fit KMeans "$@" --set k=4 --set maxIter=50 --set tol=0 --seed 5 --format json
            [ "$(centers_of out)" = "$(centers_of plain.json)" ] || fail "other centres: $name"
        }
        expect_exit 0 0 ml fit KMeans points.csv --features x,y,z --set k=4 --set maxIter=50 --set tol=0 --seed 5 --format json
        cp out plain.json
        same_centers "a folder" 2 parts --features x,y --features z
        same_centers "two files" 0 a.csv b.csv.gz --features x,y,z
        sed 's/,\([^"]*\)$/\t\1/; s/,/\t/g; s/"r\t/"r,/' points.csv >points.tsv
        same_centers "tsv" 3 points.tsv --features x,y,z
        tail -n +2 points.csv | tr , ';' >points.data
        same_centers "other separators, no header" 0 points.data --input-format csv --option sep=';' --option header=false --features _c1,_c3,_c5
        tr -d '"' <points.csv | awk -F, 'NR > 1 { print $4, "1:" $3, "2:" $5, "3:" $7 }' >points.libsvm
        same_centers "LIBSVM" 2 points.libsvm
        expect_exit 0 0 ml fit KMeans points.libsvm --set k=2 --model svm.h5
        expect_exit 0 2 ml transform svm.h5 points.libsvm --output svm.csv
        [ "$(head -1 svm.csv)" = label,f1,f2,f3,prediction ] || fail "LIBSVM transformed: $(head -1 svm.csv)"
        # HDF5: the centres of a model are a matrix, the sizes of its clusters weights.
        for ranks in 0 3; do
            expect_exit 0 $ranks ml fit KMeans model0.h5:/model/clusterCenters --weight /summary/clusterSizes --set k=2 --format json
            without_seconds <out >hdf5_$ranks.json
            expect_exit 0 $ranks ml transform model0.h5 model0.h5:/model/clusterCenters --output hdf5_$ranks.csv
            [ "$(cut -d, -f4 hdf5_$ranks.csv | tr '\n' ' ')" = 'prediction 0 1 2 3 ' ] || fail "HDF5 transformed: $(cat hdf5_$ranks.csv)"
        done
        expect_same hdf5_0.json hdf5_3.json "HDF5 on 3 ranks"
        expect_error 2 'datasets=.*/model/clusterCenters' 0 ml fit KMeans model0.h5
        # Test rows are those of the same draws on any ranks, and the rest train.
        for ranks in 0 3; do
            expect_exit 0 $ranks ml fit KMeans points.csv --features x,y --set k=4 --test-fraction 0.2 --format json
            without_seconds <out >test$ranks.json
        done
        expect_same test0.json test3.json "the test rows depend on ranks"
        grep -q '"test":{"silhouette":0\.[0-9]*,"trainingCost":' test0.json || fail "no test metrics: $(cat test0.json)"
        expect_exit 0 0 ml list
        grep -q '^KMeans: ' out && grep -q '^  maxIter  *20 ' out || fail "ml list: $(cat out)"
        expect_exit 0 0 ml fit KMeans points.csv
        grep -q '^cluster 1: [0-9]* rows' out || fail "fit for people: $(cat out)"
        grep -q '^seconds: ' err || fail "no seconds on stderr"
        for command in fit transform evaluate inspect list; do
            expect_exit 0 0 ml $command --help
            grep -q 'Example: hammerscale ml' out || fail "no example in the help of ml $command"
        done
        # What users get wrong: exit code 2, one line, and no output.
        ls -A | grep -v '^err$\|^out$\|^listing$' >listing
        break_row() { awk -F, -v OFS=, -v row="$1" -v to="$2" 'NR == row { $3 = to } 1' points.csv; }
        break_row 900 oops >bad.csv
        for ranks in 0 1 3; do expect_error 2 'path=bad.csv, row=900, column=x, value=oops' $ranks ml fit KMeans bad.csv --model bad.h5 --partitions 5; done
        break_row 1201 nan >bad.csv
        for ranks in 0 2; do expect_error 2 'not finite (path=bad.csv, row=1201, column=x, value=NaN)' $ranks ml fit KMeans bad.csv --model bad.h5; done
        expect_error 2 'row=1201, column=x' 2 ml transform model0.h5 bad.csv --output bad_out.csv
        expect_error 2 'row=1201, column=x' 0 ml transform model0.h5 bad.csv --output bad_out
        expect_error 2 'row=1201, column=x' 0 ml evaluate model0.h5 bad.csv
        break_row 7 '' >bad.csv
        expect_error 2 'row=7, column=x' 0 ml fit KMeans bad.csv
        break_row 8 1,2 >bad.csv
        expect_error 2 'row=8, columns=7, wanted=6' 0 ml fit KMeans bad.csv
        expect_exit 0 0 ml fit KMeans bad.csv --option mode=DROPMALFORMED
        sed '5s/,[0-9]*,\([-0-9.]*\)$/,-1,\1/' points.csv >bad.csv
        expect_error 2 'weight.*row=5, column=w, value=-1' 0 ml fit KMeans bad.csv --weight w
        sed '1s/x/q/' points.csv >bad.csv
        expect_error 2 'other features.*column=x' 3 ml transform model0.h5 bad.csv --output bad_out.csv
        expect_error 2 'other features.*column=x' 0 ml evaluate model0.h5 bad.csv
        sed 's/ 3:/ 4:/' points.libsvm >bad.svm
        expect_error 2 'other features.*row=1, column=4' 0 ml transform svm.h5 bad.svm --output bad_out.csv
        sed '3s/ 2:/ 0:/' points.libsvm >bad.svm
        expect_error 2 'bad.svm, row=3, column=0:' 2 ml fit KMeans bad.svm
        expect_error 2 'column=nosuch' 0 ml fit KMeans points.csv --features x,nosuch
        expect_error 2 'column=nosuch' 0 ml fit KMeans points.csv --label nosuch
        expect_error 2 'column=nosuch' 0 ml fit KMeans points.csv --weight nosuch
        expect_error 2 'known=.*KMeans' 0 ml fit KMeens points.csv
        expect_error 2 'known=k maxIter' 0 ml fit KMeans points.csv --set kk=3
        expect_error 2 'parameter=k' 3 ml fit KMeans points.csv --set k=0
        expect_error 2 'parameter=tol' 0 ml fit KMeans points.csv --set tol=small
        expect_error 2 'parameter=distanceMeasure' 0 ml fit KMeans points.csv --set distanceMeasure=manhattan
        expect_error 2 'featuresCol' 0 ml fit KMeans points.csv --set featuresCol=f
        expect_error 2 'k=5000' 0 ml fit KMeans points.csv --set k=5000
        expect_error 2 'set' 0 ml fit KMeans points.csv --set k
        expect_error 2 'test-fraction' 0 ml fit KMeans points.csv --test-fraction 1.5
        expect_error 2 'format=picture' 0 ml fit KMeans points.csv --format picture
        expect_error 2 'option=headre' 0 ml fit KMeans points.csv --option headre=true
        expect_error 2 'option=sep' 0 ml fit KMeans points.csv --option sep=ab
        expect_error 2 'format=orc' 0 ml fit KMeans points.csv --input-format orc
        expect_error 2 'points.data' 0 ml fit KMeans points.data
        expect_error 2 'nowhere.csv' 0 ml fit KMeans nowhere.csv
        expect_error 2 'model0.h5' 0 ml fit KMeans points.csv --model model0.h5
        expect_error 2 'nowhere' 0 ml fit KMeans points.csv --model nowhere/m.h5
        expect_error 2 'format=parquet' 0 ml transform model0.h5 points.csv --output x.parquet --output-format parquet
        expect_error 2 'output' 0 ml transform model0.h5 points.csv
        expect_error 2 'column=prediction' 0 ml transform model0.h5 predicted.csv --output again.csv
        expect_error 2 'metric=accuracy' 0 ml evaluate model0.h5 points.csv --metric accuracy
        expect_error 2 'nowhere.h5' 0 ml inspect nowhere.h5
        expect_error 2 'points.csv' 2 ml evaluate points.csv points.csv
        head -c 3000 model0.h5 >half.h5
        expect_error 2 'half.h5' 0 ml inspect half.h5
        : >empty.csv
        expect_error 2 'empty.csv' 0 ml fit KMeans empty.csv
        echo x,y >head.csv
        expect_error 2 '' 0 ml fit KMeans head.csv --features x,y
        rm -f bad.csv bad.svm half.h5 empty.csv head.csv
        ls -A | grep -v '^err$\|^out$\|^listing$' | cmp - listing || fail "a failed command left: $(ls -A)"
        ;;

    sql)
        cat >script.sql <<'SQL'
-- Statements over several lines; comments may hold a semicolon;
CREATE TEMPORARY VIEW t AS
  SELECT * FROM VALUES (1, 'a;b'), (2, NULL) AS t(x, y);
SELECT x, y FROM t ORDER BY x;
SELECT count(*) AS n FROM t WHERE x > 1
SQL
        printf 'x,y\n1,a;b\n2,\nn\n1\n' >wanted.csv
        for n in 0 1 2 3 4; do
            expect_exit 0 "$n" sql -f script.sql --format csv
            expect_same wanted.csv out "SQL on $n ranks"
        done
        on_ranks 0 sql --format csv <script.sql >out || fail "statements from standard input"
        expect_same wanted.csv out "statements from standard input"
        expect_exit 0 0 sql -e 'SELECT 1 AS a' -e 'SELECT NULL AS b; SELECT true' --format results
        grep -qxF '{"statement":1,"schema":[{"name":"a","type":"int"}],"rows":[["1"]]}' out || fail "first result: $(cat out)"
        grep -qxF '{"statement":2,"schema":[{"name":"b","type":"void"}],"rows":[[null]]}' out || fail "second result: $(cat out)"
        expect_error 2 'UNRESOLVED_COLUMN.WITH_SUGGESTION.*42703.*line 1, column 8' 0 sql -e 'SELECT z FROM VALUES (1) AS t(x)'
        expect_error 2 'PARSE_SYNTAX_ERROR' 0 sql -e 'SELEC 1'
        expect_error 2 'DIVIDE_BY_ZERO' 3 sql -e 'SELECT 1 / 0; SELECT 2'
        expect_exit 2 0 sql -e 'SELECT 1 / 0; SELECT 2 AS two' --continue --format results
        grep -q '"statement":1,"error":{"condition":"DIVIDE_BY_ZERO","sqlState":"22012"' out || fail "error as a result: $(cat out)"
        grep -q '"statement":2,"schema"' out || fail "--continue did not go on"
        expect_exit 0 0 sql -e 'SELECT 1 AS a, "x" AS b' --output rows.json --format json
        grep -qxF '{"a":1,"b":"x"}' rows.json || fail "rows in a file: $(cat rows.json)"
        expect_error 2 'rows.json' 0 sql -e 'SELECT 1' --output rows.json
        expect_error 2 'nowhere.sql' 0 sql -f nowhere.sql
        ;;

    *) fail "no such case" ;;
esac
[ "$failures" = 0 ]
