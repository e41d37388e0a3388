#!/bin/sh
# From a Kafka topic with four partitions to a destination that takes 50 ms for each answer, by one consumer and by four;
# and the same records from a file. A consumer has four requests under way at a time, as the file has: maxInFlight is 4
# for one consumer and for the file, 16 for four consumers. Time is what the destination sees, from its first request to
# its last. With a template that sends each record alone, and with one that sends a hundred in a request.
#
# Usage: bench/kafka.sh [ROUNDS] [RECORDS]        (2 rounds; 2000 records alone, a hundred times as many in batches)
# Needs a JDK 17, Maven, curl, and the program with its tests: mvn -q -DskipTests package. Adds lines to bench/RESULTS.md.
rounds=${1:-2}
records=${2:-2000}
. "$(dirname "$0")/common.sh"

mvn -q -f "$here/.." dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$work/classpath"
javac -cp "$here/../target/test-classes:$(cat "$work/classpath")" -d "$work/classes" "$here/kafka/Topic.java"
background java "$here/Answering.java" 18217 18216 50 > "$work/answering.log" 2>&1

# broker RECORDS: sets $broker to the address of one that has them
broker() {
    : > "$work/broker"
    background java -cp "$work/classes:$here/../target/test-classes:$(cat "$work/classpath")" Topic "$1" \
        > "$work/broker" 2> "$work/broker.log"
    broker_pid=$pid
    await 300 test -s "$work/broker"
    broker=$(cat "$work/broker")
}

# measure NAME RECORDS TEMPLATE CONSUMERS: 0 for the file
measure() {
    rm -rf "$work/routes" "$work/data"
    if [ "$4" -eq 0 ]; then
        flow calls "$3" "maxInFlight: 4"
        calls "$2" > "$work/data/inbox/calls/calls.ndjson"
    else
        mkdir -p "$work/routes/flows"
        cat > "$work/routes/flows/calls.yaml" <<YAML
- route:
    id: calls
    from:
      uri: kamelet:kafka-records-source
      parameters: {flow: calls, topic: calls, consumers: $4, recordsPerPoll: $poll, group: "$1-$round"}
      steps:
        - to: {uri: "kamelet:$3-sink", parameters: {maxInFlight: $((4 * $4))}}
YAML
    fi
    curl -s http://127.0.0.1:18217/forget > /dev/null
    program GTM_KAFKA_BROKERS="$broker"
    await 600 all_taken "$2"
    echo "$seconds" >> "$work/$1.times"
    echo "round $round: $1: $seconds s"
    stop "$pid"
}

# Whether the destination has so many records; sets the seconds it took.
all_taken() {
    eval "$(curl -s http://127.0.0.1:18217/report)"
    [ "$taken" -ge "$1" ]
}

rate() { calculate "$2 / $(median < "$work/$1.times")" %.0f; }

# compare WHAT RECORDS TEMPLATE
compare() {
    broker "$2"
    for round in $(seq "$rounds"); do
        measure "$1-file" "$2" "$3" 0
        measure "$1-one" "$2" "$3" 1
        measure "$1-four" "$2" "$3" 4
    done
    stop "$broker_pid"
    result "Records of a topic with four partitions, to a destination that takes 50 ms, four requests at a time for each consumer." \
        "template | records, rounds, per poll | file | one consumer | to the file | four consumers | to one | to four files" \
        "$1 | $2, $rounds, $poll | $(rate "$1-file" "$2")/s | $(rate "$1-one" "$2")/s \
| $(calculate "$(rate "$1-one" "$2") / $(rate "$1-file" "$2")") | $(rate "$1-four" "$2")/s \
| $(calculate "$(rate "$1-four" "$2") / $(rate "$1-one" "$2")") | $(calculate "$(rate "$1-four" "$2") / $(rate "$1-file" "$2") / 4")"
}

# As it is by default. In batches it is more than twice what is in flight.
poll=4000
compare single "$records" people-ai-push-call-activity
compare batch "$((records * 100))" people-ai-push-batch-call-activities
