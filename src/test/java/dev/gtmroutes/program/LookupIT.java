// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Enrolments that name people by e-mail address, in the packaged program: crashes, edits, and people who are missing. */
class LookupIT {

    private static final String TOKEN = "lookup-token-41d8";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int PEOPLE = 20_000;
    private static final int ENROLMENTS = 400;
    private static final int IN_FLIGHT = 4;

    @TempDir
    Path directory;

    private final List<RecordedRequest> memberships = new CopyOnWriteArrayList<>();

    private DataDirectory data() {
        return new DataDirectory(directory.resolve("data"));
    }

    private Program program(Sandbox sandbox) throws Exception {
        sandbox.onRequest(each -> {
            if (each.accepted() > 0) {
                memberships.add(each);
            }
        });
        flow("people", """
                        - to:
                            uri: kamelet:lookup-store-sink
                            parameters: {store: people, key: email_address, keep: "id,owner.id", batchSize: 100}
                """);
        enrolments("missing: reject", "{person.id}");
        return Program.in(directory).env("SALESLOFT_ACCESS_TOKEN", TOKEN).env("SALESLOFT_RATE_LIMIT", "none")
                .env("SALESLOFT_BASE_URL", sandbox.baseUrl("salesloft")).env("GTM_INBOX_QUIET", "0s");
    }

    private void enrolments(String lookup, String person) throws Exception {
        flow("enrolments", """
                        - to:
                            uri: kamelet:lookup-store-action
                            parameters: {store: people, by: email, as: person, %s}
                        - to:
                            uri: kamelet:salesloft-create-cadence-membership-sink
                            parameters:
                              map: |
                                person_id = %s
                                cadence_id = 5
                              mapOthers: false
                              maxInFlight: %d
                """.formatted(lookup, person, IN_FLIGHT));
    }

    private void flow(String id, String steps) throws Exception {
        Path file = Files.createDirectories(directory.resolve("routes/flows")).resolve(id + ".yaml");
        Path part = Files.writeString(file.resolveSibling("." + id + ".part"), """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                """.formatted(id) + steps);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String lines(int from, int to, IntFunction<String> line) {
        return IntStream.range(from, to).mapToObj(i -> line.apply(i) + "\n").collect(Collectors.joining());
    }

    private static String person(int id) {
        return "{\"id\":%d,\"email_address\":\"P%d@acme.example\",\"owner\":{\"id\":7},\"title\":\"x\"}".formatted(id, id);
    }

    private static String enrolment(int id) {
        return "{\"email\":\"p%d@ACME.example\"}".formatted(id);
    }

    private List<Integer> enrolled() {
        return memberships.stream().map(each -> TestDestination.json(TestDestination.text(each)).path("person_id").asInt())
                .toList();
    }

    private Path done(String flow, String name) {
        return data().inbox(flow).resolve(".done").resolve(name);
    }

    @Test
    void eachEnrolmentHasItsPersonAlsoAcrossCrashes() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("salesloft", TOKEN).latencyMs(5);
                Program program = program(sandbox).recorded()) {
            // Before there is any store, nothing is rejected.
            data().drop("enrolments", "first.ndjson", enrolment(3));
            program.start().awaitLine("the store people does not exist yet");

            data().drop("people", "people.ndjson", lines(1, PEOPLE, LookupIT::person));
            // A store that has been begun knows those who are in it, and nobody else.
            await().atMost(LONG).ignoreExceptions()
                    .until(() -> new ProgramApi(program.port()).counts().get("people").delivered() > 0);
            program.kill();
            assertThat(done("people", "people.ndjson")).doesNotExist();
            program.start();
            await().atMost(LONG).until(() -> Files.exists(done("people", "people.ndjson"))
                    && Files.exists(done("enrolments", "first.ndjson")));
            // It may have been on its way at the kill.
            List<JsonNode> uncertain = data().deadLetters("enrolments", "first.ndjson");
            assertThat(uncertain).allSatisfy(each -> assertThat(each.path("state").asText()).isEqualTo("held"));
            assertThat(enrolled().size() + uncertain.size()).isBetween(1, 2);
            assertThat(enrolled()).allSatisfy(each -> assertThat(each).isEqualTo(3)).hasSizeLessThanOrEqualTo(1);

            // Each hundredth line names a person who is in no list.
            data().drop("enrolments", "many.ndjson",
                    lines(1, ENROLMENTS + 1, i -> enrolment(i % 100 == 0 ? PEOPLE + i : PEOPLE - i)));
            await().atMost(LONG).until(() -> memberships.size() > ENROLMENTS / 4);
            program.kill();
            program.start();
            await().atMost(LONG).until(() -> Files.exists(done("enrolments", "many.ndjson")));

            Set<Integer> wanted = IntStream.rangeClosed(1, ENROLMENTS).filter(i -> i % 100 != 0).mapToObj(i -> PEOPLE - i)
                    .collect(Collectors.toCollection(TreeSet::new));
            List<JsonNode> letters = new ArrayList<>(data().deadLetters("enrolments", "many.ndjson"));
            List<JsonNode> held = letters.stream().filter(each -> each.path("state").asText().equals("held")).toList();
            assertThat(held).hasSizeLessThanOrEqualTo(IN_FLIGHT);
            assertThat(enrolled()).doesNotHaveDuplicates();
            Set<Integer> outcomes = new TreeSet<>(enrolled());
            held.forEach(each -> outcomes.add(PEOPLE - each.path("line").asInt()));
            outcomes.remove(3);
            assertThat(outcomes).isEqualTo(wanted);
            letters.removeAll(held);
            assertThat(letters).extracting(each -> each.path("line").asInt()).containsExactly(100, 200, 300, 400);
            assertThat(letters).allSatisfy(each -> assertThat(each.path("reason").asText()).isEqualTo(
                    "the store people has no record whose email_address is the email of this record. Correct the "
                            + "attribute, or have the flow that fills the store read the list again"));
            assertThat(program.output()).noneMatch(each -> each.matches("^\\s+at .*"));
        }
    }

    @Test
    void anEditOfARunningFlowChangesTheLookup() throws Exception {
        try (Sandbox sandbox = Sandbox.start(0).accept("salesloft", TOKEN); Program program = program(sandbox)) {
            program.start().awaitStarted();
            data().deliver("people", "people.ndjson", lines(1, 100, LookupIT::person));
            data().deliver("enrolments", "one.ndjson", enrolment(7));
            assertThat(enrolled()).containsExactly(7);

            enrolments("missing: pass", "{person.id|999}");
            program.awaitLine("Flow enrolments: continues with the edited version");
            data().deliver("enrolments", "two.ndjson", enrolment(8) + "\n" + enrolment(500) + "\n");
            assertThat(enrolled()).containsExactlyInAnyOrder(7, 8, 999);

            enrolments("missing: hold", "{person.id}");
            program.awaitLine("enrolments.yaml:9: Missing: 'hold' is not allowed");
            data().deliver("enrolments", "three.ndjson", enrolment(9));
            assertThat(enrolled()).hasSize(4);

            Program.Ended check = program.run("validate", "routes");
            assertThat(check.status()).isEqualTo(1);
            assertThat(check.out().lines()).anyMatch(each -> each.startsWith("routes/flows/enrolments.yaml:9: "));
            enrolments("missing: pass, nonsense: 1", "{person.id}");
            assertThat(program.run("validate", "routes").out()).contains("enrolments.yaml:9: ", "nonsense");
            enrolments("missing: wait", "{person.id}");
            assertThat(program.run("validate", "routes").status()).isZero();
        }
    }
}
