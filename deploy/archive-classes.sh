#!/bin/sh
# Starts the program once, with one flow, and notes which classes it loads, so that a start takes about half the time:
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
mkdir -p "$work/routes/flows"
cat > "$work/routes/flows/first.yaml" <<'FLOW'
- route:
    id: first
    from:
      uri: kamelet:inbox-source
      parameters: {flow: first}
      steps:
        - to: {uri: "kamelet:people-ai-push-batch-call-activities-sink"}
FLOW
rm -f "$archive"
cat > "$start" <<ARGUMENTS
-Djava.util.logging.manager=org.jboss.logmanager.LogManager
-cp "$app/quarkus/*:$app/app/*:$app/lib/boot/*:$app/lib/main/*"
dev.gtmroutes.command.Main
ARGUMENTS
(cd "$work" && exec env QUARKUS_HTTP_PORT=0 QUARKUS_MANAGEMENT_PORT=0 QUARKUS_HTTP_HOST=127.0.0.1 PEOPLE_AI_API_KEY=none \
    java -XX:ArchiveClassesAtExit="$archive" -XX:TieredStopAtLevel=1 -Xlog:cds=off -Xlog:cds+dynamic=off \
    "@$start" > "$work/log" 2>&1) &
pid=$!
until grep -q "Listening on" "$work/log"; do
    kill -0 "$pid" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
    sleep 0.05
done
kill "$pid"
wait "$pid" || [ $? -eq 143 ]
[ -s "$archive" ] || { cat "$work/log" >&2; exit 1; }
printf '%s\n' "-XX:SharedArchiveFile=\"$archive\"" | cat - "$start" > "$start.whole"
mv "$start.whole" "$start"
