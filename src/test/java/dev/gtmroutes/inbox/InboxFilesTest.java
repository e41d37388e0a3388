// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

import dev.gtmroutes.disk.CheckedLine;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which files an inbox takes, in which order, and what is told about those that it does not. */
class InboxFilesTest {

    private static final Processor NOTHING = exchange -> {
    };

    @TempDir
    Path data;

    @Test
    void onlyFilesAreTaken() throws Exception {
        try (InboxRun run = new InboxRun(data, NOTHING)) {
            Path pipe = run.inbox().resolve("pipe.ndjson");
            assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
            Files.createSymbolicLink(run.inbox().resolve("nowhere.ndjson"), data.resolve("nothing"));
            Path target = Files.writeString(data.resolve("target"), "{}\n");
            Files.createSymbolicLink(run.inbox().resolve("link.ndjson"), target);
            Files.createDirectories(run.inbox().resolve("directory.ndjson"));
            run.start();
            run.drop("z.ndjson", "{}\n");

            await().until(() -> run.isDone("z.ndjson"));
            assertThat(run.taken).containsExactly("z.ndjson");
            assertThat(target).hasContent("{}");
            Path failed = run.inbox().resolve(".failed");
            assertThat(failed.resolve("link.ndjson")).isSymbolicLink();
            assertThat(failed.resolve("nowhere.ndjson")).satisfies(link -> assertThat(Files.isSymbolicLink(link)).isTrue());
            assertThat(failed.resolve("link.ndjson.reason.txt"))
                    .hasContent("A symbolic link is not read. Put the file itself "
                            + "into the inbox.");

            // Told once, not at each of the looks that these take.
            for (String name : List.of("a.ndjson", "b.ndjson", "c.ndjson")) {
                run.drop(name, "{}\n");
                await().until(() -> run.isDone(name));
            }
            assertThat(run.warnings("pipe.ndjson is a named pipe")).hasSize(1);
            assertThat(run.warnings("nowhere.ndjson is a symbolic link, which is not read")).hasSize(1);
            assertThat(run.warnings("link.ndjson is a symbolic link, which is not read")).hasSize(1);
            assertThat(run.warnings("directory.ndjson is a folder")).hasSize(1);
            assertThat(run.warnings("")).hasSize(4);
            assertThat(run.traces()).isZero();
        }
    }

    /** Whoever can put files into an inbox must not be able to have the program write into others. */
    @Test
    void linksBesideFilesLeadNoLineIntoAnotherFile() throws Exception {
        Path other = Files.writeString(data.resolve("other"), "untouched");
        try (InboxRun run = new InboxRun(data, NOTHING)) {
            Path failed = Files.createDirectories(run.inbox().resolve(".failed"));
            Files.createSymbolicLink(failed.resolve("link.ndjson.reason.txt"), other);
            Files.createSymbolicLink(run.inbox().resolve("link.ndjson"), other);
            Files.createSymbolicLink(run.inbox().resolve(".a.ndjson.progress"), other);
            run.start();
            run.drop("a.ndjson", "{}\n");
            run.drop("z.ndjson", "{}\n");

            await().until(() -> run.isDone("z.ndjson"));
            await().until(() -> !run.warnings("link.ndjson is a symbolic link").isEmpty());
            assertThat(other).hasContent("untouched");
        }
    }

