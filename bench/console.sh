#!/bin/sh
# How fast the console is with 500 flows and 100,000 dead letters: each page, one request after the other, once warm; what
# a browser loads at first; and how long Chromium takes from a click to the list of all flows.
#
# Usage: bench/console.sh [REQUESTS] [FLOWS] [LETTERS]        (200 for each page; 500; 100000)
# A preview is asked for every half second, as by a person who types.
# Fails if a page takes 100 ms or more at the 95th percentile, the preview 200 ms, or the first load has more than 300 KB.
# Needs a JDK 17, curl, nginx, Chromium and its driver (apt install chromium-driver), and the program: mvn -q -DskipTests
# package. Adds lines to bench/RESULTS.md.
requests=${1:-200}
flows=${2:-500}
letters=${3:-100000}
. "$(dirname "$0")/common.sh"
need chromedriver chromium-driver

url=http://127.0.0.1:18218
driver=http://127.0.0.1:18216/session
page_target=100 preview_target=200 load_target=300
late=

# lead COUNT: records for Customerly, one on a line.
leads() {
    awk -v count="$1" 'BEGIN {for (i = 1; i <= count; i++) printf "{\"email\":\"lead-%d@acme.example\",\"name\":\"Lead %d\"}\n", i, i}'
}

# accounts COUNT: records for Salesloft.
accounts() {
    awk -v count="$1" 'BEGIN {for (i = 1; i <= count; i++) printf "{\"name\":\"Acme %d\",\"domain\":\"acme-%d.example\"}\n", i, i}'
}

# flow NAME TEMPLATE [PARAMETERS]: as in common.sh, in the way in which the form shows it: each parameter on a line of its own.
flow() {
    mkdir -p "$work/routes/flows" "$work/data/inbox/$1"
    cat > "$work/routes/flows/$1.yaml" <<YAML
- route:
    id: $1
    from:
      uri: kamelet:inbox-source
      parameters:
        flow: $1
      steps:
        - to:
            uri: kamelet:$2-sink
YAML
    [ -z "${3:-}" ] || printf '            parameters:\n%s\n' "$(echo "$3" | sed 's/, */\n/g' | sed 's/^/              /')" \
        >> "$work/routes/flows/$1.yaml"
}

# edit FLOW SED: changes the file of a flow.
edit() {
    sed -i "$2" "$work/routes/flows/$1.yaml"
}

saved_only() {
    edit "$1" "s/^    id: .*/&\n    description: Waits for its day\n    autoStartup: false/"
}

# make NUMBER: one flow; of ten, two deliver, two have had no records, one retries, one fails, one has a mistake, and three are
# saved and not activated, two of them with waiting files.
make() {
    name=flow-$(printf %03d "$1")
    call=people-ai-push-batch-call-activities
    case $(($1 % 10)) in
        0 | 1) flow "$name" $call "batchSize: 50, maxInFlight: 2" && drop "$name" "$work/calls.ndjson" ;;
        2) flow "$name" $call "map: \"external_id = id\"" ;;
        3) flow "$name" salesloft-upsert-account && drop "$name" "$work/accounts.ndjson" ;;
        4) flow "$name" customerly-create-lead && drop "$name" "$work/leads.ndjson" ;;
        5 | 6) flow "$name" $call && saved_only "$name" && for _ in 1 2 3; do drop "$name" "$work/calls.ndjson"; done ;;
        7) flow "$name" salesloft-create-account && saved_only "$name" ;;
        8) flow "$name" customerly-create-lead ;;
        9) flow "$name" $call "batchSiez: 50" ;;
    esac
}

# exported NAME: an export from People.ai, which fails.
exported() {
    flow "$1" people-ai-push-batch-call-activities
    edit "$1" "s/inbox-source/people-ai-export-activities-source/
        s/^        flow: .*/        startDate: \"2025-01-01\"\n        endDate: \"2025-12-31\"\n        exportType: delta/"
}

# listed NAME: a list of Salesloft, which fails, too.
listed() {
    flow "$1" people-ai-push-batch-call-activities
    edit "$1" "s/inbox-source/salesloft-accounts-source/; /^      parameters:/d; /^        flow: /d"
}

