# What the benchmarks share, to be read in at their beginning. Everything that is started here, and the directory $work,
# is gone when the benchmark ends.
set -eu
PATH=$PATH:/usr/sbin

here=$(cd "$(dirname "$0")" && pwd)
app=$here/../target/quarkus-app
[ -f "$app/quarkus-run.jar" ] || { echo "There is no $app: run mvn -q -DskipTests package first" >&2; exit 2; }
"$here/../deploy/archive-classes.sh" "$app"
start=$app/start.args
work=$(mktemp -d)
running=
trap 'stop $running; rm -rf "$work"' EXIT

# fail WORD...: ends the benchmark.
fail() {
    echo "$*" >&2
    exit 1
}

# need COMMAND PACKAGE
need() {
    command -v "$1" > /dev/null || fail "There is no $1: install $2"
}

# background COMMAND...: starts it; its process is $pid.
background() {
    # Otherwise it would read from /dev/null.
    { "$@" <&4 4<&- & } 4<&0
    pid=$!
    running="$running $pid"
}

# stop PID...: ends them and waits until they have ended.
stop() {
    for each in "$@"; do
        kill "$each" 2> /dev/null || true
        wait "$each" 2> /dev/null || true
    done
}

# await SECONDS COMMAND...: until the command succeeds.
await() {
    end=$(($(date +%s) + $1))
    shift
    until "$@"; do
        [ "$(date +%s)" -lt $end ] || { tail -n 20 "$work"/*.log >&2; fail "It did not come to pass: $*"; }
        sleep 0.05
    done
}

# program NAME=VALUE...: starts the packaged program in $work, with more of its environment, $java_options, and the arguments
# of the file $start. Its process is $pid, its log $work/program.log.
program() {
    : > "$work/program.log"
    background start_program "$@"
}

start_program() {
    cd "$work"
    # shellcheck disable=SC2086
    exec env QUARKUS_HTTP_PORT=18218 QUARKUS_MANAGEMENT_PORT=18219 GTM_INBOX_QUIET=0s PEOPLE_AI_API_KEY=bench \
        PEOPLE_AI_RATE_LIMIT=none PEOPLE_AI_BASE_URL="http://127.0.0.1:18217" "$@" \
        java ${java_options:-} "@$start" >> program.log 2>&1
}

# flow NAME TEMPLATE [PARAMETERS]: a flow from its inbox to a template; the parameters as YAML between braces.
flow() {
    mkdir -p "$work/routes/flows" "$work/data/inbox/$1"
    cat > "$work/routes/flows/$1.yaml" <<YAML
- route:
    id: $1
    from:
      uri: kamelet:inbox-source
      parameters: {flow: $1}
      steps:
        - to: {uri: "kamelet:$2-sink", parameters: {${3:-}}}
YAML
}

# calls COUNT: so many records of 340 bytes, one on a line.
calls() {
    awk -v count="$1" 'BEGIN {
        for (i = 0; i < 267; i++) note = note "x"
        for (i = 1; i <= count; i++) printf "{\"external_id\":\"call-%010d\",\"duration\":%04d,\"group\":\"%02d\",\"note\":\"%s\"}\n", i,
            1000 + i % 3600, i % 50, note
    }'
}

# deliver FLOW FILE: has the running program deliver a copy of the file, and waits until it says so.
deliver() {
    drop "$1" "$2"
    delivered "$1"
}

# drop FLOW FILE: puts a copy of the file into the flow's inbox, to be delivered after those that are there.
drop() {
    delivery=$((${delivery:-0} + 1))
    mkdir -p "$work/data/inbox/$1"
    ln "$2" "$work/data/inbox/$1/$(printf %05d $delivery).ndjson"
}

# delivered FLOW: waits until the program says that it has delivered what was dropped last.
delivered() {
    await 3600 grep -q "$1: $(printf %05d $delivery).ndjson: [0-9]* records read, [0-9]* delivered" "$work/program.log"
}

# destination: starts nginx, which takes everything on port 18217 and notes when.
destination() {
    need nginx nginx
    mkdir -p "$work/nginx"
    cat > "$work/nginx/nginx.conf" <<CONF
daemon off;
worker_processes 2;
pid nginx.pid;
error_log error.log;
events { worker_connections 1000; }
http {
    log_format times '\$msec \$request_time \$http_content_length';
    access_log requests times;
    keepalive_requests 1000000000;
    client_max_body_size 0;
    server { listen 127.0.0.1:18217; location / { return 200; } ${1:-} }
}
CONF
    background nginx -p "$work/nginx" -c nginx.conf
    await 10 curl -s -o "$work/answer" http://127.0.0.1:18217/
}

# forget_requests: what nginx has noted.
forget_requests() {
    : > "$work/nginx/requests"
}

# requests_took: seconds from the start of the first request that nginx has noted to the end of the last one.
requests_took() {
    awk '{start = $1 - $2; if (!first || start < first) first = start; if ($1 > last) last = $1}
        END {printf "%.3f", last - first}' "$work/nginx/requests"
}

# cpu PID: milliseconds of processor time that a process has used.
cpu() {
    awk '{print ($14 + $15) * 10}' "/proc/$1/stat"
}

# resident PID: megabytes of memory.
resident() {
    awk '/VmRSS/ {printf "%.0f\n", $2 / 1024}' "/proc/$1/status"
}

# median: of the numbers that are read, one on a line.
median() {
    sort -n | awk '{all[NR] = $1} END {print all[int((NR + 1) / 2)]}'
}

# calculate EXPRESSION [FORMAT]
calculate() {
    awk "BEGIN {printf \"${2:-%.2f}\", $1}"
}

. "$here/results.sh"
