#!/bin/sh
# How much of a rate budget is used by a source that reads a long list page by page, while a page costs more points the
# deeper it lies. The packaged program runs against StrictList, which refuses what is one point too many.
#
# Usage: bench/lists.sh [SECONDS] [POINTS] [WINDOW] [RECORDS]   (240 seconds; 600 points in 10 seconds; a million records)
# Needs curl, a JDK 17 and the program: mvn -q -DskipTests package. Adds a line to bench/RESULTS.md.
seconds=${1:-240}
points=${2:-600}
window=${3:-10}
records=${4:-1000000}
. "$(dirname "$0")/common.sh"

mkdir -p "$work/routes/flows"
cat > "$work/routes/flows/users.yaml" <<YAML
- route:
    id: users
    from:
      uri: kamelet:salesloft-users-source
      steps:
        - to: {uri: kamelet:record-file-sink, parameters: {directory: data/users}}
YAML
background java "$here/StrictList.java" 18216 "$points" "$window" "$records" > "$work/list.log" 2>&1
program SALESLOFT_ACCESS_TOKEN=bench-token SALESLOFT_RATE_LIMIT="$points/${window}s" \
    SALESLOFT_BASE_URL=http://127.0.0.1:18216/v2
await 60 curl -sf http://127.0.0.1:18216/report > /dev/null
sleep "$seconds"
eval "$(curl -s http://127.0.0.1:18216/report)"
[ "$pages" -gt 600 ] || fail "Only $pages pages were read"
result "A list of Salesloft, read page by page; a page costs 1 to 30 points, by its number." \
    "budget, records | ran | pages | points | use | 429s" \
    "$points in $window s, $records | $ran s | $pages | $spent | $use % | $refused"