# dead_letters COUNT: lines as the program writes them, in the files of 20 flows and of 14 days.
dead_letters() {
    for day in $(seq 0 13); do
        date -u -d "-$day day" +%F
    done > "$work/days"
    for number in $(seq 20); do
        mkdir -p "$work/data/dead-letters/flow-$(printf %03d "$number")"
    done
    awk -v count="$1" -v folder="$work/data/dead-letters" '
        {days[NR] = $1}
        END {
            for (i = 0; i < count; i++) {
                flow = sprintf("flow-%03d", 1 + i % 20)
                day = days[1 + int(i * NR / count)]
                file = folder "/" flow "/" day ".ndjson"
                printf "{\"record\":{\"external_id\":\"call-%010d\",\"duration\":%d},\"state\":\"%s\",\"reason\":\"reason of kind %s for record %d\",\"status\":422,\"answer\":\"{\\\"error\\\":\\\"no such account\\\"}\",\"flow\":\"%s\",\"destination\":\"%s:1-delivery\",\"template\":\"people-ai-push-batch-call-activities\",\"sourceFile\":\"calls.ndjson\",\"line\":%d,\"requestId\":\"request-%d\",\"recordKey\":\"call-%010d\",\"time\":\"%sT00:%02d:%02dZ\"}\n", \
                    i, 60 + i % 900, i % 50 ? "rejected" : "held", substr("abcdefghij", 1 + i % 10, 1), i, flow, flow, 1 + int(i / 20), int(i / 100), i, day, i / 60 % 60, i % 60 > file
            }
        }' "$work/days"
}

# settled: whether all flows are loaded, all files that can be delivered are, and all dead letters are counted.
settled() {
    [ "$(grep -c "saved, not activated" "$work/program.log")" -ge $((flows / 10 * 3 - 2)) ] &&
        [ "$(grep -c "records read" "$work/program.log")" -ge $((flows / 10 * 2 - 2)) ] &&
        [ "$(curl -s "$url/api/dead-letters/groups" | grep -o '"count":[0-9]*' | awk -F : '{sum += $2} END {print sum + 0}')" -ge "$letters" ]
}

# ask COUNT FILE ADDRESS [ARGUMENTS]: so many requests over one connection; a line for each: status, seconds, bytes.
ask() {
    asked=$1 to=$2 asks=$url$3
    shift 3
    for _ in $(seq "$asked"); do
        printf 'url = "%s"\noutput = "%s"\n' "$asks" "$work/answer"
    done > "$work/urls"
    curl -sS --globoff -K "$work/urls" -w '%{http_code} %{time_total} %{size_download}\n' "$@" > "$to"
}

# each FUNCTION: calls it with name, target and address of each page.
each() {
    flow=flow-011
    letter=$(ls "$work/data/dead-letters/$flow" | head -n 1 | sed 's/.ndjson$//')
    $1 "overview" $page_target "/?period=24h"
    $1 "overview, chart" $page_target "/overview/throughput?period=24h"
    $1 "flows" $page_target "/flows"
    $1 "flows, poll" $page_target "/flows-changes?after=$change"
    $1 "flow" $page_target "/flows/$flow"
    $1 "flow, chart" $page_target "/flows/$flow/chart"
    $1 "flow, requests" $page_target "/flows/$flow/requests"
    $1 "flow, history" $page_target "/flows/$flow/history"
    $1 "flow, versions" $page_target "/flows/$flow/versions"
    $1 "new flow" $page_target "/flows/new"
    $1 "form" $page_target "/flows/$flow/edit"
    $1 "form, poll" $page_target "/flows/$flow/edit/state"
    $1 "form, other endpoint" $page_target "/flows/form" --data "id=new&source=inbox-source&template=salesloft-create-account-sink"
    $1 "form, preview" $preview_target "/flows/samples" \
        --rate 2/s --data "id=new&source=inbox-source&template=people-ai-push-batch-call-activities-sink&sample=template&seen=true&sink.batchSize=50"
    $1 "dead letters" $page_target "/dead-letters"
    $1 "dead letters of a flow" $page_target "/dead-letters?flow=$flow&kind=held"
    $1 "dead letters, search" $page_target "/dead-letters?search=call-0000099"
    $1 "dead letter" $page_target "/dead-letters?letter=$flow/$letter/17"
    $1 "requests" $page_target "/requests"
    $1 "exports and lists" $page_target "/exports"
    $1 "credentials" $page_target "/credentials"
    $1 "audit" $page_target "/audit"
}

warm() {
    address=$3
    shift 3
    ask "$requests" "$work/warm" "$address" -H "Accept-Encoding: gzip" "$@"
}

