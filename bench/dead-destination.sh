#!/bin/sh
# What a dead destination costs the others: a flow delivers the same file alone, and beside two flows whose destinations
# never answer and refuse connections. Each round starts the packaged program anew; the first file only warms it up.
#
# Usage: bench/dead-destination.sh [ROUNDS] [RECORDS]        (3 rounds; 1000000 records of 340 bytes)
# Needs a JDK 17 and the program: mvn -q -DskipTests package. Adds a line to bench/RESULTS.md.
set -eu

rounds=${1:-3}
records=${2:-1000000}
here=$(cd "$(dirname "$0")" && pwd)
program=$here/../target/quarkus-app/quarkus-run.jar
port=${VENDOR_PORT:-18109}
silent_port=${SILENT_PORT:-18107}
refusing_port=${REFUSING_PORT:-18106}

[ -f "$program" ] || { echo "There is no $program: run mvn -q -DskipTests package first" >&2; exit 1; }
work=$(mktemp -d)
vendor_pid= program_pid=
trap 'kill $program_pid $vendor_pid 2>/dev/null || true; rm -rf "$work"' EXIT

java "$here/Answering.java" "$port" "$silent_port" &
vendor_pid=$!
awk -v count="$records" 'BEGIN {
    for (i = 0; i < 280; i++) note = note "x"
    for (i = 1; i <= count; i++) printf "{\"external_id\":\"call-%08d\",\"duration\":%d,\"note\":\"%s\"}\n", i, i % 3600, note
}' > "$work/calls.ndjson"

# A flow NAME that sends to a PORT.
flow() {
    mkdir -p "$work/routes/flows" "$work/data/inbox/$1"
    cat > "$work/routes/flows/$1.yaml" <<YAML
- route:
    id: $1
    from:
      uri: kamelet:inbox-source
      parameters: {flow: $1}
      steps:
        - to:
            uri: kamelet:people-ai-request-sink
            parameters: {url: "http://127.0.0.1:$2/calls", batch: true, sendCredentialTo: 127.0.0.1}
YAML
}

# Seconds in which the flow "live" delivers the second of two files.
seconds() {
    ln "$work/calls.ndjson" "$work/data/inbox/live/1.ndjson"
    ln "$work/calls.ndjson" "$work/data/inbox/live/2.ndjson"
    (cd "$work" && exec env QUARKUS_HTTP_PORT=18108 QUARKUS_MANAGEMENT_PORT=18105 GTM_INBOX_QUIET=0s PEOPLE_AI_API_KEY=bench \
        PEOPLE_AI_BASE_URL="http://127.0.0.1:$port" PEOPLE_AI_RATE_LIMIT=none java -jar "$program" > program.log 2>&1) &
    program_pid=$!
    tries=0
    until grep -q "live: 2.ndjson: $records records read, $records delivered" "$work/program.log" 2>/dev/null; do
        tries=$((tries + 1))
        [ $tries -lt 600 ] || { echo "The file was not delivered:" >&2; tail -n 20 "$work/program.log" >&2; exit 1; }
        sleep 0.2
    done
    sed -n 's/.*live: 2.ndjson: .* \([0-9.]*\) s$/\1/p' "$work/program.log"
    kill $program_pid
    wait $program_pid 2>/dev/null || true
    program_pid=
    rm -rf "$work/data"
}

median() { sort -n | awk '{all[NR] = $1} END {print all[int((NR + 1) / 2)]}'; }

for round in $(seq "$rounds"); do
    rm -rf "$work/routes"
    flow live "$port"
    alone=$(seconds)
    flow live "$port"
    for name in silent refusing; do
        flow "$name" "$([ $name = silent ] && echo "$silent_port" || echo "$refusing_port")"
        head -n 10000 "$work/calls.ndjson" > "$work/data/inbox/$name/calls.ndjson"
    done
    beside=$(seconds)
    echo "round $round: alone $alone s, beside two dead destinations $beside s"
    echo "$alone" >> "$work/alone"
    echo "$beside" >> "$work/beside"
done

alone=$(median < "$work/alone")
beside=$(median < "$work/beside")
. "$here/results.sh"
result "A flow that delivers in batches of 100, alone and beside a flow whose destination never answers and one whose
destination refuses connections." \
    "records | alone (median) | beside two dead destinations (median) | cost" \
    "$records, $rounds rounds | $alone s | $beside s | $(awk "BEGIN {printf \"%+.1f %%\", ($beside / $alone - 1) * 100}")"
