// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.sandbox.Caller;
import dev.gtmroutes.sandbox.ExportCaller;
import dev.gtmroutes.sandbox.Sandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the export API's jobs hold, and how their downloads go. */
class DownloadsTest {

    private final Sandbox sandbox = Sandbox.start(0);
    private final ExportCaller caller = new ExportCaller(sandbox);

    @BeforeEach
    void completeAtOnce() {
        sandbox.exports().take(Duration.ZERO, Duration.ZERO).fragments(3);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private String started(String activityType, String exportType, String from, String to) {
        return Caller.json(caller.start(activityType, exportType, from, to)).get("job_id").textValue();
    }

    private static List<String> values(String lines, String attribute) {
        return lines.lines().map(line -> line.replaceAll(".*\"" + attribute + "\":\"([^\"]*)\".*", "$1")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "email", "meeting", "call"})
    void fragmentsAreTheWhole(String type) {
        sandbox.activities().perDay(23);
        String id = started(type, "snapshot", "2025-01-01", "2025-01-31");
        HttpResponse<String> whole = caller.get("/" + id + "/data");
        String parts = IntStream.range(0, 3).mapToObj(n -> caller.get("/" + id + "/data?fragment=" + n).body())
                .collect(Collectors.joining());

        assertThat(parts).isEqualTo(whole.body());
        assertThat(whole.headers().firstValueAsLong("Content-Length"))
                .hasValue(caller.job(id).get("results_size").longValue());
        assertThat(whole.body().lines().map(String::length).distinct()).containsExactly(699);
        assertThat(values(whole.body(), "uid")).doesNotHaveDuplicates().hasSize(
                type.equals("all") ? 31 * 23 : type.equals("call") ? 31 * 7 : 31 * 8);
        if (!type.equals("all")) {
            assertThat(values(whole.body(), "activity_type")).containsOnly(type);
        }
    }

    @Test
    void aDeltaHasWhatBecameKnownInItsDays() {
        String snapshot = caller.get("/" + started("all", "snapshot", "2025-01-02", "2025-01-02") + "/data").body();
        String delta = caller.get("/" + started("all", "delta", "2025-01-02", "2025-01-02") + "/data").body();

        assertThat(values(snapshot, "timestamp")).hasSize(20).allMatch(time -> time.startsWith("2025-01-02"));
        assertThat(values(delta, "created_at")).hasSize(20).allMatch(time -> time.startsWith("2025-01-02"));
        assertThat(values(delta, "uid")).filteredOn(uid -> uid.startsWith("2025-01-01")).hasSize(2);
    }

    @Test
    void thereIsNothingOfToday() {
        String id = started("all", "snapshot", "2099-01-01", "2099-01-02");

        assertThat(caller.job(id).get("results_size").longValue()).isZero();
        HttpResponse<String> nothing = caller.get("/" + id + "/data?fragment=0");
        assertThat(nothing.statusCode()).isEqualTo(200);
        assertThat(nothing.body()).isEmpty();
    }

    @Test
    void breaksOffWhereItIsTold() {
        String id = caller.started();
        String whole = caller.get("/" + id + "/data?fragment=1").body();
        sandbox.downloads().breakNext(1, 1, 0.3);

        assertThat(caller.get("/" + id + "/data?fragment=0").statusCode()).isEqualTo(200);
        assertThat(broken("/" + id + "/data?fragment=1")).isEqualTo((int) (whole.length() * 0.3));
        assertThat(caller.get("/" + id + "/data?fragment=1").body()).isEqualTo(whole);
    }

    /** How many bytes came before the connection broke. */
    private int broken(String path) {
        int read = 0;
        try (InputStream body = HttpClient.newHttpClient().send(caller.to(path).GET().build(), BodyHandlers.ofInputStream())
                .body()) {
            while (body.read() >= 0) {
                read++;
            }
            throw new AssertionError("it was not broken off, after " + read + " bytes");
        } catch (IOException e) {
            return read;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void breaksOffWhatTakesTooLong() {
        sandbox.activities().recordBytes(10_000);
        String id = caller.started();
        sandbox.downloads().bytesPerSecond(10_000).timeLimit(Duration.ofMillis(300));

        assertThat(broken("/" + id + "/data?fragment=0")).isBetween(1, 400_000);
        sandbox.downloads().bytesPerSecond(0).timeLimit(Duration.ofMinutes(1));
        assertThat(caller.get("/" + id + "/data?fragment=0").body()).hasSize(460_000);
    }

    @Test
    void comesSlowlyButWhole() {
        String id = caller.started();
        String whole = caller.get("/" + id + "/data?fragment=0").body();
        sandbox.downloads().bytesPerSecond(100_000);

        assertThat(caller.get("/" + id + "/data?fragment=0").body()).isEqualTo(whole);
    }

    @Test
    void makesFiveHundredMegabytesWhileItSendsThem() {
        sandbox.activities().perDay(10_000).recordBytes(5_000);
        sandbox.exports().fragments(1);
        String id = Caller.json(caller.start("delta", "2025-01-01", "2025-01-10")).get("job_id").textValue();

        assertThat(length("/" + id + "/data?fragment=0")).isEqualTo(500_000_000L);
    }

    private long length(String path) {
        try (InputStream body = HttpClient.newHttpClient().send(caller.to(path).GET().build(), BodyHandlers.ofInputStream())
                .body()) {
            byte[] buffer = new byte[1 << 20];
            long length = 0;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                length += read;
            }
            return length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void refusesOtherFragments() {
        String id = caller.started();

        assertThat(caller.get("/" + id + "/data?fragment=3").statusCode()).isEqualTo(404);
        assertThat(caller.get("/" + id + "/data?fragment=-1").statusCode()).isEqualTo(400);
        assertThat(caller.get("/" + id + "/data?part=1").statusCode()).isEqualTo(422);
        assertThat(caller.get("/export-9/data?fragment=0").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> sandbox.downloads().breakNext(1, 0, 1)).hasMessageStartingWith("a break requires");
        assertThatThrownBy(() -> sandbox.downloads().bytesPerSecond(-1)).hasMessageStartingWith("a download cannot");
        assertThatThrownBy(() -> sandbox.downloads().timeLimit(Duration.ZERO)).hasMessageStartingWith("a download requires");
        assertThatThrownBy(() -> sandbox.activities().perDay(0)).hasMessageEndingWith("activities a day, not 0");
        assertThatThrownBy(() -> sandbox.activities().recordBytes(10)).hasMessageContaining("bytes of a record, not 10");
    }
}
