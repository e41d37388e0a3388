#!/bin/sh
# What csvTypes: auto costs: the batch template delivers the same CSV with cells as texts and with typed cells and nested
# headers, in turns, to a destination that answers at once. A row has ten cells and 340 bytes: five texts, three
# numbers, a boolean and a small JSON array; two columns nest.
#
# Usage: bench/csv-types.sh [ROUNDS] [RECORDS]        (5 rounds, of which the median counts; 200000 records)
# Needs a JDK 17 and the program: mvn -q -DskipTests package. Adds a line to bench/RESULTS.md.
rounds=${1:-5}
records=${2:-200000}
. "$(dirname "$0")/common.sh"
warm_up=${WARM_UP:-20}

awk -v count="$records" 'BEGIN {
    print "external_id,owner.id,owner.name,duration,amount,score,active,tags,city,note"
    for (i = 0; i < 232; i++) note = note "x"
    for (i = 1; i <= count; i++) printf "call-%010d,%d,Ann %02d,%04d,%d.50,-%d,true,\"[\"\"a\"\",%d]\",Berlin,%s\n", i, i, i % 50,
        1000 + i % 3600, i % 9000, i % 7, i % 9, note
}' > "$work/calls.csv"
flow text people-ai-push-batch-call-activities
flow auto people-ai-push-batch-call-activities
sed -i 's/parameters: {flow: auto}/parameters: {flow: auto, csvTypes: auto}/' "$work/routes/flows/auto.yaml"
background java "$here/Answering.java" 18217 18216 0 > "$work/answering.log" 2>&1
program
warm=$(($(date +%s) + warm_up))
while [ "$(date +%s)" -lt $warm ]; do
    deliver text "$work/calls.csv"
    deliver auto "$work/calls.csv"
done
for round in $(seq "$rounds"); do
    for types in text auto; do
        before=$(cpu "$pid")
        deliver $types "$work/calls.csv"
        used=$(($(cpu "$pid") - before))
        echo "round $round: $types: $used ms of processor time"
        echo $used >> "$work/$types.used"
    done
done
text=$(median < "$work/text.used")
auto=$(median < "$work/auto.used")
result "CSV of 340 bytes and ten cells in a row, a hundred rows in a request: processor time with texts and with
\`csvTypes: auto\`, two columns nested." \
    "records, rounds | text, CPU s per million | auto, CPU s per million | auto costs" \
    "$records, $rounds | $(calculate "$text / $records * 1000") | $(calculate "$auto / $records * 1000") | $(calculate "($auto / $text - 1) * 100" %.0f) % more"
