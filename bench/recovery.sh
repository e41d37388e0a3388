#!/bin/sh
# How soon all is through after an outage: the destination refuses connections for a while, and requests of one flow, and of
# many, wait for another attempt. Time is measured from the moment when the destination is back.
#
# Usage: bench/recovery.sh [ROUNDS] [SECONDS] [FLOWS...]        (3 rounds, of which the median counts; 15 s; 1 and 20 flows)
# Needs a JDK 17, nginx and the program: mvn -q -DskipTests package. Adds a line to bench/RESULTS.md.
rounds=${1:-3}
outage=${2:-15}
[ $# -le 2 ] && set -- "$rounds" "$outage" 1 20
shift 2
. "$(dirname "$0")/common.sh"
requests=10

# With batches of 100, so many requests of each flow are in flight at a time, and all of them wait.
calls $((requests * 100)) > "$work/calls.ndjson"

# begin: the destination works; its process is $vendor.
begin() {
    destination
    vendor=$pid
}

# arrived COUNT: whether so many requests have been answered since they were forgotten.
arrived() {
    [ "$(wc -l < "$work/nginx/requests")" -ge "$1" ]
}

# drop_all FLOWS: a file for each flow; the answers that it takes are $expected.
drop_all() {
    for flow in $(seq "$1"); do
        drop "flow-$flow" "$work/calls.ndjson"
    done
    expected=$(($1 * requests))
}

# waiting FLOWS: whether all their requests wait.
waiting() {
    [ "$(grep -c 'no response .* attempt 2 in ' "$work/program.log")" -ge $(($1 * requests)) ]
}

# measure FLOWS: rounds with so many flows; the median is $seconds.
measure() {
    rm -rf "$work/routes" "$work/data" "$work/times"
    for flow in $(seq "$1"); do
        flow "flow-$flow" people-ai-push-batch-call-activities "batchSize: 100, maxInFlight: $requests"
    done
    begin
    program
    own=$pid
    forget_requests
    drop_all "$1"
    await 120 arrived "$expected"
    for round in $(seq "$rounds"); do
        stop "$vendor"
        : > "$work/program.log"
        drop_all "$1"
        await 60 waiting "$1"
        sleep "$outage"
        forget_requests
        begin
        back=$(date +%s.%N)
        await 600 arrived $((expected + 1))
        last=$(awk '$1 > last {last = $1} END {print last}' "$work/nginx/requests")
        took=$(calculate "($last > $back) * ($last - $back)" %.1f)
        echo "round $round, $1 flows: $took s"
        echo "$took" >> "$work/times"
    done
    [ ! -d "$work/data/dead-letters" ] || fail "There are dead letters"
    stop "$own" "$vendor"
    seconds=$(median < "$work/times")
}

cells=
for flows in "$@"; do
    measure "$flows"
    cells="${cells:+$cells, }$seconds s with $flows"
done
result "How long after an outage the last record is through: the destination refuses connections while each flow has ten requests
with a hundred records each, and all of them wait for another attempt. Time counts from the moment when the destination is back." \
    "outage, rounds | last record through, with so many flows (median)" \
    "$outage s, $rounds rounds | $cells"
