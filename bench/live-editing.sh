#!/bin/sh
# What edits of running flows cost: one flow is edited at random, one edit in three is broken, while records go through it
# and through another one that nobody edits. The packaged program runs against LiveEdits, which counts what arrives.
#
# Usage: bench/live-editing.sh [EDITS] [QUIET_SECONDS]        (500 edits; 30 seconds without any to compare with)
# Needs a JDK 17 and the program: mvn -q -DskipTests package. Adds a line to bench/RESULTS.md.
set -eu

edits=${1:-500}
quiet=${2:-30}
here=$(cd "$(dirname "$0")" && pwd)
program=$here/../target/quarkus-app/quarkus-run.jar
vendor_port=${VENDOR_PORT:-18119}
http_port=${HTTP_PORT:-18118}

[ -f "$program" ] || { echo "There is no $program: run mvn -q -DskipTests package first" >&2; exit 1; }
work=$(mktemp -d)
program_pid=
trap 'kill $program_pid 2>/dev/null || true; rm -rf "$work"' EXIT

mkdir -p "$work/routes/flows"
(cd "$work" && exec env QUARKUS_HTTP_PORT="$http_port" QUARKUS_MANAGEMENT_PORT=18115 PEOPLE_AI_API_KEY=bench \
    GTM_INBOX_QUIET=0s GTM_INTAKE_QUIET=1ms PEOPLE_AI_BASE_URL="http://127.0.0.1:$vendor_port" PEOPLE_AI_RATE_LIMIT=none \
    java -jar "$program" > program.log 2>&1) &
program_pid=$!

if ! java "$here/LiveEdits.java" "$vendor_port" "$work/routes/flows" "http://127.0.0.1:$http_port/intake/" "$edits" "$quiet" \
    > "$work/report"; then
    tail -n 20 "$work/program.log" >&2
    exit 1
fi
eval "$(cat "$work/report")"

. "$here/results.sh"
result "A flow that is edited at random under load, one edit in three broken, beside a flow that nobody edits." \
    "edits | records | lost | duplicated | longest pause of the other flow without edits | with edits | longest time to effect" \
    "$edits, $broken broken | $records | $lost | $duplicated | $alone ms | $beside ms | $effect ms"
