#!/bin/sh
# How long the program takes from its start until it answers, and until the first record of a file that waits for it has
# reached its destination: started as usual, and with an archive of its classes, as Dockerfile.jvm does it. Then a million
# records more, and how much memory the process has.
#
# Usage: bench/startup.sh [ROUNDS]        (7, of which the median counts)
# Needs a JDK 17, curl, nginx (apt install) and the program: mvn -q -DskipTests package. Adds lines to bench/RESULTS.md.
rounds=${1:-7}
. "$(dirname "$0")/common.sh"

destination
calls 1 > "$work/one.ndjson"
calls 1000000 > "$work/calls.ndjson"
cp -r "$here/../routes" "$work"
flow calls people-ai-push-batch-call-activities
printf '%s\n' "-jar \"$app/quarkus-run.jar\"" > "$work/jar.args"

# start_once HOW: notes milliseconds until it answers and until nginx has the first record, milliseconds of processor time, MB
start_once() {
    rm -rf "$work/data"
    mkdir -p "$work/data/inbox/calls"
    ln "$work/one.ndjson" "$work/data/inbox/calls/one.ndjson"
    forget_requests
    begin=$(date +%s%N)
    program
    await 60 grep -q "Listening on" "$work/program.log"
    answers=$((($(date +%s%N) - begin) / 1000000))
    await 60 test -s "$work/nginx/requests"
    first=$(awk -v begin="$begin" 'NR == 1 {printf "%.0f", $1 * 1000 - begin / 1000000}' "$work/nginx/requests")
    echo "$answers $first $(cpu "$pid") $(resident "$pid")" | tee -a "$work/$1.times"
}

column() { cut -d ' ' -f "$2" "$work/$1.times" | median; }

for how in usual archive; do
    start=$([ $how = usual ] && echo "$work/jar.args" || echo "$app/start.args")
    for _ in $(seq "$rounds"); do
        start_once $how
        [ "$(wc -l < "$work/$how.times")" -lt "$rounds" ] || deliver calls "$work/calls.ndjson"
        after=$(resident "$pid")
        stop "$pid"
    done
    result "From the start of the JVM, with the routes as shipped and one flow whose inbox has one record in it, to the line that it
listens, and to the record's arrival at nginx. Processor time and memory are those of that moment." \
        "started | until it answers | first record delivered | processor time | memory | after a million records" \
        "$(echo $how | sed 's/usual/java -jar/; s/archive/with an archive of classes/') | $(column $how 1) ms | $(column $how 2) ms | $(column $how 3) ms | $(column $how 4) MB | $after MB"
done
