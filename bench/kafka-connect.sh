#!/bin/sh
# From a Kafka topic with four partitions to a destination: this program beside Kafka Connect with Aiven's HTTP sink
# connector in its batch mode. Both get the same broker, the same records of 340 bytes, the same destination, and as many
# records in a request. One consumer with four requests at a time stands beside one task, which has one request at a time;
# four consumers stand beside four tasks. Time is what the destination sees, from its first request to its last; processor
# time is that of the whole process, its start included. Of the second half of the records there is a table of its own: a
# process that takes longer to start has less to compile once it sends.
#
# Usage: bench/kafka-connect.sh CONNECTOR [ROUNDS] [RECORDS] [PER_REQUEST] [MILLISECONDS]
#        (3 rounds, 3000000 records, 100 in a request, a destination that answers at once)
# CONNECTOR is a directory with the jars of the connector, without Kafka Connect: it is in no Maven repository; build it from
# https://github.com/Aiven-Open/http-connector-for-apache-kafka.
# Needs a JDK 17, Maven, curl, and the program with its tests: mvn -q -DskipTests package. Adds lines to bench/RESULTS.md.
connector=$(cd "${1:?the directory with the connector}" && pwd)
rounds=${2:-3}
records=${3:-3000000}
per_request=${4:-100}
millis=${5:-0}
. "$(dirname "$0")/common.sh"

kafka=4.1.1
mvn -q -f "$here/.." dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$work/classpath"
javac -cp "$here/../target/test-classes:$(cat "$work/classpath")" -d "$work/classes" "$here/kafka/Topic.java"
mkdir "$work/plugins"
cp -r "$connector" "$work/plugins/connector"
cat > "$work/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion><groupId>bench</groupId><artifactId>connect</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>connect-runtime</artifactId><version>$kafka</version></dependency>
  </dependencies>
</project>
XML
mvn -q -f "$work/pom.xml" dependency:build-classpath -Dmdep.outputFile="$work/connect.classpath"
background java "$here/Answering.java" 18217 18216 "$millis" > "$work/answering.log" 2>&1

: > "$work/broker"
background java -cp "$work/classes:$here/../target/test-classes:$(cat "$work/classpath")" Topic "$records" \
    > "$work/broker" 2> "$work/broker.log"
await 600 test -s "$work/broker"
broker=$(cat "$work/broker")

# Whether the destination has all records; sets the seconds it took, and what there was at about half of them.
all_taken() {
    eval "$(curl -s http://127.0.0.1:18217/report)"
    if [ -z "$half" ] && [ "$taken" -ge $((records / 2)) ]; then
        half=$taken half_seconds=$seconds half_cpu=$(cpu "$pid")
    fi
    [ "$taken" -ge "$records" ]
}

# measured NAME: waits for the end of a measurement, of the process $pid.
measured() {
    half=
    await 1200 all_taken
    cpu "$pid" >> "$work/$1.cpu"
    calculate "$taken / $seconds" "%.0f\n" >> "$work/$1.rates"
    calculate "($taken - $half) / ($seconds - $half_seconds)" "%.0f\n" >> "$work/$1-half.rates"
    calculate "($(tail -n 1 "$work/$1.cpu") - $half_cpu) * 1000 / ($taken - $half)" "%.1f\n" >> "$work/$1-half.cpu"
    echo "round $round: $1: $seconds s, $(tail -n 1 "$work/$1.rates")/s, second half $(tail -n 1 "$work/$1-half.rates")/s"
    stop "$pid"
    curl -s http://127.0.0.1:18217/forget > /dev/null
}

# connect CONSUMERS
connect() {
    cat > "$work/worker.properties" <<CONF
bootstrap.servers=$broker
key.converter=org.apache.kafka.connect.storage.StringConverter
value.converter=org.apache.kafka.connect.storage.StringConverter
offset.storage.file.filename=$work/offsets-$round-$1
plugin.path=$work/plugins
listeners=http://127.0.0.1:18215
consumer.auto.offset.reset=earliest
CONF
    cat > "$work/connector.properties" <<CONF
name=calls-$round-$1
connector.class=io.aiven.kafka.connect.http.HttpSinkConnector
tasks.max=$1
topics=calls
http.url=http://127.0.0.1:18217/activities/call/_bulk
http.authorization.type=none
http.headers.content.type=application/json
batching.enabled=true
batch.max.size=$per_request
batch.prefix=[
batch.separator=,
batch.suffix=]
CONF
    background java -cp "$(cat "$work/connect.classpath")" org.apache.kafka.connect.cli.ConnectStandalone \
        "$work/worker.properties" "$work/connector.properties" > "$work/connect.log" 2>&1
    measured "connect-$1"
}

# routes CONSUMERS
routes() {
    rm -rf "$work/routes" "$work/data"
    mkdir -p "$work/routes/flows"
    cat > "$work/routes/flows/calls.yaml" <<YAML
- route:
    id: calls
    from:
      uri: kamelet:kafka-records-source
      parameters: {flow: calls, topic: calls, consumers: $1, group: "routes-$1-$round"}
      steps:
        - to:
            uri: "kamelet:people-ai-push-batch-call-activities-sink"
            parameters: {maxInFlight: $((4 * $1)), batchSize: $per_request}
YAML
    program GTM_KAFKA_BROKERS="$broker"
    measured "routes-$1"
}

for round in $(seq "$rounds"); do
    for consumers in 1 4; do
        connect $consumers
        routes $consumers
    done
done

# row VARIANT UNIT: the cells of both programs, of the whole or of "-half".
row() {
    ours=$(median < "$work/routes-$consumers$1.rates")
    theirs=$(median < "$work/connect-$consumers$1.rates")
    echo "$records, $rounds, $per_request, $millis ms | $consumers | $ours/s | $theirs/s | $(calculate "$ours / $theirs") \
| $(median < "$work/routes-$consumers$1.cpu") $2 | $(median < "$work/connect-$consumers$1.cpu") $2"
}

columns="records, rounds, in a request, answered after | consumers, or tasks | this program | Kafka Connect | to Kafka Connect"
for consumers in 1 4; do
    result "Records of a topic with four partitions, beside Kafka Connect with Aiven's HTTP sink in batch mode." \
        "$columns | processor time, this program | Kafka Connect" "$(row "" ms)"
done
for consumers in 1 4; do
    result "The same, measured over the second half of the records." \
        "$columns | processor time of a record, this program | Kafka Connect" "$(row -half µs)" "second half"
done
