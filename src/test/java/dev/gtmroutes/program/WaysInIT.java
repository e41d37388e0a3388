// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.program.ProgramApi.Shown;
import dev.gtmroutes.program.SampleFlows.Destination;
import dev.gtmroutes.program.SampleProgram.Delivery;
import dev.gtmroutes.samples.RecordingServer.Arrived;
import dev.gtmroutes.samples.RecordingServer.Reply;
import dev.gtmroutes.samples.Sample;
import dev.gtmroutes.samples.SampleCatalog;
import dev.gtmroutes.samples.SampleChecks;
import dev.gtmroutes.samples.SampleForm;
import dev.gtmroutes.samples.SampleForm.Input;
import dev.gtmroutes.samples.SampleOutcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample of every template through the packaged program by every way in: what arrives is what the sample says. */
class WaysInIT {

    private static final String SECOND = "/second";

    private static SampleProgram program;
    private static final Map<Case, SampleOutcome> outcomes = new HashMap<>();
    private static final Map<Case, SampleOutcome> repeated = new HashMap<>();
    private static final Map<Case, SampleOutcome> doubled = new HashMap<>();

    private static final Map<Preview, Shown> previews = new HashMap<>();

    /** What a preview is asked for. Several ways bring the same. */
    record Preview(Destination destination, String records) {
    }

    /**
     * A sample that came by a way.
     *
     * @param sample with those of its records that the way can hold
     */
    record Case(WayIn way, Sample sample) {

        String flow() {
            return SampleFlows.flow(sample, way.door());
        }

        Destination destination() {
            return SampleFlows.destination(sample, flow());
        }

        List<Input> inputs() {
            return way.form().inputs(sample);
        }

        /** What a preview is asked for one input. */
        Preview preview(Input input) {
            return new Preview(destination().resolved(sample.vendor().settings(program.server().url())), input.text());
        }

        @Override
        public String toString() {
            return sample.toString();
        }
    }

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        program = new SampleProgram(directory);
        program.start();
        preview();
        writeFlows();
        for (WayIn way : WayIn.values()) {
            outcomes.putAll(deliver(way, cases(), 1));
        }
        for (WayIn way : WayIn.values()) {
            Set<String> seen = ConcurrentHashMap.newKeySet();
            program.server().answer(request -> seen.add(request.method() + request.path()
                    + request.headers().getFirst(SampleFlows.HEADER)) ? new Reply(503, "") : Reply.OK);
            repeated.putAll(deliver(way, repeatable(), 1));
        }
        program.server().answer(request -> Reply.OK);
        for (WayIn way : WayIn.values()) {
            doubled.putAll(deliver(way, twoDestinations(), 2));
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        program.close();
    }

    private static void preview() throws Exception {
        long start = System.nanoTime();
        for (Case tried : previewed().toList()) {
            for (Input input : tried.inputs()) {
                Preview wanted = tried.preview(input);
                if (!previews.containsKey(wanted)) {
                    previews.put(wanted, program.api().preview(wanted.destination(), wanted.records()));
                }
            }
        }
        tell("%d previews", previews.size(), start);
    }

    private static void writeFlows() throws Exception {
        Map<String, Case> flows = new LinkedHashMap<>();
        Stream.concat(cases(), twoDestinations()).forEach(tried -> flows.putIfAbsent(tried.flow(), tried));
        Set<String> two = twoDestinations().map(Case::flow).collect(Collectors.toSet());
        long start = System.nanoTime();
        program.topics().create(flows.values().stream().filter(tried -> tried.way().door() == WayIn.Door.KAFKA)
                .map(Case::flow).collect(Collectors.toSet()));
        for (Map.Entry<String, Case> flow : flows.entrySet()) {
            List<Destination> destinations = new ArrayList<>(List.of(flow.getValue().destination()));
            if (two.contains(flow.getKey())) {
                destinations.add(SampleFlows.destination(flow.getValue().sample().asItCame(SECOND), flow.getKey()));
            }
            program.flows().write(flow.getKey(), flow.getValue().way().door(), destinations);
        }
        program.awaitActive(flows.size());
        tell("%d flows", flows.size(), start);
    }

    /** Those of the cases that come by this way, all at once. */
    private static Map<Case, SampleOutcome> deliver(WayIn way, Stream<Case> cases, int destinations) throws Exception {
        List<Case> wanted = cases.filter(tried -> tried.way() == way).toList();
        long start = System.nanoTime();
        Map<String, SampleOutcome> byFlow = program.deliver(wanted.stream()
                .map(tried -> new Delivery(way, tried.flow(), tried.inputs())).toList(), destinations);
        tell("%d cases by " + way, wanted.size(), start);
        return wanted.stream().collect(Collectors.toMap(tried -> tried, tried -> byFlow.get(tried.flow())));
    }

    private static void tell(String what, int count, long start) {
        System.out.printf(what + " in %d ms%n", count, (System.nanoTime() - start) / 1_000_000);
    }

