#!/bin/sh
# A template that sends each record alone, to a destination that takes 50 ms for each answer, ten requests at a time: at
# best, that is 200 records a second.
#
# Usage: bench/single.sh [ROUNDS] [RECORDS]        (3 rounds, of which the median counts; 4000 records)
# Needs a JDK 17 and the program: mvn -q -DskipTests package. Adds a line to bench/RESULTS.md.
rounds=${1:-3}
records=${2:-4000}
. "$(dirname "$0")/common.sh"

calls "$records" > "$work/calls.ndjson"
calls 2000 > "$work/few.ndjson"
flow calls people-ai-push-call-activity "maxInFlight: 10"
background java "$here/Answering.java" 18217 18216 50 > "$work/answering.log" 2>&1
program
deliver calls "$work/few.ndjson"
for round in $(seq "$rounds"); do
    curl -s http://127.0.0.1:18217/forget > "$work/answer"
    deliver calls "$work/calls.ndjson"
    eval "$(curl -s http://127.0.0.1:18217/report)"
    [ "$taken" -eq "$records" ] || fail "$taken of $records records arrived"
    echo "round $round: $seconds s"
    echo "$seconds" >> "$work/times"
done
rate=$(calculate "$records / $(median < "$work/times")" %.1f)
result "Records alone in their requests, ten at a time, to a destination that takes 50 ms: 200 a second at best. Time is what
the destination sees, from the first request to the last answer." \
    "records, rounds | records/s | of the ideal" \
    "$records, $rounds | $rate | $(calculate "$rate / 200")"
