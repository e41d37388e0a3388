#!/bin/sh
# Whether memory grows with the size of what is delivered: a file of 1 GB through a batch template and through one that
# sends each record alone, and exported activities of 1 GB, with a heap of 64 MB and with the usual one.
#
# Usage: bench/memory.sh [MEGABYTES] [SINGLE_MEGABYTES]        (1000; as many)
# Needs a JDK 17, curl, nginx (apt install), 4 GB of disk and the program: mvn -q -DskipTests package. Adds lines to
# bench/RESULTS.md.
megabytes=${1:-1000}
single_megabytes=${2:-$megabytes}
. "$(dirname "$0")/common.sh"

calls $((megabytes * 1000000 / 340)) > "$work/batch.ndjson"
head -n $((single_megabytes * 1000000 / 340)) "$work/batch.ndjson" > "$work/single.ndjson"
head -n 300000 "$work/batch.ndjson" > "$work/few.ndjson"
destination "location /activities/call { access_log off; return 200; }"
background java "$here/Fragments.java" 18216 10 $((megabytes * 100000)) 0 > "$work/fragments.log" 2>&1
fragments=$pid
await 60 curl -s -o "$work/answer" http://127.0.0.1:18216/report

# Each of these prints megabytes per second, once it is warm, and the most megabytes that the process has had.
batch() {
    flow calls people-ai-push-batch-call-activities
    file "$work/batch.ndjson"
}

single() {
    flow calls people-ai-push-call-activity "maxInFlight: 4"
    file "$work/single.ndjson"
}

file() {
    program
    deliver calls "$work/few.ndjson"
    begin=$(date +%s%N)
    deliver calls "$1"
    measured=$(calculate "$(wc -c < "$1") * 1e3 / ($(date +%s%N) - $begin)" %.1f)
    finish
}

exported() {
    mkdir -p "$work/routes/flows"
    cat > "$work/routes/flows/calls.yaml" <<YAML
- route:
    id: calls
    from:
      uri: kamelet:people-ai-export-activities-source
      parameters: {startDate: "2025-01-01", endDate: "2025-01-14", exportType: delta, period: 100, parallelFragments: 4}
      steps:
        - to: {uri: "kamelet:people-ai-push-batch-call-activities-sink"}
YAML
    begin=$(date +%s%N)
    program PEOPLE_AI_ACCESS_TOKEN=bench PEOPLE_AI_PULL_URL=http://127.0.0.1:18216
    await 3600 grep -q "all days up to 2025-01-14 are delivered" "$work/program.log"
    measured=$(calculate "$megabytes * 1e9 / ($(date +%s%N) - $begin)" %.1f)
    curl -sS http://127.0.0.1:18216/forget
    finish
}

finish() {
    most=$(awk '/VmHWM/ {printf "%.0f", $2 / 1024}' "/proc/$pid/status")
    ! grep -q OutOfMemory "$work/program.log" || fail "the heap was too small"
    stop "$pid"
    rm -rf "$work/data" "$work/routes"
}

for what in batch single exported; do
    java_options=-Xmx64m
    $what
    small=$measured small_most=$most
    java_options=
    $what
    size=$([ $what = single ] && echo "$single_megabytes" || echo "$megabytes")
    result "How fast with a heap of 64 MB, and with the usual one, a quarter of the machine's memory; and the most memory that the
process has had, which beside the heap is the JVM's own." \
        "what | MB | MB/s in 64 MB | memory | MB/s in the usual heap | memory | in 64 MB as fast as" \
        "$what | $size | $small | $small_most MB | $measured | $most MB | $(calculate "$small / $measured * 100" %.0f) %"
done
