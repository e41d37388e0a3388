#!/bin/sh
# Starts the program once, with flows that send a record each, and notes which classes it loads, so that a start takes less
# than half the time:
#
#   deploy/archive-classes.sh target/quarkus-app
#   java @target/quarkus-app/start.args
#
# The class path is flat, because the class loader of quarkus-run.jar keeps its classes out of an archive. An archive is
# of use only to the same Java, and to the same jars in the same place; without one, the start only takes its usual time.
set -eu

app=$(cd "$1" && pwd)
archive=$app/classes.jsa
start=$app/start.args
work=$(mktemp -d)
pid=
trap 'kill $pid 2>/dev/null || true; rm -rf "$work"' EXIT

# flow NAME URL: a flow that sends one record to the URL.
flow() {
    mkdir -p "$work/routes/flows" "$work/data/inbox/$1"
    echo '{"external_id":"first","duration":60}' > "$work/data/inbox/$1/one.ndjson"
    cat > "$work/routes/flows/$1.yaml" <<FLOW
- route:
    id: $1
    from:
      uri: kamelet:inbox-source
      parameters: {flow: $1}
      steps:
        - to: {uri: "kamelet:people-ai-request-sink", parameters: {url: "$2", batch: true, sendCredentialTo: 127.0.0.1}}
FLOW
}

# logged PATTERN: waits until the program has logged it.
logged() {
    until grep -q "$1" "$work/log"; do
        kill -0 "$pid" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
        sleep 0.05
    done
}

cat > "$work/class-path.args" <<ARGUMENTS
-Djava.util.logging.manager=org.jboss.logmanager.LogManager
-cp "$app/quarkus/*:$app/app/*:$app/lib/boot/*:$app/lib/main/*"
ARGUMENTS
rm -f "$archive"
flow unanswered http://127.0.0.1:1
(cd "$work" && exec env QUARKUS_HTTP_PORT=0 QUARKUS_MANAGEMENT_PORT=0 QUARKUS_HTTP_HOST=127.0.0.1 GTM_INBOX_QUIET=0s \
    PEOPLE_AI_API_KEY=none java -Xshare:off -XX:DumpLoadedClassList="$work/classes" -XX:TieredStopAtLevel=1 \
    "@$work/class-path.args" dev.gtmroutes.command.Main > "$work/log" 2>&1) &
pid=$!
logged "Listening on"
# It answers itself, that there is nothing of this name.
flow answered "$(sed -n 's|.*Listening on: \(http://[^ ]*[0-9]\).*|\1|p' "$work/log")/nothing"
logged "answered: one.ndjson: 1 records read"
kill "$pid"
wait "$pid" || [ $? -eq 143 ]
java -Xshare:dump -XX:SharedClassListFile="$work/classes" -XX:SharedArchiveFile="$archive" "@$work/class-path.args" \
    > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }

# Of the memory of a large machine little is needed: the collector for small heaps starts sooner and keeps them small; where
# much is in work, as from a topic, it gets room to collect rarely. The second compiler waits until a method is called ten times as often as otherwise: on few cores it would compile what only
# a start needs while the start waits for it. A program without memory ends, so that whatever watches it starts it anew.
cat - "$work/class-path.args" > "$start" <<ARGUMENTS
-XX:SharedArchiveFile="$archive"
-XX:+ExitOnOutOfMemoryError
-XX:+UseSerialGC -Xms44m -XX:NewSize=24m -XX:MinHeapFreeRatio=70 -XX:MaxHeapFreeRatio=85
-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000
-XX:Tier4CompileThreshold=150000 -XX:Tier4BackEdgeThreshold=400000
ARGUMENTS
echo dev.gtmroutes.command.Main >> "$start"
