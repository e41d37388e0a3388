// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.delivery.DestinationProgress;
import dev.gtmroutes.delivery.Input;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.record.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path data;

    private final Input chunk = new Input(destination(), "calls", "calls.ndjson", () -> true,
            new DestinationProgress(new InputProgress(), new InputProgress.DestinationKey("calls:2-delivery", "push-call")));

    private static DestinationStatus destination() {
        DestinationStatus destination = new DestinationStatus();
        destination.setRouteId("calls:2-delivery");
        destination.setTemplate("push-call");
        return destination;
    }

    private static SourceRecord record(String json, long line) {
        return new SourceRecord(json.getBytes(UTF_8), line - 1, line, null);
    }

    private Path folder() {
        return DeadLetterFile.folder(data, "calls");
    }

    private List<JsonNode> letters() throws IOException {
        List<JsonNode> letters = new ArrayList<>();
        for (DeadLetterFile each : DeadLetterFile.in(folder())) {
            for (String line : Files.readAllLines(each.path(folder()))) {
                letters.add(JSON.readTree(line));
            }
        }
        return letters;
    }

    @Test
    void aLetterSaysWhatIsKnown() throws IOException {
        DeadLetters dead = new DeadLetters(data);
        ApiAnswer none = ApiAnswer.failed(new SocketTimeoutException("Read timed out")).maybeSent(true).build();
        ApiAnswer refused = ApiAnswer.status(422).body("no".getBytes(StandardCharsets.UTF_8)).build();

        dead.write(chunk, List.of(record("{\"n\":1}", 1)), Rejection.unsent("too long"));
        dead.write(chunk, List.of(record("{\"n\":2}", 2)), Rejection.answered(refused, 1));
        dead.write(chunk, List.of(record("{\"n\":3}", 3)), Rejection.held(none, 2, ""));

        assertThat(letters()).extracting(each -> each.path("state").asText())
                .containsExactly("rejected", "rejected", "held");
        assertThat(letters()).extracting(each -> each.path("reason").asText()).containsExactly("too long",
                "responded with 422",
                "no response (no data arrived in time) after 2 attempts; the API may have processed the record");
        assertThat(letters()).extracting(each -> each.path("destination").asText()).containsOnly("calls:2-delivery");
        assertThat(letters()).extracting(each -> each.path("template").asText()).containsOnly("push-call");
    }

    @Test
    void aFullFileIsFollowedByAnotherAndTheirOrderIsThatOfTheirNumbers() throws IOException {
        DeadLetters dead = new DeadLetters(data, 300);

        for (int i = 1; i <= 24; i++) {
            dead.write(chunk, List.of(record("{\"n\":" + i + "}", i)), Rejection.unsent("no"));
        }

        assertThat(DeadLetterFile.in(folder())).extracting(DeadLetterFile::part).hasSizeGreaterThan(10).isSorted();
        assertThat(letters()).extracting(each -> each.path("line").asInt())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 24).boxed().toList());
    }

    @Test
    void theFirstFileOfADayIsNotReusedWhileALaterOneIsThere() throws IOException {
        DeadLetters dead = new DeadLetters(data, 1);
        dead.write(chunk, List.of(record("{}", 1)), Rejection.unsent("no"));
        dead.write(chunk, List.of(record("{}", 2)), Rejection.unsent("no"));
        Files.delete(DeadLetterFile.in(folder()).get(0).path(folder()));

        dead.write(chunk, List.of(record("{}", 3)), Rejection.unsent("no"));

        assertThat(DeadLetterFile.in(folder())).extracting(DeadLetterFile::part).containsExactly(2, 3);
    }

    @Test
    void namesThatAreNoneOfItsOwnAreNot() {
        assertThat(DeadLetterFile.named("2026-01-31")).isEqualTo(new DeadLetterFile(LocalDate.of(2026, 1, 31), 1));
        assertThat(DeadLetterFile.named("2026-01-31.12")).isEqualTo(new DeadLetterFile(LocalDate.of(2026, 1, 31), 12));
        assertThat(List.of("2026-01-31.1", "2026-01-31.02", "2026-02-31", "2026-1-31", ".marks", "2026-01-31.", ""))
                .allSatisfy(each -> assertThat(DeadLetterFile.named(each)).isNull());
    }
}
