#!/bin/sh
# How long the program takes from its start until it answers: started as usual, and with an archive of its classes, as
# Dockerfile.jvm does it.
#
# Usage: bench/startup.sh [ROUNDS]        (7, of which the median counts)
# Needs a JDK 17 and the program: mvn -q -DskipTests package. Adds lines to bench/RESULTS.md.
set -eu

rounds=${1:-7}
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$here/../target/quarkus-app" && pwd)
work=$(mktemp -d)
pid=
trap 'kill $pid 2>/dev/null || true; rm -rf "$work"' EXIT
cp -r "$here/../routes" "$work"

# start JAVA_ARGUMENTS...: prints milliseconds to the answer, milliseconds of processor time, MB resident
start() {
    begin=$(date +%s%N)
    (cd "$work" && exec env QUARKUS_HTTP_PORT=18218 QUARKUS_MANAGEMENT_PORT=18219 PEOPLE_AI_API_KEY=bench \
        java "$@" > program.log 2>&1) &
    pid=$!
    until grep -q "Listening on" "$work/program.log" 2>/dev/null; do
        kill -0 "$pid" 2>/dev/null || { cat "$work/program.log" >&2; exit 1; }
        sleep 0.01
    done
    echo "$((($(date +%s%N) - begin) / 1000000)) $(awk '{print ($14 + $15) * 10}' "/proc/$pid/stat") \
$(awk '/VmRSS/ {printf "%.0f", $2 / 1024}' "/proc/$pid/status")"
    kill "$pid"
    wait "$pid" 2>/dev/null || true
    rm "$work/program.log"
}

# median JAVA_ARGUMENTS...: of each of the three, over all rounds
median() {
    for _ in $(seq "$rounds"); do start "$@"; done > "$work/times"
    for column in 1 2 3; do
        cut -d ' ' -f "$column" "$work/times" | sort -n | sed -n "$(((rounds + 1) / 2))p"
    done | paste -sd ' '
}

usual=$(median -jar "$program/quarkus-run.jar")
"$here/../deploy/archive-classes.sh" "$program"
archive=$(median "@$program/start.args")

version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' "$here/../pom.xml")
commit=$(git -C "$here" rev-parse --short HEAD 2>/dev/null || echo unknown)
java_version=$(java -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')
memory=$(awk '/MemTotal/ {printf "%.0f GB", $2 / 1048576}' /proc/meminfo 2>/dev/null || echo "?")
results=$here/RESULTS.md
title="| date | version | Java | machine | started | until it answers | processor time | memory |"
grep -q "^## startup.sh" "$results" 2>/dev/null || printf '%s\n' "" "## startup.sh" "" \
    "From the start of the JVM to the line that it listens, with the routes as shipped. The median of $rounds." "" "$title" \
    "|---|---|---|---|---|---|---|---|" >> "$results"
. "$here/results.sh"
row() {
    set -- "$1" $2
    line="| $(date -u +%Y-%m-%d) | $version ($commit) | $java_version | $(getconf _NPROCESSORS_ONLN) CPUs, $memory | $1 \
| $2 ms | $3 ms | $4 MB |"
    add_result "$results" startup.sh "$line"
    echo "$line"
}
echo "$title"
row "java -jar" "$usual"
row "with an archive of classes" "$archive"
