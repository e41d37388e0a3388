#!/bin/sh
# How fast the export source downloads: the same fragments, as many at a time, fetched by curl into files and by the
# packaged program, which also writes them to the disk for good and hands each to a flow. In turns; the medians count. Time
# is what the stand-in for People.ai sees, from the first request for a fragment to the end of the last one.
#
# Usage: bench/export-download.sh [ROUNDS] [FRAGMENTS] [MEGABYTES] [SPEED]
#        (5 rounds; 16 fragments of 100 MB, 4 at a time; SPEED in MB/s for each of them, 50, or 0 for no limit)
# Needs a JDK 17, curl 7.66, 2 GB of disk and the program: mvn -q -DskipTests package. Adds a line to bench/RESULTS.md.
set -eu

rounds=${1:-5}
fragments=${2:-16}
megabytes=${3:-100}
speed=${4:-50}
here=$(cd "$(dirname "$0")" && pwd)
program=$here/../target/quarkus-app/quarkus-run.jar
port=${VENDOR_PORT:-18119}
url=http://127.0.0.1:$port

[ -f "$program" ] || { echo "There is no $program: run mvn -q -DskipTests package first" >&2; exit 1; }
work=$(mktemp -d "${TMPDIR:-/tmp}/export-download.XXXXXX")
vendor_pid= program_pid=
trap 'kill $program_pid $vendor_pid 2>/dev/null || true; rm -rf "$work"' EXIT

mkdir -p "$work/routes/flows"
cat > "$work/routes/flows/history.yaml" <<'YAML'
- route:
    id: history
    from:
      uri: kamelet:people-ai-export-activities-source
      parameters: {startDate: "2025-01-01", endDate: "2025-01-14", exportType: delta, period: 100, parallelFragments: 4}
      steps:
        - setBody: {expression: {constant: {expression: taken}}}
YAML

java "$here/Fragments.java" "$port" "$fragments" $((megabytes * 1000000)) "$speed" &
vendor_pid=$!

report() { curl -sS "$url/report" 2>/dev/null || echo "fetched=0 total=0 seconds=0"; }

# Waits until all fragments were fetched, and sets what was reported.
await() {
    tries=0
    until eval "$(report)" && [ "$fetched" -ge "$fragments" ]; do
        tries=$((tries + 1))
        [ $tries -lt 1200 ] || { echo "Not all was fetched:" >&2; tail -n 20 "$work/program.log" >&2; exit 1; }
        sleep 0.2
    done
}

with_curl() {
    mkdir -p "$work/curl"
    curl -sS --no-progress-meter --parallel --parallel-immediate --parallel-max 4 -o "$work/curl/#1" \
        "$url/export/activities/jobs/job-1/data?fragment=[0-$((fragments - 1))]"
    await
    rm -rf "$work/curl"
}

with_program() {
    (cd "$work" && exec env QUARKUS_HTTP_PORT=18118 QUARKUS_MANAGEMENT_PORT=18115 PEOPLE_AI_ACCESS_TOKEN=bench PEOPLE_AI_RATE_LIMIT=none \
        PEOPLE_AI_PULL_URL="$url" java -jar "$program" > program.log 2>&1) &
    program_pid=$!
    await
    until grep -q "all days up to 2025-01-14 are delivered" "$work/program.log"; do sleep 0.1; done
    kill $program_pid
    wait $program_pid 2>/dev/null || true
    program_pid=
    rm -rf "$work/data"
}

median() { sort -n | awk '{all[NR] = $1} END {print all[int((NR + 1) / 2)]}'; }

tries=0
until curl -sS -o /dev/null "$url/report" 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 100 ] || { echo "The stand-in does not answer at $url" >&2; exit 1; }
    sleep 0.1
done
for round in $(seq "$rounds"); do
    for client in curl program; do
        curl -sS "$url/forget"
        with_$client
        echo "$seconds" >> "$work/$client.times"
        echo "round $round: $client $total MB in $seconds s"
    done
done

curl_seconds=$(median < "$work/curl.times")
seconds=$(median < "$work/program.times")
limit=$([ "$speed" = 0 ] && echo "no limit" || echo "4 x $speed MB/s")
. "$here/results.sh"
result "The export source against curl: the same fragments, four at a time, from a stand-in on the same machine. The source also
syncs each fragment to the disk and hands it to a flow before the next one begins in its place." \
    "data | speed offered | curl (median) | source (median) | source to curl" \
    "$total MB in $fragments, $rounds rounds | $limit | $(awk "BEGIN {printf \"%.0f\", $total / $curl_seconds}") MB/s \
| $(awk "BEGIN {printf \"%.0f\", $total / $seconds}") MB/s | $(awk "BEGIN {printf \"%.1f %%\", $curl_seconds / $seconds * 100}")"
