#!/bin/sh
# Whether faults lose records or send them twice, for each source with each destination. The packaged program runs the flows
# of all cells at once; the fault happens several times while records are under way; then each record is looked for at the
# destination and in the dead letters. Sources: inbox, intake, kafka, export, paged, fragments. Destinations: batch, single,
# once (once only), itemised (itemResults), bodyless (DELETE), file. Faults: none, sigterm, kill9, edit (of all flow files),
# restart (of the broker and of both vendors).
#
# Usage: bench/crash-matrix.sh [--faults none,kill9] [--cells export-once,kafka,batch] [--records 400] [--times 5]
#                              [--seed NUMBER] [--out FILE]
# A word for cells is a source, a destination, or both with a hyphen. Ends with 0 only if each cell passed. The whole table
# goes into bench/CRASH-MATRIX.md, a part of it into target/crash-matrix.md, or either into FILE. The directories of the
# program are kept if a cell failed. Needs a JDK 17, Maven, and the program with its tests: mvn -q -DskipTests package.
set -eu

faults=
cells=
records=400
times=5
seed=$(date +%s)
out=
while [ $# -gt 0 ]; do
    [ $# -gt 1 ] || { echo "$1 needs a value" >&2; exit 2; }
    case $1 in
        --faults) faults=$2 ;;
        --cells) cells=$2 ;;
        --records) records=$2 ;;
        --times) times=$2 ;;
        --seed) seed=$2 ;;
        --out) out=$2 ;;
        *) echo "There is no $1: see the top of $0" >&2; exit 2 ;;
    esac
    shift 2
done
for number in "$records" "$times" "$seed"; do
    case $number in *[!0-9]*|''|0) echo "'$number' is not a whole number from 1" >&2; exit 2 ;; esac
done

here=$(cd "$(dirname "$0")" && pwd)
app=$here/../target/quarkus-app
[ -f "$app/quarkus-run.jar" ] || { echo "There is no $app: run mvn -q -DskipTests package first" >&2; exit 2; }
if [ -z "$out" ]; then
    [ -z "$faults$cells" ] && out=$here/CRASH-MATRIX.md || out=$here/../target/crash-matrix.md
fi
[ "$app/start.args" -nt "$app/quarkus-run.jar" ] || "$here/../deploy/archive-classes.sh" "$app"
work=$(mktemp -d)
mvn -q -f "$here/.." dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$work/classpath"

version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' "$here/../pom.xml")
commit=$(git -C "$here" rev-parse --short HEAD 2> /dev/null || echo unknown)
origin="Measured on $(date -u +%Y-%m-%d), version $version, commit $commit, on $(getconf _NPROCESSORS_ONLN) CPUs: each fault \
$times times, seed $seed. Measure it again with \`bench/crash-matrix.sh\`."

status=0
java -Xmx512m -Djava.util.logging.manager=org.jboss.logmanager.LogManager -cp "$here/../target/test-classes:$here/../target/classes:$(cat "$work/classpath")" \
    dev.gtmroutes.crash.CrashMatrix "$faults" "$cells" "$records" "$times" "$seed" "$app/start.args" "$work" "$origin" "$out" \
    || status=$?
if [ $status -eq 0 ]; then
    rm -rf "$work"
    echo "All cells passed: $out"
else
    [ $status -eq 1 ] && echo "Cells failed: $out. All cases, and the program's data and logs: $work" >&2
fi
exit $status
