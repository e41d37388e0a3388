package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import dev.gtmroutes.samples.RecordingServer;
import dev.gtmroutes.samples.Sample;
import dev.gtmroutes.samples.SampleCatalog;
import dev.gtmroutes.samples.SampleFile;
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

    private static final ObjectMapper JSON = new ObjectMapper();

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
        assertThat(SampleCatalog.names(SampleFile.SUFFIX))
                .containsExactlyElementsOf(SampleCatalog.names("-sink.kamelet.yaml").stream().map(each -> each + "-sink")
                        .toList())
                .allSatisfy(each -> assertThat(samples()).anyMatch(
                        sample -> sample.template().equals(each) && !sample.requests().isEmpty()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void whatArrivesIsWhatTheSampleAndThePreviewSay(Sample sample) throws Exception {
        server.clear();
        Preview preview = routes.preview(sample);
        assertThat(server.arrived()).isEmpty();

        Account account = routes.deliver(sample);

        assertPreviewed(sample, preview);
        List<RecordingServer.Arrived> arrived = new ArrayList<>(server.arrived());
        assertThat(arrived).as("%s", sample).extracting(SamplesTest::line)
                .containsExactlyInAnyOrderElementsOf(sample.requests().stream().map(each -> line(sample, each)).toList());
        assertThat(arrived).extracting(RecordingServer.Arrived::headers)
                .allSatisfy(each -> assertThat(each.get(sample.vendor().credentialHeader()))
                        .containsExactly(sample.vendor().credentialValue(SampleVendor.CREDENTIAL)));
        for (Sample.Request each : sample.requests()) {
            assertHeaders(each, take(arrived, line(sample, each)));
        }
        assertRejected(sample, account);
    }

    private static void assertPreviewed(Sample sample, Preview preview) {
        assertThat(preview.requests()).as("%s", sample).extracting(each -> each.method() + " " + each.url() + " "
                + headers(sample, each.headers()) + " " + new String(each.body(), StandardCharsets.UTF_8))
                .containsExactlyInAnyOrderElementsOf(server.arrived().stream().map(each -> each.method() + " "
                        + server.url() + each.path() + " " + headers(sample, each.headers()) + " " + each.body()).toList());
        assertThat(preview.refused()).extracting(each -> (int) each.line() - 1)
                .containsExactlyElementsOf(sample.rejected().stream().map(Sample.Rejected::record).sorted().toList());
        assertThat(preview.toString() + preview.requests()).doesNotContain(SampleVendor.CREDENTIAL);
    }

    /** Those that the delivery sets, whatever the case of their names; in a preview the credential is masked. */
    private static Map<String, String> headers(Sample sample, Map<String, ?> headers) {
        Map<String, String> comparable = new TreeMap<>();
        headers.forEach((name, value) -> comparable.put(name.toLowerCase(Locale.ROOT),
                value instanceof List<?> list ? list.get(0).toString() : value.toString()));
        comparable.keySet().removeAll(List.of("host", "connection", "content-length", "user-agent", "accept-encoding"));
        comparable.computeIfPresent(sample.vendor().credentialHeader().toLowerCase(Locale.ROOT),
                (name, value) -> value.replace(SampleVendor.CREDENTIAL, "***"));
        return comparable;
    }

    /** In the sandbox nothing is rejected but what the sample says, so it takes each request. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("samplesOfTemplates")
    void theSandboxTakesWhatTheSampleSays(Sample sample) throws Exception {
        Account account = sandboxed.deliver(sample);

        assertThat(sandboxed.deadLetters(sample)).as("%s", sample).hasSize(sample.rejected().size());
        assertThat(account.requests()).as("%s", sample).isEqualTo(sample.requests().size());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("irreversible")
    void whatCannotBeUndoneHasToBeConfirmed(Sample sample) {
        assertThatThrownBy(() -> routes.deliver(sample.with("confirmIrreversible", "false")))
                .hasStackTraceContaining("cannot be undone");
    }

    private static String line(RecordingServer.Arrived each) {
        return each.method() + " " + each.path() + " " + each.body();
    }

    private static String line(Sample sample, Sample.Request each) {
        return each.method() + " " + sample.vendor().basePath() + each.path() + " " + each.body();
    }

    /** Requests may be alike, so each is taken once. */
    private static Headers take(List<RecordingServer.Arrived> arrived, String line) {
        RecordingServer.Arrived found = arrived.stream().filter(each -> line(each).equals(line)).findFirst().orElseThrow();
        arrived.remove(found);
        return found.headers();
    }

    private static void assertHeaders(Sample.Request request, Headers headers) {
        request.headers().forEach((name, value) -> {
            if (value == null) {
                assertThat(headers.get(name)).as(name).isNull();
            } else {
                assertThat(headers.get(name)).as(name).containsExactly(value);
            }
        });
    }

    private static void assertRejected(Sample sample, Account account) throws IOException {
        List<String> deadLetters = routes.deadLetters(sample);
        assertThat(deadLetters).hasSize(sample.rejected().size());
        for (Sample.Rejected each : sample.rejected()) {
            String record = sample.records().get(each.record());
            String letter = deadLetters.stream().filter(line -> line.contains("{\"record\":" + record + ",")).findFirst()
                    .orElseThrow(() -> new AssertionError("not in the dead letters: " + record));
            JsonNode json = JSON.readTree(letter);
            assertThat(json.path("reason").asText()).contains(each.reason());
            assertThat(json.path("line").asInt()).isEqualTo(each.record() + 1);
        }
        assertThat(account.rejected()).isEqualTo(sample.rejected().size());
        assertThat(account.delivered()).isEqualTo(sample.records().size() - sample.rejected().size());
    }
}
