// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.sandbox.server.RecordedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Files in, People.ai requests out. Each test marks its records with its own name. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class MainJobTest {

    TestDestination destination;
    DataDirectory data;

    private static String record(String test, int number) {
        return "{\"test\":\"" + test + "\",\"n\":" + number + "}";
    }

    private static String lines(String test, int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> record(test, i) + "\n").collect(Collectors.joining());
    }

    private List<Integer> numbers(String test) {
        return destination.accepted(test).stream().map(each -> each.path("n").asInt()).sorted().toList();
    }

    private static List<Integer> oneTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }

    @Test
    void twoHundredAndFiftyRecordsMakeThreeRequests() {
        data.deliver("calls", "250.ndjson", lines("250", 250));

        List<RecordedRequest> requests = destination.requests("250");
        assertThat(requests).extracting(RecordedRequest::records).containsExactlyInAnyOrder(100, 100, 50);
        assertThat(requests).allSatisfy(each -> {
            assertThat(each.method()).isEqualTo("PUT");
            assertThat(each.path()).isEqualTo("/people-ai/v0/public/activities/call/_bulk");
            assertThat(each.header("Content-Type")).isEqualTo("application/json");
            assertThat(each.header("X-API-Key")).isEqualTo(AppWithSandbox.KEY);
        });
        assertThat(numbers("250")).isEqualTo(oneTo(250));
        assertThat(data.inbox("calls").resolve("250.ndjson")).doesNotExist();
        assertThat(data.deadLetters("calls", "250.ndjson")).isEmpty();
    }

    @Test
    void aSingleTemplateSendsOneObjectInEachRequest() {
        data.deliver("single", "one-each.ndjson", lines("one-each", 12));

        assertThat(destination.requests("one-each")).hasSize(12).allSatisfy(each -> {
            assertThat(each.path()).isEqualTo("/people-ai/v0/public/activities/call");
            assertThat(TestDestination.text(each)).startsWith("{").endsWith("}");
        });
        assertThat(numbers("one-each")).isEqualTo(oneTo(12));
    }

    @Test
    void recordsArriveByteForByte() {
        String record = "{ \"test\" : 0, \"test\u0020\":\"x\",\"big\":12345678901234567890.10,\"tail\":1.50,"
                + "\"text\":\"byte for byte: Grüße 李雷 \\u00e9 🚀\",\"x\":[null,{}] }";

        data.deliver("single", "bytes.ndjson", record + "\n");

        assertThat(destination.requestsWith("byte for byte")).singleElement()
                .satisfies(each -> assertThat(TestDestination.text(each)).isEqualTo(record));
    }

    @Test
    void noHeaderOfTheSourceGetsOut() {
        data.deliver("single", "headers.ndjson", record("headers", 1));

        assertThat(destination.requests("headers")).singleElement()
                .satisfies(each -> assertThat(each.headers().keySet()).map(String::toLowerCase).isSubsetOf("x-api-key",
                        "content-type", "content-length", "host", "connection", "user-agent", "accept-encoding"));
    }

    @Test
    void windowsLineEndsAndBlankLines() {
        data.deliver("calls", "crlf.ndjson",
                "\r\n" + record("crlf", 1) + "\r\n\r\n\n" + record("crlf", 2) + "\r\n   \r\n" + record("crlf", 3));

        assertThat(numbers("crlf")).isEqualTo(oneTo(3));
        assertThat(data.deadLetters("calls", "crlf.ndjson")).isEmpty();
    }

    @Test
    void aJsonArray() {
        data.deliver("calls", "array.json", IntStream.rangeClosed(1, 130).mapToObj(i -> record("array", i))
                .collect(Collectors.joining(",\n", "[\n", "\n]\n")));

        assertThat(numbers("array")).isEqualTo(oneTo(130));
    }

    @Test
    void oneObjectOverManyLines() {
        data.deliver("calls", "pretty.txt",
                "{\n  \"test\":\"pretty\",\n  \"n\": 1,\n  \"more\": {\n    \"a\": [1]\n  }\n}\n");

        assertThat(numbers("pretty")).isEqualTo(oneTo(1));
    }

    @Test
    void csvWithAHeaderRowWhateverTheFileIsCalled() {
        data.deliver("calls", "table.json",
                "test;n;note\ncsv;1;\"a;b \"\"c\"\"\"\ncsv;2;\"two\nlines\"\ncsv;3\n");

        List<JsonNode> records = destination.accepted("csv");
        assertThat(records).extracting(each -> each.path("note").asText()).containsExactly("a;b \"c\"", "two\nlines");
        assertThat(data.deadLetters("calls", "table.json")).singleElement()
                .satisfies(each -> assertThat(each.path("reason").asText()).contains("2 cells").contains("3"));
    }

    @Test
    void aBadLineIsRejectedAloneWithItsNumber() {
        data.deliver("calls", "bad-line.ndjson",
                lines("bad-line", 2) + "{\"test\":\"bad-line\",\"n\":}\n" + record("bad-line", 3) + "\n");

        assertThat(numbers("bad-line")).isEqualTo(List.of(1, 2, 3));
        assertThat(data.deadLetters("calls", "bad-line.ndjson")).singleElement().satisfies(each -> {
            assertThat(each.path("record").asText()).isEqualTo("{\"test\":\"bad-line\",\"n\":}");
            assertThat(each.path("reason").asText()).contains("not valid JSON");
            assertThat(each.path("status").asInt()).isZero();
            assertThat(each.path("answer").isNull()).isTrue();
            assertThat(each.path("flow").asText()).isEqualTo("calls");
            assertThat(each.path("template").asText()).isEqualTo("people-ai-push-batch-call-activities");
            assertThat(each.path("line").asLong()).isEqualTo(3);
            assertThat(each.path("time").asText()).endsWith("Z");
        });
    }

    @Test
    void anEmptyFileIsDoneWithoutARequest() {
        data.deliver("calls", "empty.ndjson", "");
        data.deliver("calls", "blank.ndjson", " \n\n");

        assertThat(data.deadLetters("calls", "empty.ndjson")).isEmpty();
        assertThat(data.deadLetters("calls", "blank.ndjson")).isEmpty();
    }

    @Test
    void aRecordOfFiveMegabytesGoesAlone() {
        String big = "{\"test\":\"big\",\"n\":2,\"text\":\"" + "x".repeat(5_000_000) + "\"}";

        data.deliver("calls", "big.ndjson", record("big", 1) + "\n" + big + "\n" + record("big", 3) + "\n");

        assertThat(numbers("big")).isEqualTo(oneTo(3));
        assertThat(destination.requests("big")).extracting(RecordedRequest::records).containsExactlyInAnyOrder(1, 1, 1);
    }

    @Test
    void twoFilesAtATime() {
        data.drop("calls", "first.ndjson", lines("first", 150));
        data.drop("calls", "second.ndjson", lines("second", 150));
        data.awaitDone("calls", "first.ndjson");
        data.awaitDone("calls", "second.ndjson");

        assertThat(numbers("first")).isEqualTo(oneTo(150));
        assertThat(numbers("second")).isEqualTo(oneTo(150));
    }

    @Test
    void aFileThatHoldsNoRecordsFailsWithItsReason() throws IOException {
        data.drop("calls", "picture.ndjson", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 1, 2, (byte) 0xff});
        data.drop("calls", "page.json", "<html><body>no</body></html>");

        Path picture = data.await(data.inbox("calls").resolve(".failed/picture.ndjson.reason.txt"));
        Path page = data.await(data.inbox("calls").resolve(".failed/page.json.reason.txt"));
        assertThat(Files.readString(picture)).contains("UTF-8");
        assertThat(Files.readString(page)).contains("HTML");
        assertThat(data.inbox("calls").resolve(".failed/picture.ndjson")).exists();
        assertThat(data.inbox("calls").resolve("picture.ndjson")).doesNotExist();
    }

    @Test
    void aSecondFileOfTheSameNameDoesNotReplaceTheFirst() throws IOException {
        data.deliver("calls", "twice.ndjson", record("twice", 1));
        Path second = data.drop("calls", "twice.ndjson", record("twice", 2));
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(second));

        assertThat(numbers("twice")).isEqualTo(oneTo(2));
        try (var done = Files.list(data.inbox("calls").resolve(".done"))) {
            assertThat(done.map(each -> each.getFileName().toString()).filter(each -> each.startsWith("twice")))
                    .hasSize(2).contains("twice.ndjson");
        }
    }

    @Test
    void aFileBeingWrittenIsNotTakenHalfWritten() throws IOException {
        Path file = Files.createDirectories(data.inbox("calls")).resolve("growing.ndjson");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 1; i <= 20; i++) {
                out.write((record("growing", i) + "\n").getBytes(StandardCharsets.UTF_8));
                // The writer is slow, but each write comes within the quiet time of the one before.
                await().pollDelay(Duration.ofMillis(60)).until(() -> Files.exists(file));
            }
        }
        data.awaitDone("calls", "growing.ndjson");

        assertThat(destination.requests("growing")).singleElement()
                .satisfies(each -> assertThat(each.records()).isEqualTo(20));
    }

    @Test
    void attributesAreLeftOutAndRequestsStayUnderTheirBytes() {
        String record = "{\"test\":\"shaped\",\"n\":%d,\"secret\":1,\"owner\":{\"email\":\"e\",\"id\":7.0},"
                + "\"people\":[{\"phone\":\"1\",\"name\":\"a\"}],\"pad\":\"" + "p".repeat(200) + "\"}\n";

        data.deliver("shaped", "shaped.ndjson", IntStream.rangeClosed(1, 10).mapToObj(record::formatted)
                .collect(Collectors.joining()));

        assertThat(numbers("shaped")).isEqualTo(oneTo(10));
        assertThat(destination.requests("shaped")).hasSizeLessThan(6).allSatisfy(each -> {
            assertThat(each.bodySize()).isLessThanOrEqualTo(1000);
            assertThat(TestDestination.text(each)).doesNotContain("secret", "email", "phone").contains("\"id\":7.0");
        });
    }
}
