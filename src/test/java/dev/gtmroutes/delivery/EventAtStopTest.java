// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.delivery.ScriptedApi.Reply;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A flow that is stopped while the event of a response cannot be stored, and is started again. */
class EventAtStopTest extends Handler {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path data;

    private final ConcurrentLinkedQueue<String> warnings = new ConcurrentLinkedQueue<>();
    private ScriptedApi api;
    private CamelContext camel;

    @BeforeEach
    void open() throws Exception {
        api = new ScriptedApi();
        Logger.getLogger("").addHandler(this);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(this);
        camel.stop();
        api.close();
    }

    private void start(boolean onceOnly) throws Exception {
        camel = PlainCamel.create();
        camel.getPropertiesComponent().addOverrideProperty("gtm.data", data.toString());
        camel.getPropertiesComponent().addOverrideProperty("gtm.inbox.quiet", "300ms");
        camel.getPropertiesComponent().addOverrideProperty("people-ai.api-key", "some-key");
        camel.getPropertiesComponent().addOverrideProperty("people-ai.base-url", api.url());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:inbox-source?flow=flow").routeId("flow").to("kamelet:people-ai-request-sink/flow:1?method=PUT"
                        + "&url=/things&maxInFlight=1&responseFlow=answers&onceOnly=" + onceOnly);
            }
        });
        camel.start();
    }

    @ParameterizedTest
    @CsvSource({"422,false,1,0", "422,true,1,0", "200,false,0,0", "200,true,0,0", "503,true,0,1"})
    void anOutcomeThatIsKnownIsNoted(int status, boolean onceOnly, int letters, int again) throws Exception {
        Path inTheWay = Files.writeString(Files.createDirectories(data.resolve("inbox")).resolve("answers"), "");
        Files.writeString(Files.createDirectories(data.resolve("inbox/flow")).resolve("two.ndjson"), Delivery.records(2));
        api.script(each -> Reply.of(status));
        start(onceOnly);
        await().atMost(LONG).until(() -> DestinationRegistry.of(camel).of("flow").stream()
                .anyMatch(each -> each.halt().isPresent()));
        camel.stop();
        assertThat(api.asked()).extracting(ScriptedApi.Asked::ids).containsExactly(List.of(1));

        Files.delete(inTheWay);
        api.script(each -> Reply.of(200));
        start(onceOnly);
        await().atMost(LONG).until(() -> Files.exists(data.resolve("inbox/flow/.done/two.ndjson")));

        assertThat(api.asked().stream().flatMap(each -> each.ids().stream()))
                .containsExactlyElementsOf(again == 0 ? List.of(2) : List.of(1, 2));
        List<JsonNode> written = new DataDirectory(data).deadLetters("flow", each -> true);
        assertThat(written).hasSize(letters).allSatisfy(each -> {
            assertThat(each.path("record").path("n").asInt()).isEqualTo(1);
            assertThat(each.path("state").asText()).isEqualTo("rejected");
        });
        assertThat(warnings).filteredOn(each -> each.contains("a response event is lost")).singleElement().asString()
                .startsWith("flow: ").contains("attempt 1", "cannot write a response event to " + inTheWay);
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
            warnings.add(entry.getMessage());
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
