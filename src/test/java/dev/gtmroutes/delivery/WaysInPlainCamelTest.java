// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.samples.RecordingServer;
import dev.gtmroutes.samples.RecordingServer.Arrived;
import dev.gtmroutes.samples.RecordingServer.Reply;
import dev.gtmroutes.samples.Sample;
import dev.gtmroutes.samples.SampleCatalog;
import dev.gtmroutes.samples.SampleChecks;
import dev.gtmroutes.samples.SampleForm;
import dev.gtmroutes.samples.SampleOutcome;
import dev.gtmroutes.samples.SampleVendor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample of every template in a plain Camel, by every kind of message: what arrives is what the sample says. */
class WaysInPlainCamelTest {

    private static final String SECOND = "/second";
    private static final String TOKEN_PATH = "/token";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static RecordingServer server;
    private static SampleRoutes routes;
    /** How many tokens were fetched. */
    private static final AtomicInteger tokens = new AtomicInteger();

    /** A sample that comes in messages of one kind. */
    record Case(MessageKind kind, Sample sample) {

        /** The same as a flow that no other test has. */
        Case as(String ending) {
            return new Case(kind, sample.as(sample.id() + "-" + kind.name().toLowerCase(Locale.ROOT) + ending));
        }

        @Override
        public String toString() {
            return sample.toString();
        }
    }

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = new RecordingServer();
        Map<String, String> settings = new HashMap<>();
        vendorsWithTokens().forEach(vendor -> settings.putAll(tokenSettings(vendor)));
        routes = new SampleRoutes(data, vendor -> server.url() + vendor.basePath(), settings);
    }

    @AfterAll
    static void stop() {
        routes.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        server.clear();
        server.answer(request -> Reply.OK);
    }

    private static Stream<SampleVendor> vendorsWithTokens() {
        return SampleCatalog.vendors().stream().filter(SampleVendor::fetchesTokens);
    }

    /** Of a credential with the name "renewed", whose tokens are fetched. */
    private static Map<String, String> tokenSettings(SampleVendor vendor) {
        String kamelet = "camel.kamelet." + vendor.name() + "-api-action." + vendor.name() + "-renewed.";
        return Map.of(vendor.name() + ".renewed.client-id", "some-client", vendor.name() + ".renewed.client-secret",
                "client-secret-1f3c", vendor.name() + ".token-url", server.url() + TOKEN_PATH,
                kamelet + "credentialHeader", "Authorization", kamelet + "credentialPrefix", "Bearer");
    }

    static Stream<Case> cases() {
        return Stream.of(MessageKind.values())
                .flatMap(kind -> SampleCatalog.samples().stream().map(sample -> new Case(kind, sample.by(kind))));
    }

    /** Samples with requests that have no body, in messages that make one where there is none. */
    static Stream<Case> bodyless() {
        return cases().filter(tried -> tried.kind().makesBodies() && tried.sample().isBodyless());
    }

    static Stream<Case> renewable() {
        return bodyless().filter(tried -> tried.sample().vendor().fetchesTokens());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void whatArrivesIsWhatTheSampleAndThePreviewSay(Case tried) throws Exception {
        Sample sample = tried.as("").sample();
        List<Object> bodies = tried.kind().bodies(sample);
        boolean told = SampleForm.tellsRequests(sample, bodies.size());
        // Many previews take long, and messages of one record have the requests of the sample.
        List<String> previewed = bodies.size() == 1 || !told ? previewed(sample, bodies) : null;
        assertThat(server.arrived()).as("requests of a preview").isEmpty();

        List<InputSummary> accounts = routes.deliver(List.of(sample), tried.kind(), Duration.ZERO);

        if (told) {
            SampleChecks.assertRequests(sample, server.arrived(), tried.kind()::comparable, Set.of());
        }
        SampleChecks.assertCredential(sample, server.arrived());
        SampleChecks.assertRejected(sample, outcome(tried.kind(), sample, accounts));
        if (previewed != null) {
            assertThat(previewed).as("the preview of %s", tried).containsExactlyInAnyOrderElementsOf(
                    SampleChecks.asPreviewed(sample, server.url(), server.arrived()));
        }
    }

    private static List<String> previewed(Sample sample, List<Object> bodies) throws Exception {
        List<String> previewed = new ArrayList<>();
        for (Object body : bodies) {
            routes.preview(sample, body).requests().forEach(request -> previewed.add(SampleChecks.previewed(request.method(),
                    request.url(), request.headers(), new String(request.body(), StandardCharsets.UTF_8))));
        }
        return previewed;
    }

    private static SampleOutcome outcome(MessageKind kind, Sample sample, List<InputSummary> accounts) throws IOException {
        return new SampleOutcome(server.arrived(), routes.deadLetters(sample).stream().map(kind::comparable).toList(),
                accounts.stream().mapToLong(InputSummary::delivered).sum(),
                accounts.stream().mapToLong(InputSummary::rejected).sum());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodyless")
    void aRepeatedRequestWithoutABodyHasNoneEither(Case tried) throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        // What is sent once only is repeated where the answer says that it was not carried out.
        int failure = tried.sample().isOnceOnly() ? 429 : 503;
        server.answer(request -> seen.add(request.method() + request.path()) ? new Reply(failure, "") : Reply.OK);
        Sample twice = tried.as("-repeated").sample().withEachRequestTwice();

        List<InputSummary> accounts = routes.deliver(List.of(twice), tried.kind(), PATIENCE);

        SampleChecks.assertRequests(twice, server.arrived(), tried.kind()::comparable, Set.of());
        SampleChecks.assertRejected(twice, outcome(tried.kind(), twice, accounts));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("renewable")
    void withARenewedTokenARequestWithoutABodyHasNoneEither(Case tried) throws Exception {
        // The token of the first request has been good so far, and is not any more.
        AtomicReference<String> refused = new AtomicReference<>();
        server.answer(request -> request.path().equals(TOKEN_PATH) ? token() : isRefused(request, refused)
                ? new Reply(401, "") : Reply.OK);
        Sample sample = tried.sample().with("credential", "renewed");
        Sample renewed = new Case(tried.kind(), sample).as("").sample();

        List<InputSummary> accounts = routes.deliver(List.of(renewed), tried.kind(), PATIENCE);

        List<Arrived> calls = server.arrived().stream().filter(request -> !request.path().equals(TOKEN_PATH)).toList();
        SampleChecks.assertBodyless(calls);
        Map<Boolean, List<Arrived>> byToken = calls.stream().collect(Collectors
                .partitioningBy(request -> isRefused(request, refused)));
        assertThat(byToken.get(true)).as("requests with the refused token").isNotEmpty();
        SampleChecks.assertRequests(renewed, byToken.get(false), tried.kind()::comparable, Set.of("Authorization"));
        SampleChecks.assertRejected(renewed, outcome(tried.kind(), renewed, accounts));
    }

    private static boolean isRefused(Arrived request, AtomicReference<String> refused) {
        String token = request.headers().getFirst("Authorization");
        refused.compareAndSet(null, token);
        return token.equals(refused.get());
    }

    private static Reply token() {
        return new Reply(200, "{\"access_token\":\"token-" + tokens.incrementAndGet()
                + "\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bodyless")
    void whatTheFirstDestinationLeavesOutTheSecondOneSends(Case tried) throws Exception {
        Sample first = tried.as("-two").sample();
        Sample second = first.asItCame(SECOND);
        String path = second.vendor().basePath() + SECOND;

        List<InputSummary> accounts = routes.deliver(List.of(first, second), tried.kind(), Duration.ZERO);

        Map<Boolean, List<Arrived>> bySecond = server.arrived().stream()
                .collect(Collectors.partitioningBy(request -> request.path().equals(path)));
        SampleChecks.assertRequests(first, bySecond.get(false), tried.kind()::comparable, Set.of());
        SampleChecks.assertRequests(second, bySecond.get(true), tried.kind()::comparable, Set.of());
        assertThat(routes.deadLetters(first)).hasSize(first.rejected().size());
        assertThat(accounts).extracting(InputSummary::delivered).containsExactly((long) second.records().size());
    }
}
