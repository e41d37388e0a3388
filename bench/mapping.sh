#!/bin/sh
# The batch template without and with a mapping of six lines: a value that is renamed, a number that is calculated with, a
# text with a value, a nested attribute, a list and a constant. Both flows deliver the same records from a file, a hundred in
# a request, to the same nginx. In turns, by one program that has delivered for half a minute before. Counted is the
# processor time of the program for each record.
#
# Usage: bench/mapping.sh [ROUNDS] [RECORDS] [WARM_UP]   (5 rounds, of which the median counts; 500000 records of 340 bytes; 30 s)
# Needs curl, nginx (apt install nginx) and the program: mvn -q -DskipTests package. Adds a line to bench/RESULTS.md.
rounds=${1:-5}
records=${2:-500000}
warm_up=${3:-30}
. "$(dirname "$0")/common.sh"

calls "$records" > "$work/calls.ndjson"
flow plain people-ai-push-batch-call-activities
flow mapped people-ai-push-batch-call-activities 'map: "id = {external_id}\nseconds = {duration:number*60}\nsubject = Call of group {group}\nowner.team = {group:number}\ntags[] = {group}\nkind = call"'
destination
program

# measure FLOW: sets $used, in milliseconds of processor time.
measure() {
    before=$(cpu "$pid")
    deliver "$1" "$work/calls.ndjson"
    used=$(($(cpu "$pid") - before))
}

warm=$(($(date +%s) + warm_up))
while [ "$(date +%s)" -lt $warm ]; do
    deliver plain "$work/calls.ndjson"
    deliver mapped "$work/calls.ndjson"
done
for round in $(seq "$rounds"); do
    for each in plain mapped; do
        measure $each
        echo "round $round: $each: $used ms of processor time"
        echo "$used" >> "$work/$each.used"
    done
done
plain=$(median < "$work/plain.used")
mapped=$(median < "$work/mapped.used")
result "Records of 340 bytes from a file, a hundred in a request, to nginx: without a mapping, and with one of six lines." \
    "records, rounds | without: CPU s per million | with: CPU s per million | times" \
    "$records, $rounds | $(calculate "$plain / $records * 1000") | $(calculate "$mapped / $records * 1000") | $(calculate "$mapped / $plain")"