    /** Between the look at a file and its opening, its owner puts a link or another file in its place. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFileThatIsExchangedAfterTheLookIsNotRead(boolean link) throws Exception {
        Path other = Files.writeString(data.resolve("other"), "{\"of\":\"another user\"}\n");
        List<Object> read = Collections.synchronizedList(new ArrayList<>());
        try (InboxRun run = new InboxRun(data, exchange -> {
            Path file = exchange.getMessage().getBody(File.class).toPath();
            if (file.getFileName().toString().equals("a.ndjson")) {
                if (link) {
                    Files.delete(file);
                    Files.createSymbolicLink(file, other);
                } else {
                    Files.move(Files.copy(other, data.resolve("copy")), file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            try (RecordReader records = RecordReader.open(exchange.getMessage().getBody(), file.toString(),
                    exchange.getContext())) {
                records.forEachRemaining(read::add);
            } catch (UncheckedIOException e) {
                read.add(file.getFileName() + ": refused");
                throw e;
            }
        })) {
            run.drop("a.ndjson", "{\"n\":1}\n");
            run.start();
            await().until(() -> !read.isEmpty());
            assertThat(read.get(0)).isEqualTo("a.ndjson: refused");
            run.drop("b.ndjson", "{\"n\":1}\n");
            await().until(() -> run.isDone("b.ndjson"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv.part", "a.ndjson.tmp", "a.crdownload", "a.ndjson~", "~$book.csv", "desktop.ini",
            "Thumbs.db", "c.csv.filepart", "D.JSON.TMP", "._a.ndjson"})
    void anUnfinishedFileIsLeftAloneUntilItGetsItsFinalName(String name) throws Exception {
        try (InboxRun run = new InboxRun(data, NOTHING)) {
            Path unfinished = run.drop(name, "{\"half\":");
            Files.setLastModifiedTime(unfinished, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            run.start();
            run.drop("finished.ndjson", "{}\n");
            await().until(() -> run.isDone("finished.ndjson"));
            run.drop("later.ndjson", "{}\n");
            await().until(() -> run.isDone("later.ndjson"));

            assertThat(run.taken).containsExactly("finished.ndjson", "later.ndjson");
            assertThat(unfinished).exists();
            assertThat(run.told(name + " is ignored until it is renamed")).hasSize(name.startsWith(".") ? 0 : 1);

            Files.move(unfinished, unfinished.resolveSibling("final.ndjson"));
            await().until(() -> run.isDone("final.ndjson"));
        }
    }

    @Test
    void theNamesOfUnfinishedFilesAreASetting() throws Exception {
        try (InboxRun run = new InboxRun(data, NOTHING).unfinished("*.UP?, draft-*")) {
            run.drop("a.upl", "{}\n");
            run.drop("Draft-1.ndjson", "{}\n");
            run.drop("a.tmp", "{}\n");
            run.drop(".hidden.ndjson", "{}\n");
            run.start();
            await().until(() -> run.isDone("a.tmp"));
            run.drop("later.ndjson", "{}\n");
            await().until(() -> run.isDone("later.ndjson"));

            assertThat(run.taken).containsExactly("a.tmp", "later.ndjson");
        }
    }

    @Test
    void theSettingSaysWhatCountsWithoutIt() throws Exception {
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("application.properties"))) {
            settings.load(file);
        }
        assertThat(settings.getProperty("gtm.inbox.unfinished")).isEqualTo(UnfinishedNames.DEFAULT);
    }

    @Test
    void theOldestComeFirstThenByName() throws Exception {
        try (InboxRun run = new InboxRun(data, NOTHING)) {
            Instant start = Instant.now().minus(Duration.ofDays(1));
            List<String> names = new ArrayList<>();
            for (int i = 0; i < WaitingFiles.AT_A_TIME + 200; i++) {
                names.add("n%04d.ndjson".formatted(1000 - i));
                Path file = run.drop(names.get(i), "{}\n");
                Files.setLastModifiedTime(file, FileTime.from(start.plusSeconds(i / 2)));
            }
            for (int i = 0; i < names.size(); i += 2) {
                Collections.swap(names, i, i + 1);
            }
            run.start();

            await().atMost(Duration.ofSeconds(30)).until(() -> run.taken.size() == names.size());
            assertThat(run.taken).isEqualTo(names);
        }
    }

    @Test
    void aFileFromTheFutureIsTakenOnceItIsQuiet() throws Exception {
        try (InboxRun run = new InboxRun(data, NOTHING)) {
            Path file = run.drop("future.ndjson", "{}\n");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofDays(2))));
            run.start();

            await().until(() -> run.isDone("future.ndjson"));
        }
    }

    @Test
    void aFailingStepIsNotTriedAgainAtOnce() throws Exception {
        try (InboxRun run = new InboxRun(data, exchange -> {
            throw new IllegalStateException("the step failed");
        })) {
            run.start();
            Path file = run.drop("fails.ndjson", "{}\n");

            await().until(() -> !run.warnings("the step failed").isEmpty());
            await().during(Duration.ofSeconds(2)).until(() -> run.taken.size() == 1);
            assertThat(file).exists();
        }
    }

    @Test
    void aProgressFileThatCannotBeReadIsToldAndIgnored() throws Exception {
        try (InboxRun run = new InboxRun(data, NOTHING)) {
            run.drop(".spoiled.ndjson.progress", "\0\0\0");
            run.drop("spoiled.ndjson", "{}\n");
            Files.createDirectories(run.inbox().resolve(".folder.ndjson.progress"));
            run.drop("folder.ndjson", "{}\n");
            run.start();

            await().until(() -> run.isDone("spoiled.ndjson"));
            assertThat(run.warnings(".spoiled.ndjson.progress cannot be used")).hasSize(1);
            await().until(() -> run.taken.contains("folder.ndjson"));
            assertThat(run.warnings(".folder.ndjson.progress cannot be used")).hasSize(1);
            assertThat(run.traces()).isZero();
        }
    }

    @Test
    void noFileIsTakenWhileItsProgressOrThatOfARenamedOneCannotBeRead() throws Exception {
        try (InboxRun run = new InboxRun(data, NOTHING)) {
            Path progress = run.inbox().resolve(".known.ndjson.progress");
            // Nobody can follow this link, not even root.
            Files.createSymbolicLink(progress, progress);
            run.drop("known.ndjson", "{}\n");
            run.drop("renamed.ndjson", "{}\n");
            run.start();

            await().until(() -> run.warnings("stays in the inbox").size() == 2);
            assertThat(run.warnings("the progress file " + progress + " cannot be read (")).hasSize(2);
            assertThat(run.taken).isEmpty();
            assertThat(RenamedFiles.isStray(progress)).isFalse();

            Files.delete(progress);
            await().until(() -> run.isDone("known.ndjson") && run.isDone("renamed.ndjson"));
        }
    }

    @Test
    void aFileWithProgressOfALaterVersionIsNotSentAgainButRests() throws Exception {
        try (InboxRun run = new InboxRun(data, NOTHING)) {
            run.drop(".later.ndjson.progress", CheckedLine.of("file/3 2031"));
            Path file = run.drop("later.ndjson", "{}\n");
            run.start();
            run.drop("other.ndjson", "{}\n");

            await().until(() -> run.isDone("other.ndjson"));
            await().until(() -> !run.warnings("later.ndjson stays in the inbox").isEmpty());
            assertThat(run.warnings("has format 3 of a newer version")).hasSize(1);
            assertThat(run.taken).containsExactly("other.ndjson");
            assertThat(file).exists();
            assertThat(run.inbox().resolve(".later.ndjson.progress")).exists();
        }
    }

    @Test
    void aFileThatIsTakenAwayMeanwhileIsNoFailure() throws Exception {
        CountDownLatch deleted = new CountDownLatch(1);
        try (InboxRun run = new InboxRun(data, exchange -> deleted.await())) {
            Path first = run.drop("first.ndjson", "{}\n");
            Path queued = run.drop("queued.ndjson", "{}\n");
            run.start();
            await().until(() -> run.taken.size() == 1);
            Files.delete(first);
            Files.delete(queued);
            deleted.countDown();
            run.drop("third.ndjson", "{}\n");

            await().until(() -> run.isDone("third.ndjson"));
            assertThat(run.taken).containsExactly("first.ndjson", "third.ndjson");
            assertThat(run.warnings("")).isEmpty();
            assertThat(run.traces()).isZero();
        }
    }

    @Test
    void aWriterWhoPausedLosesNothing() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        try (InboxRun run = new InboxRun(data, exchange -> written.await())) {
            Path file = run.drop("paused.ndjson", "{}\n");
            run.start();
            await().until(() -> run.taken.size() == 1);
            Files.writeString(file, "{\"rest\":1}\n", StandardOpenOption.APPEND);
            written.countDown();

            await().until(() -> run.isDone("paused.ndjson"));
            assertThat(run.taken).containsExactly("paused.ndjson", "paused.ndjson");
            assertThat(run.inbox().resolve(".paused.ndjson.progress")).doesNotExist();
        }
    }

    @Test
    void aFileThatCannotBeMovedIsToldAndRests() throws Exception {
        try (InboxRun run = new InboxRun(data, NOTHING)) {
            run.drop(".done", "a file where a directory should be");
            run.drop("stuck.ndjson", "{}\n");
            run.start();

            await().until(() -> !run.warnings("stuck.ndjson stays in the inbox").isEmpty());
            await().during(Duration.ofSeconds(2)).until(() -> run.taken.size() == 1);
            assertThat(run.traces()).isZero();
        }
    }

    @Test
    void theReasonOfAFailureIsOneSentence() throws Exception {
        try (InboxRun run = new InboxRun(data, exchange -> exchange.setException(
                new NotRecordsException("There is no header row.")))) {
            run.drop("table.csv", "1,2\n");
            run.start();

            await().until(() -> !run.warnings("not a file of records").isEmpty());
            assertThat(run.warnings("not a file of records")).singleElement().asString()
                    .contains("header row. It was moved to")
                    .doesNotContain("..");
        }
    }

    @Test
    void theDirectoryIsReadByItsVeryName() throws Exception {
        Path odd = Files.createDirectory(data.resolve("p%20q+r#s?t"));
        try (InboxRun run = new InboxRun(odd, NOTHING)) {
            run.start();
            run.drop("odd.ndjson", "{}\n");

            await().until(() -> run.isDone("odd.ndjson"));
            assertThat(run.taken).containsExactly("odd.ndjson");
            try (var all = Files.list(data)) {
                assertThat(all).containsExactly(odd);
            }
        }
    }
}
