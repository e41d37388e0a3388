#!/bin/sh
# Whether cost grows with the number of records and nothing else: files of 10,000, 100,000 and 1,000,000 records of 340
# bytes through the batch template, and 200,000 records in 1, 10 and 50 groups (groupBy).
#
# Usage: bench/growth.sh [ROUNDS]        (5 rounds, of which the median counts)
# Needs a JDK 17, curl, nginx (apt install) and the program: mvn -q -DskipTests package. Adds lines to bench/RESULTS.md.
rounds=${1:-5}
. "$(dirname "$0")/common.sh"

destination
calls 1000000 > "$work/1000000.ndjson"
for records in 10000 100000 200000; do
    head -n $records "$work/1000000.ndjson" > "$work/$records.ndjson"
done
flow ungrouped people-ai-push-batch-call-activities
for groups in 1 10 50; do
    flow "groups-$groups" people-ai-push-batch-call-activities "groupBy: group"
    awk -v groups=$groups '{sub(/"group":"[0-9]*"/, sprintf("\"group\":\"%02d\"", NR % groups)); print}' \
        "$work/200000.ndjson" > "$work/groups-$groups.ndjson"
done

# measure NAME FLOW FILE TIMES: delivers the file so often in a row; notes seconds and ms of processor time for each time
measure() {
    before=$(cpu "$pid")
    forget_requests
    for _ in $(seq "$4"); do drop "$2" "$3"; done
    delivered "$2"
    echo "$(calculate "($(cpu "$pid") - $before) / $4")" >> "$work/$1.used"
    awk -v times="$4" 'END {print NR / times}' "$work/nginx/requests" > "$work/$1.requests"
}

program
# Until it has compiled what it runs.
for _ in 1 2 3 4; do
    deliver ungrouped "$work/1000000.ndjson"
    for groups in 1 10 50; do deliver "groups-$groups" "$work/groups-$groups.ndjson"; done
done
for round in $(seq "$rounds"); do
    measure 10000 ungrouped "$work/10000.ndjson" 50
    measure 100000 ungrouped "$work/100000.ndjson" 5
    measure 1000000 ungrouped "$work/1000000.ndjson" 1
    for groups in 1 10 50; do measure "groups-$groups" "groups-$groups" "$work/groups-$groups.ndjson" 3; done
    echo "round $round of $rounds"
done

# row NAME RECORDS TO_COMPARE_WITH ITS_RECORDS
row() {
    per_million=$(calculate "$(median < "$work/$1.used") / $2 * 1000" %.3f)
    first=$(calculate "$(median < "$work/$3.used") / $4 * 1000" %.3f)
    result "Processor time of the program for files of records of 340 bytes, once it is warm, and for files whose records belong
to groups, in turn. Of the smaller files, several lie in the inbox at the same time." \
        "what | requests | CPU s per million records | to the first" \
        "$rounds rounds, $1 | $(cat "$work/$1.requests") | $per_million | $(calculate "$per_million / $first")"
}

for records in 10000 100000 1000000; do row $records $records 10000 10000; done
for groups in 1 10 50; do row "groups-$groups" 200000 groups-1 200000; done
