#!/bin/sh
# POST /intake/<flow>, one record of 340 bytes in each request, 50 connections, against nginx that writes the same bodies
# to files (dav, which does not sync). The program answers when the record is synced to the disk. It is measured with a
# flow that is stopped, and with one that delivers what comes at the same time, to another nginx. In turns.
#
# Usage: bench/intake.sh [ROUNDS] [SECONDS]        (5 rounds of 10 seconds each, after as long to warm up)
# Needs a JDK 17, curl, nginx, wrk (both: apt install) and the program: mvn -q -DskipTests package. Adds lines to bench/RESULTS.md.
rounds=${1:-5}
seconds=${2:-10}
. "$(dirname "$0")/common.sh"
need wrk wrk

mkdir -p "$work/files"
chmod -R a+rwx "$work"
destination "location /files/ { access_log off; root $work; dav_methods PUT; client_body_temp_path $work/nginx/bodies; }"
flow calls people-ai-push-batch-call-activities
flow stopped people-ai-push-batch-call-activities
sed -i 's/^    id: .*/&\n    autoStartup: false/' "$work/routes/flows/stopped.yaml"
cat > "$work/load.lua" <<LUA
local record = '$(calls 1)'
local thread, count = 0, 0
function setup(t) t:set("id", thread); thread = thread + 1 end
function request()
    count = count + 1
    return wrk.format(method, path == "/files/" and path .. id .. "-" .. count % 20000 or path,
        {["Content-Type"] = "application/json"}, record)
end
function init(args) method, path = args[1], args[2] end
function done(summary, latency)
    local failed = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
    io.write(string.format("%.0f %.1f %.1f %d\n", summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000,
        latency:percentile(99) / 1000, failed))
end
LUA

# load NAME URL METHOD PATH SECONDS: requests a second, the median and 99th percentile of the latency in ms, and how many failed
load() {
    wrk -t 2 -c 50 -d "$5" -s "$work/load.lua" "$2" -- "$3" "$4" | tail -n 1
}

program
await 60 grep -q "Listening on" "$work/program.log"
load warm http://127.0.0.1:18218 POST /intake/stopped "$seconds" > /dev/null
load warm http://127.0.0.1:18218 POST /intake/calls "$seconds" > /dev/null
for round in $(seq "$rounds"); do
    load nginx http://127.0.0.1:18217 PUT /files/ "$seconds" >> "$work/nginx.loads"
    load stopped http://127.0.0.1:18218 POST /intake/stopped "$seconds" >> "$work/stopped.loads"
    load calls http://127.0.0.1:18218 POST /intake/calls "$seconds" >> "$work/calls.loads"
    echo "round $round: nginx $(tail -n 1 "$work/nginx.loads"), stopped $(tail -n 1 "$work/stopped.loads"), delivering $(tail -n 1 "$work/calls.loads")"
done

column() { cut -d ' ' -f "$2" "$work/$1.loads" | median; }

result "One record of 340 bytes per request, 50 connections, two threads of wrk on the same machine. nginx writes bodies to
files and syncs nothing; the program answers when the record is synced." \
    "rounds | nginx | flow stopped | of nginx | median, p99 | flow delivering | of nginx | median, p99 | failed" \
    "$rounds of $seconds s | $(column nginx 1)/s | $(column stopped 1)/s | $(calculate "$(column stopped 1) / $(column nginx 1)") \
| $(column stopped 2), $(column stopped 3) ms | $(column calls 1)/s | $(calculate "$(column calls 1) / $(column nginx 1)") \
| $(column calls 2), $(column calls 3) ms | $(cut -d ' ' -f 4 "$work/stopped.loads" "$work/calls.loads" | paste -sd + | sed 's/^/0+/' | xargs -I{} sh -c 'echo $(({}))')"
