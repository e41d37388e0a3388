#!/bin/sh
# Whether a crash loses records or sends them twice: the packaged program is killed with kill -9 at random moments while
# files and requests keep coming, flow files are edited, and the destination is slow, busy, and breaks connections. Each
# lane has a program, a destination and a directory of its own; what counts is what the destination saw and what the dead
# letters hold at the end. Ends with 0 only if nothing was lost, no more requests were carried out twice after a kill than
# were in flight, and nothing was carried out twice on a once-only flow.
#
# Usage: bench/crash-audit.sh [KILLS] [LANES] [--seed NUMBER]        (20 kills in 2 lanes)
# A seed brings the same kinds of records and faults again, not the same moments. The directory is kept if a promise was
# broken. Needs a JDK 17 and the program: mvn -q -DskipTests package. Adds a line to bench/RESULTS.md, or to $RESULTS.
set -eu

kills=20
lanes=2
seed=$(date +%s)
place=0
while [ $# -gt 0 ]; do
    case $1 in
        --seed) seed=${2:?"--seed needs a number"}; shift ;;
        *[!0-9]*|'') echo "$1 is no number; usage: crash-audit.sh [KILLS] [LANES] [--seed NUMBER]" >&2; exit 2 ;;
        *) if [ $place -eq 0 ]; then kills=$1; else lanes=$1; fi; place=$((place + 1)) ;;
    esac
    shift
done
[ "$lanes" -gt 0 ] || { echo "There has to be a lane" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
app=$here/../target/quarkus-app

[ -f "$app/quarkus-run.jar" ] || { echo "There is no $app: run mvn -q -DskipTests package first" >&2; exit 2; }
"$here/../deploy/archive-classes.sh" "$app"
work=$(mktemp -d)

# What it shares with the crash matrix is in the tests.
javac -sourcepath "$here/../src/test/java" -d "$work/classes" "$here"/crash-audit/*.java
status=0
java -Xmx1g -cp "$work/classes" CrashAudit "$kills" "$lanes" "$seed" "$app/start.args" "$work" || status=$?
[ -f "$work/row" ] || { echo "There is no verdict. What there is, is in $work" >&2; exit 2; }

. "$here/results.sh"
result "The program is killed with kill -9 at random moments. Twice is what was carried out again after a kill, on flows that
are not once-only. In flight is the most at a kill: requests that were open at the destination, or answered within the
second before, at most maxInFlight of each flow." \
    "lanes, seed | kills | records in | delivered | rejected | held | lost | twice | in flight | most twice after one kill \
| twice, once-only | promises" \
    "$lanes, $seed $(sed 's/ *|$//' "$work/row")"

if [ $status -eq 0 ]; then
    rm -rf "$work"
else
    echo "Promises were broken. All cases, and the lanes with their data and logs, are kept: $work" >&2
fi
exit $status
