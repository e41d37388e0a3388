// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.gtmroutes.TestDestination;
import dev.gtmroutes.samples.RecordingServer;
import dev.gtmroutes.samples.RecordingServer.Reply;
import dev.gtmroutes.samples.Sample;
import dev.gtmroutes.samples.SampleCatalog;
import dev.gtmroutes.samples.SampleChecks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code onceOnly} on every template, whatever its default: the connection is cut when the request has been sent. */
class OnceOnlyTemplatesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static RecordingServer server;
    private static SampleRoutes routes;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = new RecordingServer();
        routes = new SampleRoutes(data, vendor -> server.url() + vendor.basePath());
    }

    @AfterAll
    static void stop() {
        routes.close();
        server.close();
    }

    @BeforeEach
    void cutEachRequestOnce() {
        server.clear();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        server.answer(request -> seen.add(request.method() + request.path() + request.body()) ? Reply.NONE : Reply.OK);
    }

    static Stream<Sample> first() {
        return SampleCatalog.samples().stream().filter(Sample::isFirst);
    }

    @Test
    void eachTemplateHasASampleWithRequests() {
        assertThat(first().map(Sample::template)).isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(SampleCatalog.names(".kamelet.yaml").stream()
                        .filter(each -> each.endsWith("-sink")).toList());
        assertThat(first()).allSatisfy(each -> assertThat(each.requests()).isNotEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("first")
    void whatMayHaveBeenCarriedOutIsHeldAndNotSentAgain(Sample first) throws Exception {
        Sample sample = first.with("onceOnly", "true");

        InputSummary account = routes.deliver(List.of(sample), MessageKind.BYTES, PATIENCE).get(0);

        SampleChecks.assertRequests(sample, server.arrived(), MessageKind.BYTES::comparable, Set.of());
        int sent = sample.records().size() - sample.rejected().size();
        assertThat(account.held()).isEqualTo(sent);
        assertThat(account.delivered()).isZero();
        assertThat(routes.deadLetters(sample).stream().map(TestDestination::json)
                .filter(each -> each.path("state").asText().equals("held"))).hasSize(sent)
                .allSatisfy(each -> assertThat(each.path("reason").asText()).isEqualTo(
                        "no response (the connection ended too early); the API may have processed the record"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("first")
    void whatMayBeCarriedOutTwiceIsSentAgain(Sample first) throws Exception {
        Sample sample = first.with("onceOnly", "false").withEachRequestTwice();

        InputSummary account = routes.deliver(List.of(sample), MessageKind.BYTES, PATIENCE).get(0);

        SampleChecks.assertRequests(sample, server.arrived(), MessageKind.BYTES::comparable, Set.of());
        assertThat(account.delivered()).isEqualTo(sample.records().size() - sample.rejected().size());
        assertThat(account.held()).isZero();
        assertThat(routes.deadLetters(sample)).hasSize(sample.rejected().size());
    }
}