# measure NAME TARGET ADDRESS [ARGUMENTS]: a row.
measure() {
    name=$1 target=$2 address=$3
    shift 3
    ask 1 "$work/plain" "$address" "$@"
    before=$(cpu "$program")
    ask "$requests" "$work/times" "$address" -H "Accept-Encoding: gzip" "$@"
    used=$(calculate "($(cpu "$program") - $before) / $requests" %.1f)
    ! grep -v '^20[04] ' "$work/times" >&2 || fail "$name, $address: not answered as it should"
    row=$(sort -k 2 -n "$work/times" | awk -v raw="$(cut -d ' ' -f 3 "$work/plain")" -v used="$used" '
        {ms[NR] = $2 * 1000; size = $3}
        END {printf "%.1f | %.1f | %.1f | %s | %.1f | %.1f", ms[int((NR + 1) / 2)], ms[int(NR * 0.95 + 0.5)], ms[NR], used, raw / 1000, size / 1000}')
    judge "$name" "$(echo "$row" | cut -d '|' -f 2)" "$target" ms
    result "Each page with 500 flows and 100,000 dead letters, once warm, $requests requests one after the other by curl, which takes gzip." \
        "flows, dead letters | page | ms (median) | 95 % | most | CPU ms | KB | KB compressed" "$flows, $letters | $name | $row"
}

# judge NAME VALUE TARGET UNIT: notes what is over its target.
judge() {
    [ "$(calculate "($2 >= $3)" %d)" = 0 ] || late="$late
$1: $2 $4, and not below $3 $4"
}

# first_load: KB of the overview and of all that it loads.
first_load() {
    curl -s "$url/?period=24h" > "$work/overview.html"
    {
        echo "/?period=24h"
        grep -oE '(src|href)="/[^"#]*\.(css|js|svg)' "$work/overview.html" | cut -d '"' -f 2
        curl -s "$url/console.css" | grep -oE 'url\("[^"]*' | cut -d '"' -f 2
    } | sort -u | while read -r each; do
        printf 'url = "%s"\noutput = "%s"\n' "$url$each" "$work/answer"
    done > "$work/urls"
    curl -sS --fail -K "$work/urls" -H "Accept-Encoding: gzip, br" -w '%{size_download}\n' |
        awk '{sum += $1} END {printf "%.0f", sum / 1000}'
}

# browse PATH JSON: a command for Chromium.
browse() {
    curl -sS "$driver/$session/$1" -H "Content-Type: application/json" -d "$2"
}

# shown_after: milliseconds from a click on Flows until the list is loaded, filled in by its script, and painted.
shown_after() {
    browse url "{\"url\": \"$url/?period=24h\"}" > "$work/browsed"
    browse execute/sync '{"script": "document.querySelector(\".rail a[href=\\\"/flows\\\"]\").click()", "args": []}' > "$work/browsed"
    await 30 is_listed
    browse execute/async '{"script": "const done = arguments[0]; requestAnimationFrame(() => setTimeout(() => done(Math.round(Math.max(performance.getEntriesByType(\"navigation\")[0].loadEventEnd, ...performance.getEntriesByType(\"paint\").map(each => each.startTime)))), 0))", "args": []}' |
        grep -o '[0-9]*' | head -n 1
}

is_listed() {
    browse execute/sync "{\"script\": \"return document.readyState + document.querySelectorAll('#flow-rows > tr [data-bs-toggle]').length\", \"args\": []}" |
        grep -q "complete$flows"
}

destination "location /rejects { return 422; } location /fails { return 503; }"
calls 100 > "$work/calls.ndjson"
accounts 1 > "$work/accounts.ndjson"
leads 25 > "$work/leads.ndjson"
for number in $(seq $((flows - 2))); do
    make "$number"
done
exported export
listed list
dead_letters "$letters"
cp -r "$here/../routes/kamelets" "$here/../routes/catalogue" "$work/routes"
program SALESLOFT_ACCESS_TOKEN=bench SALESLOFT_RATE_LIMIT=none SALESLOFT_BASE_URL=http://127.0.0.1:18217/fails \
    CUSTOMERLY_ACCESS_TOKEN=bench CUSTOMERLY_BASE_URL=http://127.0.0.1:18217/rejects \
    PEOPLE_AI_ACCESS_TOKEN=bench PEOPLE_AI_PULL_URL=http://127.0.0.1:18217/fails
program=$pid
await 900 settled

change=0
each warm
change=$(curl -s "$url/flows" | grep -o 'flows-changes?after=[0-9]*' | cut -d = -f 2)
each measure

kilobytes=$(first_load)
judge "first load" "$kilobytes" $load_target KB
background chromedriver --port=18216 > "$work/chromedriver.log" 2>&1
await 20 curl -s -o "$work/answer" "${driver%session}status"
session=$(curl -sS "$driver" -H "Content-Type: application/json" -d '{"capabilities": {"alwaysMatch": {"browserName": "chrome",
    "goog:chromeOptions": {"args": ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"]}}}}' |
    grep -o '"sessionId":"[^"]*' | cut -d '"' -f 4)
for _ in 1 2 3 4 5 6 7; do
    shown_after
done > "$work/shown"
curl -sS -X DELETE "$driver/$session" > "$work/browsed"
result "The first load is the overview and all that it refers to, compressed. The list of flows in Chromium: from the click to the
moment when it is loaded, has its boxes and menus, and is painted (7 times)." \
    "flows | first load | from a click to the list (median)" \
    "$flows | $kilobytes KB | $(median < "$work/shown") ms" browser
[ -z "$late" ] || fail "Too slow:$late"
