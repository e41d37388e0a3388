package dev.gtmroutes.inbox;

import static dev.gtmroutes.inbox.BodyFormat.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import dev.gtmroutes.inbox.IntakeRefused.Reason;

/** An intake in an empty folder, on a disk that can fail. */
abstract class IntakeFixture {

    static final Duration NEVER = Duration.ofHours(1);
    static final Duration SOON = Duration.ofMillis(100);
    static final String LARGE = "{\"id\":\"" + "x".repeat(100_000) + "\"}";

    @TempDir
    Path inbox;

    final CountingDisk disk = new CountingDisk();
    Intake intake;

    @AfterEach
    void close() throws IOException {
        if (intake != null) {
            intake.close();
        }
    }

    void open(Duration quiet, Duration linger) throws IOException {
        intake = new Intake(inbox, new IntakeSettings(1 << 20, quiet, linger), disk);
    }

    long take(String body) throws IntakeRefused {
        return intake.take("calls", JSON, stream(body));
    }

    Reason refusal(String body) {
        return catchThrowableOfType(IntakeRefused.class, () -> take(body)).reason();
    }

    static InputStream stream(String body) {
        return new ByteArrayInputStream(body.getBytes(UTF_8));
    }

    static String lines(int from, int to) {
        StringBuilder lines = new StringBuilder();
        IntStream.range(from, to).forEach(i -> lines.append("{\"id\":").append(i).append("}\n"));
        return lines.toString();
    }

    Path openFile() {
        return inbox.resolve("calls/.intake/open.ndjson");
    }

    List<Path> visible() throws IOException {
        return new InboxFolder(inbox).visible("calls");
    }

    List<Path> hidden() throws IOException {
        return new InboxFolder(inbox).hidden("calls");
    }

    List<String> visibleText() throws IOException {
        return new InboxFolder(inbox).visibleText("calls");
    }
}