    static Stream<Case> cases() {
        List<Sample> samples = SampleCatalog.samples();
        return Stream.of(WayIn.values()).flatMap(way -> samples.stream().map(way::held).flatMap(Optional::stream)
                .map(sample -> new Case(way, sample.by(way))));
    }

    /** Those whose records a preview can read as the flow does. */
    static Stream<Case> previewed() {
        return cases().filter(tried -> tried.inputs().stream().allMatch(tried.way().form()::isTold));
    }

    /** Those with requests that have no body and may be repeated. */
    static Stream<Case> repeatable() {
        return cases().filter(tried -> tried.sample().isBodyless() && !tried.sample().isOnceOnly());
    }

    /** For each vendor, and each way, a case without bodies, as a flow with a second destination. */
    static Stream<Case> twoDestinations() {
        Map<String, Sample> first = new LinkedHashMap<>();
        SampleCatalog.samples().stream().filter(sample -> sample.isBodyless() && !sample.isManual())
                .forEach(sample -> first.putIfAbsent(sample.vendor().name(), sample));
        return Stream.of(WayIn.values()).flatMap(way -> first.values().stream().map(way.form()::held)
                .flatMap(Optional::stream).map(sample -> new Case(way, sample.as(sample.id() + "-two").by(way))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whatArrivesIsWhatTheSampleSays(Case tried) throws Exception {
        SampleOutcome outcome = outcomes.get(tried);
        if (SampleForm.tellsRequests(tried.sample(), tried.inputs().size())) {
            SampleChecks.assertRequests(tried.sample(), outcome.arrived(), tried.way().form()::comparable,
                    Set.of(SampleFlows.HEADER));
        }
        SampleChecks.assertCredential(tried.sample(), outcome.arrived());
        SampleChecks.assertRejected(tried.sample(), outcome);
        if (tried.way().keepsLines()) {
            assertOrigins(tried, outcome);
        }
    }

    /** The dead letters name the file and the line. */
    private static void assertOrigins(Case tried, SampleOutcome outcome) {
        List<Input> inputs = tried.inputs();
        for (Sample.Rejected rejected : tried.sample().rejected()) {
            JsonNode letter = SampleChecks.letter(tried.sample(), rejected.record(), outcome.deadLetters());
            for (int i = 0; i < inputs.size(); i++) {
                int at = inputs.get(i).records().indexOf(rejected.record());
                if (at >= 0) {
                    assertThat(letter.path("sourceFile").asText()).isEqualTo(tried.way().fileName(i));
                    assertThat(letter.path("line").asInt()).isEqualTo(inputs.get(i).lines().get(at));
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("previewed")
    void whatThePreviewShowsIsWhatArrives(Case tried) {
        Sample sample = tried.sample();
        List<String> requests = new ArrayList<>();
        for (Input input : tried.inputs()) {
            Shown shown = previews.get(tried.preview(input));
            requests.addAll(shown.requests());
            assertThat(shown.refused()).as("refused by the preview").containsExactlyInAnyOrderElementsOf(sample.rejected()
                    .stream().map(rejected -> input.records().indexOf(rejected.record())).filter(at -> at >= 0)
                    .map(input.lines()::get).toList());
        }
        assertThat(requests).as("the preview of %s", tried).containsExactlyInAnyOrderElementsOf(
                SampleChecks.asPreviewed(sample, program.server().url(), outcomes.get(tried).arrived()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("repeatable")
    void aRepeatedRequestWithoutABodyHasNoneEither(Case tried) {
        Sample twice = tried.sample().withEachRequestTwice();
        SampleChecks.assertRequests(twice, repeated.get(tried).arrived(), tried.way().form()::comparable,
                Set.of(SampleFlows.HEADER));
        SampleChecks.assertCredential(twice, repeated.get(tried).arrived());
        SampleChecks.assertRejected(twice, repeated.get(tried));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("twoDestinations")
    void whatTheFirstDestinationLeavesOutTheSecondOneSends(Case tried) {
        SampleOutcome outcome = doubled.get(tried);
        String second = tried.sample().vendor().basePath() + SECOND;
        Map<Boolean, List<Arrived>> bySecond = outcome.arrived().stream()
                .collect(Collectors.partitioningBy(request -> request.path().equals(second)));

        SampleChecks.assertRequests(tried.sample(), bySecond.get(false), tried.way().form()::comparable,
                Set.of(SampleFlows.HEADER));
        SampleChecks.assertRequests(tried.sample().asItCame(SECOND), bySecond.get(true), tried.way().form()::comparable,
                Set.of(SampleFlows.HEADER));
        assertThat(outcome.deadLetters()).hasSize(tried.sample().rejected().size());
        assertThat(outcome.delivered()).isEqualTo(2L * tried.sample().records().size() - tried.sample().rejected().size());
    }
}
