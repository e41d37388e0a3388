package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.gtmroutes.record.NotRecordsException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {

    @TempDir
    Path directory;

    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flow").routeId("flow").to("kamelet:record-file-sink?directory=" + out());
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    private Path out() {
        return directory.resolve("some/where");
    }

    private Exchange send(Object body, String name, String type) {
        return camel.createProducerTemplate().request("direct:flow", each -> {
            each.getMessage().setBody(body);
            each.getMessage().setHeader(Exchange.FILE_NAME, name);
            each.getMessage().setHeader(Exchange.CONTENT_TYPE, type);
        });
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(out())) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anyFormBecomesLines() {
        send("[{\"n\": 1.0,\n \"m\":2}, {\"n\":2}]", "in/calls.json", null);
        assertThat(out().resolve("calls.json.ndjson")).hasContent("{\"n\": 1.0,  \"m\":2}\n{\"n\":2}\n");
        send("n\n1\n", "calls.csv", null);
        assertThat(out().resolve("calls.csv.ndjson")).hasContent("{\"n\":\"1\"}\n");
    }

    @Test
    void linesAreCopiedAsTheyAre() throws IOException {
        Path file = Files.writeString(directory.resolve("f.ndjson"), "{\"n\":1.50}\n{\"n\":2}");
        send(file.toFile(), "f000.ndjson", "application/x-ndjson");
        assertThat(out().resolve("f000.ndjson")).hasSameBinaryContentAs(file);
        assertThat(names()).containsExactly("f000.ndjson");
    }

    @Test
    void aChunkThatComesAgainIsThereOnce() throws IOException {
        send("{\"n\":1}", "a.ndjson", null);
        send("{\"n\":1}", "a.ndjson", null);
        assertThat(names()).containsExactly("a.ndjson");
    }

    @Test
    void anotherChunkOfThatNameReplacesNothing() throws IOException {
        send("{\"n\":1}", "a.ndjson", null);
        send("{\"n\":2}", "a.ndjson", null);
        assertThat(out().resolve("a.ndjson")).hasContent("{\"n\":1}");
        assertThat(names()).hasSize(2).allMatch(each -> each.matches("a(\\.\\d{8}T\\d{9}Z)?\\.ndjson"));
    }

    @Test
    void aLineThatIsNoRecordIsLeftOut() {
        send("{\"n\":1}\n{\"n\":\n{\"n\":3}\n", "a.ndjson", null);
        assertThat(out().resolve("a.ndjson")).hasContent("{\"n\":1}\n{\"n\":3}\n");
    }

    @Test
    void noNameLeadsElsewhere() throws IOException {
        send("{\"n\":1}", "../../b", null);
        send("{\"n\":1}", "..", null);
        assertThat(names()).contains("b.ndjson").hasSize(2);
        assertThat(directory).isDirectoryNotContaining("glob:**b*");
    }

    @Test
    void whatHoldsNoRecordsLeavesNothingBehind() throws IOException {
        Exchange done = send("<html>", "a.html", null);
        assertThat(done.getException()).isInstanceOf(NotRecordsException.class);
        assertThat(names()).isEmpty();
    }
}
