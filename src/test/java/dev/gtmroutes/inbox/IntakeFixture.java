// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static dev.gtmroutes.inbox.arrival.BodyFormat.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.inbox.arrival.IntakeRefused;
import dev.gtmroutes.inbox.arrival.IntakeRefused.Reason;
import dev.gtmroutes.inbox.arrival.IntakeSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** An intake in an empty folder, on a disk that can fail. */
public abstract class IntakeFixture {

    public static final Duration NEVER = Duration.ofHours(1);
    public static final Duration SOON = Duration.ofMillis(100);
    public static final String LARGE = "{\"id\":\"" + "x".repeat(100_000) + "\"}";

    @TempDir
    public Path inbox;

    public final CountingDisk disk = new CountingDisk();
    public Intake intake;

    @AfterEach
    void close() throws IOException {
        if (intake != null) {
            intake.close();
        }
    }

    public void open(Duration quiet, Duration linger) throws IOException {
        intake = new Intake(inbox, new IntakeSettings(1 << 20, quiet, linger), disk);
    }

    public long take(String body) throws IntakeRefused {
        return intake.take("calls", JSON, stream(body));
    }

    Reason refusal(String body) {
        return catchThrowableOfType(IntakeRefused.class, () -> take(body)).reason();
    }

    public static InputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(UTF_8));
    }

    public static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        IntStream.range(from, to).forEach(i -> lines.append("{\"id\":").append(i).append("}\n"));
        return lines.toString();
    }

    public Path openFile() {
        return inbox.resolve("calls/.intake/open.ndjson");
    }

    public List<Path> visible() throws IOException {
        return new InboxFolder(inbox).visible("calls");
    }

    List<Path> hidden() throws IOException {
        return new InboxFolder(inbox).hidden("calls");
    }

    public List<String> visibleText() throws IOException {
        return new InboxFolder(inbox).visibleText("calls");
    }
}
