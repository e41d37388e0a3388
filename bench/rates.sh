#!/bin/sh
# How much of a rate budget is used: two flows share one Salesloft credential and have more records than it may send.
# The packaged program runs against StrictVendor, which refuses what is one too many.
#
# Usage: bench/rates.sh [MINUTES] [POINTS] [SECONDS]        (3 minutes; 600 points in 60 seconds)
# Needs a JDK 17 and the program: mvn -q -DskipTests package. Adds a line to bench/RESULTS.md.
set -eu

minutes=${1:-3}
points=${2:-600}
seconds=${3:-60}
here=$(cd "$(dirname "$0")" && pwd)
program=$here/../target/quarkus-app/quarkus-run.jar
vendor_port=${VENDOR_PORT:-18099}
http_port=${HTTP_PORT:-18098}

[ -f "$program" ] || { echo "There is no $program: run mvn -q -DskipTests package first" >&2; exit 1; }
work=$(mktemp -d)
vendor_pid= program_pid=
trap 'kill $program_pid $vendor_pid 2>/dev/null || true; rm -rf "$work"' EXIT

mkdir -p "$work/routes/flows"
for flow in left right; do
    mkdir -p "$work/data/inbox/$flow"
    awk -v flow=$flow -v count=$((points * (minutes * 60 / seconds + 2))) 'BEGIN {
        for (i = 1; i <= count; i++) printf "{\"name\":\"%s %d\",\"domain\":\"%s-%d.example\"}\n", flow, i, flow, i
    }' > "$work/data/inbox/$flow/accounts.ndjson"
    cat > "$work/routes/flows/$flow.yaml" <<YAML
- route:
    id: $flow
    from:
      uri: kamelet:inbox-source
      parameters: {flow: $flow}
      steps:
        - to:
            uri: kamelet:salesloft-upsert-account-sink
            parameters: {maxInFlight: 8}
YAML
done

java "$here/StrictVendor.java" "$vendor_port" "$points" "$seconds" &
vendor_pid=$!
cd "$work"
QUARKUS_HTTP_PORT=$http_port SALESLOFT_ACCESS_TOKEN=bench-token SALESLOFT_RATE_LIMIT=$points/${seconds}s \
    SALESLOFT_BASE_URL=http://127.0.0.1:$vendor_port/v2 java -jar "$program" > program.log 2>&1 &
program_pid=$!

report() { curl -sS "http://127.0.0.1:$vendor_port/report" 2>/dev/null || echo "sent=0 refused=0 use=0 ran=0"; }
tries=0
until eval "$(report)" && [ "$sent" -gt 0 ]; do
    tries=$((tries + 1))
    [ $tries -lt 120 ] || { echo "Nothing was sent within a minute:" >&2; tail -n 20 program.log >&2; exit 1; }
    sleep 0.5
done
echo "Running for $minutes minutes ..."
sleep $((minutes * 60))
eval "$(report)"

. "$here/results.sh"
result "Two flows on one Salesloft credential, more records than its budget allows." \
    "budget | ran | sent | use | 429s" \
    "$points in $seconds s | $ran s | $sent | $use % | $refused"
