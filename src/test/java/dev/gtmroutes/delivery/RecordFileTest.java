// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.delivery.outcome.DeadLetterFile;
import dev.gtmroutes.record.read.NotRecordsException;
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

    private final DefaultCamelContext camel = PlainCamel.create();

    @BeforeEach
    void start() throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flow").routeId("flow")
                        .to("kamelet:record-file-sink?directory=" + out() + "&data=" + directory.resolve("data"));
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
        String text = "{\"n\":1.50, \"a\":\"\\u00e9\"}\n{\"n\":12345678901234567890}\n";
        send(Files.writeString(directory.resolve("f.ndjson"), text).toFile(), "f000.ndjson", "application/x-ndjson");
        assertThat(Files.readString(out().resolve("f000.ndjson"))).isEqualTo(text);
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
    void chunksOfOneNameThatComeAtOnceReplaceNothing() throws Exception {
        int rounds = 50;
        int flows = 4;
        ExecutorService threads = Executors.newFixedThreadPool(flows);
        CyclicBarrier together = new CyclicBarrier(flows);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int flow = 0; flow < flows; flow++) {
                int own = flow;
                all.add(threads.submit(() -> {
                    for (int round = 0; round < rounds; round++) {
                        together.await(10, TimeUnit.SECONDS);
                        assertThat(send("{\"n\":" + own + "}", round + ".ndjson", null).getException()).isNull();
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(names()).hasSize(rounds * flows);
    }

    @Test
    void whatIsNoRecordGoesToTheDeadLetters() throws IOException {
        send("{\"n\":1}\n{\"n\":\n{\"n\":3}\n[7]\n", "a.ndjson", "application/x-ndjson");
        assertThat(out().resolve("a.ndjson")).hasContent("{\"n\":1}\n{\"n\":3}\n");
        assertThat(letters()).hasSize(2);
        assertThat(letters().get(0).path("record").asText()).isEqualTo("{\"n\":");
        assertThat(letters().get(0).path("sourceFile").asText()).isEqualTo("a.ndjson");
        assertThat(letters().get(0).path("template").asText()).isEqualTo("record-file-sink");
        assertThat(letters()).extracting(each -> each.path("line").asInt()).containsExactly(2, 4);
    }

    @Test
    void manyThatAreNoRecordsAreAllKeptAndLeaveNoEmptyFile() throws IOException {
        Exchange done = send("{\"n\":\n".repeat(250), "a.ndjson", "application/x-ndjson");
        assertThat(done.getException()).isNull();
        assertThat(letters()).hasSize(250);
        assertThat(names()).isEmpty();
    }

    private List<JsonNode> letters() throws IOException {
        List<JsonNode> letters = new ArrayList<>();
        Path folder = DeadLetterFile.folder(directory.resolve("data"), "flow");
        for (DeadLetterFile each : DeadLetterFile.in(folder)) {
            for (String line : Files.readAllLines(each.path(folder))) {
                letters.add(new ObjectMapper().readTree(line));
            }
        }
        return letters;
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
