#!/bin/sh
# The batch template against what else could do its work: a raw loop (Jackson and the JDK's HTTP client, one thread), a
# route of Camel's own parts, and syslog-ng with a reliable disk buffer. All send the same records from a file, a hundred
# in a request, to the same nginx, which does nothing with them. In turns; each is started anew in each round, the JVMs
# are given the file again and again for a minute first, until they have compiled what they run. Time is what nginx sees:
# from the first request to the last one. Of these, only the program and syslog-ng keep account of what was delivered.
#
# Usage: bench/batch.sh [ROUNDS] [RECORDS]        (5 rounds, of which the median counts; 500000 records of 340 bytes)
# Needs a JDK 17, curl, nginx, syslog-ng 3.38 with its module http (both: apt install) and the program:
# mvn -q -DskipTests package. Adds lines to bench/RESULTS.md.
rounds=${1:-5}
records=${2:-500000}
. "$(dirname "$0")/common.sh"
warm_up=60
need syslog-ng "syslog-ng-core and syslog-ng-mod-http"
url=http://127.0.0.1:18217/activities/call/_bulk

calls "$records" > "$work/calls.ndjson"
javac -cp "$app/lib/main/*" -d "$work/classes" "$here"/batch/*.java
flow calls people-ai-push-batch-call-activities
cat > "$work/syslog-ng.conf" <<CONF
@version: 3.38
@module affile
@module http
options { stats-freq(0); stats-level(0); threaded(yes); };
source lines {
    wildcard-file(base-dir("$work/lines") filename-pattern("*.ndjson") flags(no-parse)
        log-fetch-limit(1000) log-iw-size(20000) follow-freq(1));
};
destination api {
    http(url("$url") method("PUT") headers("Content-Type: application/json")
        body("\$MESSAGE") body-prefix("[") body-suffix("]") delimiter(",") batch-lines(100) batch-timeout(1000) workers(4)
        disk-buffer(reliable(yes) disk-buf-size(1073741824) mem-buf-size(104857600) dir("$work/buffer")));
};
log { source(lines); destination(api); flags(flow-control); };
CONF
destination

# Each of these has its contender deliver the file as it counts, and sets $used, in milliseconds of processor time.
raw_loop() {
    of_two_passes RawLoop
}

plain_camel_route() {
    of_two_passes PlainRoute
}

of_two_passes() {
    rm -f "$work/go" "$work/used"
    mkfifo "$work/go"
    exec 3<> "$work/go"
    background java -cp "$work/classes:$app/lib/main/*" "$1" "$work/calls.ndjson" "$url" <&3 > "$work/used" 2> "$work/$1.log"
    passes=0
    warm=$(($(date +%s) + warm_up))
    while [ "$(date +%s)" -lt $warm ]; do pass; done
    pass
    stop "$pid"
    used=$(tail -n 1 "$work/used")
}

pass() {
    passes=$((passes + 1))
    forget_requests
    echo >&3
    await 600 has_lines $passes "$work/used"
}

has_lines() {
    [ "$(wc -l < "$2")" -ge "$1" ]
}

syslog_ng() {
    rm -rf "$work/lines" "$work/buffer"
    mkdir "$work/lines" "$work/buffer"
    ln "$work/calls.ndjson" "$work/lines"
    forget_requests
    background syslog-ng -F -f "$work/syslog-ng.conf" --persist-file "$work/lines/persist" \
        --pidfile "$work/lines/pid" --control "$work/lines/control" --no-caps > "$work/syslog-ng.log" 2>&1
    await 600 all_written
    used=$(cpu "$pid")
    stop "$pid"
}

all_written() {
    [ "$(syslog-ng-ctl stats --control "$work/lines/control" 2> /dev/null \
        | awk -F ';' '/^dst.http;.*;written;/ {sum += $6} END {print sum + 0}')" -ge "$records" ]
}

gtm_routes() {
    program
    warm=$(($(date +%s) + warm_up))
    while [ "$(date +%s)" -lt $warm ]; do deliver calls "$work/calls.ndjson"; done
    forget_requests
    before=$(cpu "$pid")
    deliver calls "$work/calls.ndjson"
    used=$(($(cpu "$pid") - before))
    stop "$pid"
    rm -rf "$work/data"
}

for round in $(seq "$rounds"); do
    for contender in gtm_routes raw_loop plain_camel_route syslog_ng; do
        $contender
        seconds=$(requests_took)
        [ "$(awk '{sum += $3} END {print int((sum + NR) / 340)}' "$work/nginx/requests")" -ge "$records" ] || fail "$contender lost records"
        echo "round $round: $contender: $seconds s, $used ms of processor time, $(wc -l < "$work/nginx/requests") requests"
        echo "$seconds" >> "$work/$contender.seconds"
        echo "$used" >> "$work/$contender.used"
    done
done

ours=$(median < "$work/gtm_routes.seconds")
for contender in gtm_routes raw_loop plain_camel_route syslog_ng; do
    seconds=$(median < "$work/$contender.seconds")
    result "Records of 340 bytes from a file, a hundred in a request, to nginx. GTM Routes and syslog-ng account for them." \
        "records, rounds | who | records/s | CPU s per million | GTM Routes is faster by" \
        "$records, $rounds | $(echo $contender | tr _ " ") | $(calculate "$records / $seconds" %.0f) | $(calculate "$(median < "$work/$contender.used") / $records * 1000") | $(calculate "$seconds / $ours")"
done
