package dev.gtmroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.BitSet;
import java.util.stream.IntStream;

import dev.gtmroutes.delivery.Settled;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {

    private static final String LINES = "{\"n\":1}\n".repeat(20_000);

    @TempDir
    Path inbox;

    private final Progress progress = new Progress();
    private Path file;

    @BeforeEach
    void drop() throws IOException {
        file = Files.writeString(inbox.resolve("daily.ndjson"), LINES);
    }

    private static BitSet settled(int... ordinals) {
        BitSet settled = new BitSet();
        IntStream.of(ordinals).forEach(settled::set);
        return settled;
    }

    private void note(int... ordinals) throws IOException {
        Settled settled = new Settled();
        settled.put("calls:1-delivery", settled(ordinals));
        settled.put("calls:2-delivery", new BitSet());
        progress.write(file, Sighting.of(file), settled);
    }

    private BitSet read() throws IOException {
        return progress.read(file, Sighting.of(file)).all().getOrDefault("calls:1-delivery", new BitSet());
    }

    @Test
    void isReadBack() throws IOException {
        note(0, 1, 2, 7, 9, 10);

        assertThat(read()).isEqualTo(settled(0, 1, 2, 7, 9, 10));
        progress.forget(file);
        assertThat(read()).isEqualTo(settled());
    }

    @Test
    void anotherLargerFileOfTheNameHasNone() throws IOException {
        note(0, 1, 2);
        Files.delete(file);
        Files.writeString(file, "{\"other\":1}\n".repeat(20_000));

        assertThat(read()).isEqualTo(settled());
    }

    @Test
    void anotherFileThatOnlyBeginsAlikeHasNone() throws IOException {
        note(0, 1, 2);
        Files.writeString(file, LINES.substring(0, 100_000) + "{\"other\":1}\n".repeat(20_000));

        assertThat(read()).isEqualTo(settled());
    }

    @Test
    void theSameFileTouchedOrAppendedToKeepsIt() throws IOException {
        note(0, 1, 2);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        assertThat(read()).isEqualTo(settled(0, 1, 2));

        Files.writeString(file, "{\"n\":2}\n", StandardOpenOption.APPEND);
        assertThat(read()).isEqualTo(settled(0, 1, 2));
    }

    @Test
    void aLineThatWasHalfWrittenIsReadAgain() throws IOException {
        Files.writeString(file, "{\"n\":1}\n{\"n\":");
        note(0, 1);
        assertThat(read()).isEqualTo(settled(0, 1));

        Files.writeString(file, "2}\n", StandardOpenOption.APPEND);
        assertThat(read()).isEqualTo(settled(0));
    }

    @Test
    void aNameAlmostTooLongForTheDisk() throws IOException {
        file = Files.writeString(inbox.resolve("ü".repeat(120) + ".ndjson"), LINES);
        note(3);

        assertThat(read()).isEqualTo(settled(3));
    }
}
