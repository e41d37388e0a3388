// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.faults.Misbehaviour;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters on the command line of the packaged program. */
@Tag("long")
class DeadLettersIT {

    private static final String KEY = "letters-key-5ce8";
    private static final String SINGLE = "people-ai-push-call-activity";
    private static final String BATCH = "people-ai-push-batch-call-activities";

    @TempDir
    Path directory;

    private Program program(Sandbox sandbox) throws IOException {
        Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", KEY).env("PEOPLE_AI_BASE_URL",
                sandbox.baseUrl("people-ai"));
        Files.writeString(directory.resolve("routes/flows/calls.yaml"), """
                        - to:
                            uri: kamelet:people-ai-push-call-activity-sink
                            parameters: {maxInFlight: 1}
                """, StandardOpenOption.APPEND);
        return program;
    }

    private void deliver(String name, String records) throws IOException {
        Files.writeString(Files.createDirectories(directory.resolve("data/inbox/calls")).resolve(name), records);
        await().atMost(Duration.ofSeconds(60)).until(() -> isDone(name));
    }

    private boolean isDone(String prefix) throws IOException {
        Path done = directory.resolve("data/inbox/calls/.done");
        if (!Files.isDirectory(done)) {
            return false;
        }
        try (Stream<Path> files = Files.list(done)) {
            return files.anyMatch(each -> each.getFileName().toString().startsWith(prefix));
        }
    }

    private static List<String> accepted(Sandbox sandbox, String endpoint) {
        return sandbox.requests().stream().filter(each -> endpoint.equals(each.endpoint()) && each.accepted() > 0)
                .map(RecordedRequest::body).map(String::new).toList();
    }

    private static String id(String list) {
        return list.lines().skip(1).findFirst().orElseThrow().split(" ")[0];
    }

    @Test
    void aRejectedRecordIsMendedAndArrivesOnceAndOnlyWhereItWasRejected() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY); Program program = program(sandbox)) {
            program.start().awaitStarted();
            sandbox.misbehave(Misbehaviour.forEver().endpoint(SINGLE).status(422, "{\"error\":\"no \u001b[2J id\"}"));
            deliver("calls.ndjson", "{\"n\":1}\n{\"n\":2}\n");
            sandbox.clearMisbehaviours();

            Program.Ended list = program.run("dead-letters", "list", "calls", "--reason", "WITH 422", "--since", "1h");
            String id = id(list.out());
            Program.Ended show = program.run("dead-letters", "show", "calls", id);
            assertThat(program.run("dead-letters", "edit", "calls", id, "--record", "{\"n\":0}").status()).isZero();
            Program.Ended edit = program.run("{\n\"n\": 1, \"id\": 1.50\n}\n", new String[] {"dead-letters", "edit",
                    "calls", id});
            Program.Ended replay = program.run("dead-letters", "replay", "calls", id);

            assertThat(list.status()).isZero();
            assertThat(list.out()).hasLineCount(3).contains("rejected", "calls.ndjson:1", "responded with 422");
            assertThat(show.out()).contains(
                    "calls:people-ai-push-call-activity-delivery (people-ai-push-call-activity)", "no \\u001b[2J id",
                    "{\"n\":1}").doesNotContain("\u001b", KEY);
            assertThat(edit.out()).isEqualTo(id + ": record replaced. To send it, replay the dead letter\n");
            assertThat(replay).isEqualTo(new Program.Ended(0, "1 record queued for replay (flow calls)\n", ""));
            await().atMost(Duration.ofSeconds(60)).until(() -> isDone("replay-"));
            assertThat(accepted(sandbox, SINGLE)).containsExactly("{ \"n\": 1, \"id\": 1.50 }");
            assertThat(accepted(sandbox, BATCH)).hasSize(1);
            assertThat(program.run("dead-letters", "list").out()).containsPattern("calls +rejected +1  responded with 422");
            assertThat(program.output()).noneMatch(each -> each.contains(KEY));
        }
    }

    @Test
    void whatCannotBeDoneIsToldAndTheRestIsDone() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("people-ai", KEY); Program program = program(sandbox)) {
            program.start().awaitStarted();
            sandbox.misbehave(Misbehaviour.forEver().endpoint(SINGLE).status(422));
            deliver("calls.ndjson", "{\"n\":1}\nbad\n");
            program.terminate();
            sandbox.clearMisbehaviours();

            Program.Ended records = program.run("dead-letters", "show", "calls", "--records");
            Program.Ended replay = program.run("dead-letters", "replay", "calls", "--all");
            Program.Ended discard = program.run("dead-letters", "discard", "calls", "--reason=not valid JSON");

            assertThat(records.status()).isEqualTo(1);
            assertThat(records.out()).isEqualTo("{\"n\":1}\n");
            assertThat(records.err().lines()).hasSize(2).allMatch(each -> each.endsWith("the record is not a JSON object"));
            assertThat(replay.status()).isEqualTo(1);
            assertThat(replay.out()).isEqualTo("1 record queued for replay (flow calls)\n");
            assertThat(replay.err().lines()).hasSize(2).allMatch(each -> each.endsWith("edit it first"));
            assertThat(discard).isEqualTo(new Program.Ended(0, "2 records discarded (flow calls)\n", ""));
            assertThat(program.run("dead-letters", "list").out()).isEqualTo("no open dead letters in data/dead-letters\n");

            program.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> isDone("replay-"));
            assertThat(accepted(sandbox, SINGLE)).containsExactly("{\"n\":1}");
        }
    }

    @Test
    void theDataDirectoryIsTheOneThatTheProgramUses() throws Exception {
        try (Program program = Program.in(directory)) {
            assertThat(dataDirectory(program)).isEqualTo("data");
            Files.writeString(directory.resolve("application.properties"), "gtm.data=one\n%demo.gtm.data=onedemo\n");
            assertThat(dataDirectory(program)).isEqualTo("one");
            awaitInbox(program, "one");

            Files.writeString(Files.createDirectories(directory.resolve("config")).resolve("application.properties"),
                    "gtm.data=two\n");
            assertThat(dataDirectory(program)).isEqualTo("two");
            awaitInbox(program, "two");

            program.env("GTM_DATA", "three");
            assertThat(dataDirectory(program)).isEqualTo("three");
            program.java("-Dgtm.data=four");
            assertThat(dataDirectory(program)).isEqualTo("four");
        }
    }

    @Test
    void theDemoHasItsOwnDataDirectory() throws Exception {
        try (Program program = Program.in(directory).command("demo").env("GTM_DATA", "three")) {
            assertThat(dataDirectory(program)).isEqualTo("data/demo");
        }
    }

    /** Runs the program until it has taken this data directory for its own. */
    private void awaitInbox(Program program, String data) throws Exception {
        program.start();
        Path lock = directory.resolve(data).resolve("inbox/.intake.lock");
        await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(lock));
        program.terminate();
    }

    /** A flow that is not there is not found in the data directory. */
    private static String dataDirectory(Program program) throws Exception {
        Program.Ended list = program.run("dead-letters", "list", "nosuch");
        assertThat(list.status()).isEqualTo(1);
        assertThat(list.out()).isEmpty();
        assertThat(list.err()).startsWith("there are no dead letters of flow nosuch in ").hasLineCount(1);
        return list.err().strip().replaceFirst(".* in (.*)/dead-letters$", "$1");
    }
}
