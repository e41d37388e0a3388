#!/bin/sh
# What flows cost that are there and have nothing to do: five flows deliver a file each at the same time, alone and beside
# 195 others, saved and not activated, or running with nothing in their inboxes.
#
# Usage: bench/many-flows.sh [ROUNDS] [RECORDS]        (3 rounds, of which the median counts; 400000 records for each flow)
# Needs a JDK 17, curl, nginx (apt install) and the program: mvn -q -DskipTests package. Adds lines to bench/RESULTS.md.
rounds=${1:-3}
records=${2:-400000}
. "$(dirname "$0")/common.sh"

destination "location /activities/call { access_log off; return 200; }"
calls "$records" > "$work/calls.ndjson"

# others SETTING: 195 flows beside the five
others() {
    for i in $(seq 195); do
        flow "other-$i" people-ai-push-batch-call-activities
        sed -i "s/^    id: .*/&\n    autoStartup: $1/" "$work/routes/flows/other-$i.yaml"
    done
}

# five TIME: has all five flows deliver a file
five() {
    for i in 1 2 3 4 5; do
        mkdir -p "$work/data/inbox/active-$i"
        ln "$work/calls.ndjson" "$work/data/inbox/active-$i/$1.ndjson"
    done
    for i in 1 2 3 4 5; do
        await 600 grep -q "active-$i: $1.ndjson: [0-9]* records read" "$work/program.log"
    done
}

# Flows that are only saved are loaded when the others run.
all_saved() {
    [ "$(grep -c "saved, not activated" "$work/program.log")" -eq 195 ]
}

measure() {
    rm -rf "$work/routes" "$work/data"
    for i in 1 2 3 4 5; do flow "active-$i" people-ai-push-batch-call-activities; done
    case $1 in
        saved) others false ;;
        running) others true ;;
    esac
    begin=$(date +%s%N)
    program
    await 60 grep -q "Listening on" "$work/program.log"
    echo "$((($(date +%s%N) - begin) / 1000000))" >> "$work/$1.starts"
    [ "$1" != saved ] || await 120 all_saved
    for pass in 1 2 3; do five "warm-$pass"; done
    begin=$(date +%s%N)
    five measured
    echo "$((($(date +%s%N) - begin) / 1000000))" >> "$work/$1.times"
    resident "$pid" >> "$work/$1.resident"
    stop "$pid"
}

for round in $(seq "$rounds"); do
    for what in alone saved running; do
        measure $what
        echo "round $round: $what: $(tail -n 1 "$work/$what.starts") ms to start, $(tail -n 1 "$work/$what.times") ms to deliver"
    done
done

for what in alone saved running; do
    result "Five flows that deliver at the same time, alone, beside 195 flows that are saved and not activated, and beside 195
that run and have nothing to do." \
        "records, rounds | 195 others | until it answers | to alone | records/s | to alone | memory" \
        "5 x $records, $rounds | $(echo $what | sed s/alone/none/) | $(median < "$work/$what.starts") ms \
| $(calculate "$(median < "$work/$what.starts") / $(median < "$work/alone.starts")") \
| $(calculate "5 * $records / $(median < "$work/$what.times") * 1000" %.0f) \
| $(calculate "$(median < "$work/alone.times") / $(median < "$work/$what.times")") | $(median < "$work/$what.resident") MB"
done
