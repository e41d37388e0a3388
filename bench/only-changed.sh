#!/bin/sh
# Only Changed: a million records of which 1 % have changed since they were delivered, beside the same records without the
# setting, in turns, from a file to an nginx that does nothing with them. Then what KEYS keys take on the disk, in a heap of
# 128 MB.
#
# Usage: bench/only-changed.sh [ROUNDS] [RECORDS] [KEYS]     (3 rounds, of which the median counts; 1000000; 10000000)
# Needs a JDK 17, curl, nginx (apt install) and the program: mvn -q -DskipTests package. Adds lines to bench/RESULTS.md.
rounds=${1:-3}
records=${2:-1000000}
keys=${3:-10000000}
. "$(dirname "$0")/common.sh"

calls "$records" > "$work/calls.ndjson"
# changed ROUND: the same records, of which each hundredth has this round in its note.
changed() {
    awk -v round="$1" 'NR % 100 == 1 {sub(/"note":"x*/, sprintf("\"note\":\"%08d", round) substr("'"$(printf 'x%.0s' $(seq 259))"'", 1))} {print}' \
        "$work/calls.ndjson"
}
flow plain people-ai-push-batch-call-activities
flow changed people-ai-push-batch-call-activities "onlyChanged: external_id"
destination
program
deliver changed "$work/calls.ndjson"
deliver plain "$work/calls.ndjson"

# took FLOW: seconds that the program says the last file took.
took() {
    grep "$1: $(printf %05d $delivery).ndjson: [0-9]* records read" "$work/program.log" | sed 's/.* \([0-9.]*\) s$/\1/'
}

for round in $(seq "$rounds"); do
    deliver plain "$work/calls.ndjson"
    took plain >> "$work/plain.seconds"
    changed "$round" > "$work/round.$round.ndjson"
    forget_requests
    deliver changed "$work/round.$round.ndjson"
    took changed >> "$work/changed.seconds"
    requests=$(wc -l < "$work/nginx/requests")
    [ "$round" -gt 1 ] || [ "$requests" -le $((records / 10000 + 1)) ] || fail "$requests requests"
    echo "round $round: plain $(tail -n 1 "$work/plain.seconds") s, only changed $(tail -n 1 "$work/changed.seconds") s, $requests requests"
done
plain=$(median < "$work/plain.seconds")
ours=$(median < "$work/changed.seconds")
stop "$pid"
bytes=$(du -sb "$work/data/state/only-changed" | cut -f 1)
result "Records of 340 bytes from a file, a hundred in a request, to nginx; 1 % have changed since they were delivered." \
    "records, rounds | records/s, all sent | records/s, only changed | bytes per key" \
    "$records, $rounds | $(calculate "$records / $plain" %.0f) | $(calculate "$records / $ours" %.0f) | $(calculate "$bytes / $records" %.1f)"

rm -rf "$work/data" "$work"/*.ndjson
awk -v count="$keys" 'BEGIN {for (i = 1; i <= count; i++) printf "{\"external_id\":\"call-%010d\"}\n", i}' > "$work/keys.ndjson"
java_options=-Xmx128m
program
deliver changed "$work/keys.ndjson"
first=$(took changed)
deliver changed "$work/keys.ndjson"
second=$(took changed)
memory=$(resident "$pid")
stop "$pid"
bytes=$(du -sb "$work/data/state/only-changed" | cut -f 1)
result "Keys that Only Changed remembers, in a heap of 128 MB: all records delivered, then all of them unchanged." \
    "keys | bytes per key | records/s, delivered | records/s, unchanged | resident" \
    "$keys | $(calculate "$bytes / $keys" %.1f) | $(calculate "$keys / $first" %.0f) | $(calculate "$keys / $second" %.0f) | $memory MB" keys
