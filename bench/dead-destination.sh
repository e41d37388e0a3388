#!/bin/sh
# What a dead destination costs the others: a flow delivers the same file alone, and beside two flows whose destinations
# never answer and refuse connections. Each round starts the packaged program anew; the first file only warms it up.
#
# Usage: bench/dead-destination.sh [ROUNDS] [RECORDS]        (3 rounds; 1000000 records of 340 bytes)
# Needs a JDK 17 and the program: mvn -q -DskipTests package. Adds a line to bench/RESULTS.md.
rounds=${1:-3}
records=${2:-1000000}
. "$(dirname "$0")/common.sh"
destination_port=18217
silent_port=18216
refusing_port=18215

background java "$here/Answering.java" "$destination_port" "$silent_port" > "$work/answering.log" 2>&1
calls "$records" > "$work/calls.ndjson"

# sending NAME PORT: a flow that sends to the port
sending() {
    flow "$1" people-ai-request "url: \"http://127.0.0.1:$2/calls\", batch: true, sendCredentialTo: 127.0.0.1"
}

# Seconds in which the flow "live" delivers the second of two files.
seconds() {
    ln "$work/calls.ndjson" "$work/data/inbox/live/1.ndjson"
    ln "$work/calls.ndjson" "$work/data/inbox/live/2.ndjson"
    program
    await 120 grep -q "live: 2.ndjson: $records records read, $records delivered" "$work/program.log"
    sed -n 's/.*live: 2.ndjson: .* \([0-9.]*\) s$/\1/p' "$work/program.log"
    stop "$pid"
    rm -rf "$work/data"
}

for round in $(seq "$rounds"); do
    rm -rf "$work/routes"
    sending live "$destination_port"
    alone=$(seconds)
    sending live "$destination_port"
    for name in silent refusing; do
        sending "$name" "$([ $name = silent ] && echo "$silent_port" || echo "$refusing_port")"
        head -n 10000 "$work/calls.ndjson" > "$work/data/inbox/$name/calls.ndjson"
    done
    beside=$(seconds)
    echo "round $round: alone $alone s, beside two dead destinations $beside s"
    echo "$alone" >> "$work/alone"
    echo "$beside" >> "$work/beside"
done

alone=$(median < "$work/alone")
beside=$(median < "$work/beside")
result "A flow that delivers in batches of 100, alone and beside a flow whose destination never answers and one whose
destination refuses connections." \
    "records | alone (median) | beside two dead destinations (median) | cost" \
    "$records, $rounds rounds | $alone s | $beside s | $(calculate "($beside / $alone - 1) * 100" "%+.1f") %"
