// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

import dev.gtmroutes.delivery.sample.Preview;
import dev.gtmroutes.samples.RecordingServer;
import dev.gtmroutes.samples.Sample;
import dev.gtmroutes.samples.SampleCatalog;
import dev.gtmroutes.samples.SampleChecks;
import dev.gtmroutes.samples.SampleFile;
import dev.gtmroutes.samples.SampleOutcome;
import dev.gtmroutes.samples.SampleVendor;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each template puts on the wire, as the sample beside it says. */
class SamplesTest {

    private static RecordingServer server;
    private static Sandbox sandbox;
    private static SampleRoutes routes;
    private static SampleRoutes sandboxed;

    @BeforeAll
    static void start(@TempDir Path data) throws IOException {
        server = new RecordingServer();
        sandbox = Sandbox.start(0);
        SampleCatalog.vendors().forEach(each -> sandbox.accept(each.name(), SampleVendor.CREDENTIAL));
        routes = new SampleRoutes(data.resolve("recorded"), each -> server.url() + each.basePath());
        sandboxed = new SampleRoutes(data.resolve("sandboxed"), each -> sandbox.baseUrl(each.name()));
    }

    @AfterAll
    static void stop() {
        routes.close();
        sandboxed.close();
        sandbox.close();
        server.close();
    }

    static List<Sample> samples() {
        return SampleCatalog.samples();
    }

    static List<Sample> samplesOfTemplates() {
        return SampleCatalog.samples().stream().filter(each -> !each.isManual()).toList();
    }

    static List<Sample> irreversible() {
        return SampleCatalog.samples().stream().filter(each -> each.settings().containsKey("confirmIrreversible"))
                .filter(Sample::isFirst).toList();
    }

    @Test
    void everyTemplateHasASampleWithARequestAndEverySampleATemplate() {
        assertThat(SampleCatalog.names("-sink" + SampleFile.SUFFIX))
                .containsExactlyElementsOf(SampleCatalog.names("-sink.kamelet.yaml"))
                .allSatisfy(each -> assertThat(samples()).anyMatch(
                        sample -> sample.template().equals(each + "-sink") && !sample.requests().isEmpty()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void whatArrivesIsWhatTheSampleAndThePreviewSay(Sample sample) throws Exception {
        server.clear();
        Preview preview = routes.preview(sample);
        assertThat(server.arrived()).isEmpty();

        InputSummary account = routes.deliver(sample);

        assertThat(preview.requests()).as("%s", sample).extracting(each -> SampleChecks.previewed(each.method(), each.url(),
                each.headers(), new String(each.body(), StandardCharsets.UTF_8)))
                .containsExactlyInAnyOrderElementsOf(SampleChecks.asPreviewed(sample, server.url(), server.arrived()));
        assertThat(preview.refused()).extracting(each -> (int) each.line() - 1)
                .containsExactlyElementsOf(sample.rejected().stream().map(Sample.Rejected::record).sorted().toList());
        assertThat(preview.toString() + preview.requests()).doesNotContain(SampleVendor.CREDENTIAL);
        SampleChecks.assertRequests(sample, server.arrived(), UnaryOperator.identity(), Set.of());
        SampleChecks.assertCredential(sample, server.arrived());
        List<String> deadLetters = routes.deadLetters(sample);
        SampleChecks.assertRejected(sample,
                new SampleOutcome(server.arrived(), deadLetters, account.delivered(), account.rejected()));
        assertThat(sample.rejected()).allSatisfy(each -> assertThat(
                SampleChecks.letter(sample, each.record(), deadLetters).path("line").asInt()).isEqualTo(each.record() + 1));
    }

    /** In the sandbox nothing is rejected but what the sample says, so it takes each request. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("samplesOfTemplates")
    void theSandboxTakesWhatTheSampleSays(Sample sample) throws Exception {
        InputSummary account = sandboxed.deliver(sample);

        assertThat(sandboxed.deadLetters(sample)).as("%s", sample).hasSize(sample.rejected().size());
        assertThat(account.requests()).as("%s", sample).isEqualTo(sample.requests().size());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("irreversible")
    void whatCannotBeUndoneHasToBeConfirmed(Sample sample) {
        assertThatThrownBy(() -> routes.deliver(sample.with("confirmIrreversible", "false")))
                .hasStackTraceContaining("cannot be undone");
    }
}
