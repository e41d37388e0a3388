// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.form.versions.StoredVersion.Kind;
import dev.gtmroutes.form.versions.VersionStore.Content;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionStoreTest {

    /** Stands for kill -9. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path directory;

    private Path file;
    private VersionStore store;

    @BeforeEach
    void open() {
        file = directory.resolve("calls.yaml");
        store = new VersionStore(directory.resolve("versions"), new Disk());
    }

    private Content now() throws IOException {
        return Files.exists(file) ? new Content(Files.readString(file), Instant.EPOCH) : Content.NONE;
    }

    private void save(String text) throws IOException {
        store.change("calls", now(), "operator", Kind.EDITED, text, () -> Files.writeString(file, text));
    }

    private List<String> kept() throws IOException {
        return store.all("calls", now()).stream()
                .map(each -> each.kind() + " " + each.account() + " " + each.text()).toList();
    }

    @Test
    void aRenamedFlowKeepsTheTextBeforeAndDoingItAgainChangesNothing() throws IOException {
        for (int i = 0; i < 2; i++) {
            store.renamed("people", "ann", "id: calls", "id: people");
            assertThat(store.all("people", new Content("id: people", null))).extracting(each -> each.kind() + " "
                    + each.account() + " " + each.text()).containsExactly("EDITED ann id: people", "FOUND  id: calls");
        }
    }

    @Test
    void theTextBeforeTheFirstEditIsKept() throws IOException {
        Files.writeString(file, "one");
        save("two");
        assertThat(kept()).containsExactly("EDITED operator two", "FOUND  one");
        Path kept = directory.resolve("versions/calls/000000002.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept))).isEqualTo("rw-------");
    }

    @Test
    void anEditOnTheDiskIsKeptOnce() throws IOException {
        save("one");
        Content before = now();
        Files.writeString(file, "two");
        store.note("calls", before, this::now);
        store.note("calls", before, this::now);
        assertThat(kept()).containsExactly("FILE_CHANGE  two", "EDITED operator one");
        Files.writeString(file, "three");
        save("four");
        assertThat(kept()).startsWith("EDITED operator four", "FILE_CHANGE  three", "FILE_CHANGE  two");
    }

    @Test
    void theTextBeforeTheFirstEditOnTheDiskIsKept() throws IOException {
        Files.writeString(file, "one");
        Content before = now();
        Files.writeString(file, "two");
        store.note("calls", before, this::now);
        assertThat(kept()).containsExactly("FILE_CHANGE  two", "FOUND  one");
    }

    @Test
    void ofAProgramKilledBeforeTheFileIsReplacedNothingStays() throws IOException {
        save("one");
        assertThatThrownBy(() -> store.change("calls", now(), "operator", Kind.EDITED, "two", () -> {
            throw new Killed();
        })).isInstanceOf(Killed.class);
        assertThat(directory.resolve("versions/calls/000000002.pending")).exists();
        open();
        assertThat(kept()).containsExactly("EDITED operator one");
        save("three");
        assertThat(kept()).containsExactly("EDITED operator three", "EDITED operator one");
        assertThat(directory.resolve("versions/calls")).isDirectoryNotContaining("glob:**.pending");
    }

    @Test
    void ofAProgramKilledBehindItTheVersionStaysWithItsAccount() throws IOException {
        save("one");
        assertThatThrownBy(() -> store.change("calls", now(), "operator", Kind.EDITED, "two", () -> {
            Files.writeString(file, "two");
            throw new Killed();
        })).isInstanceOf(Killed.class);
        open();
        store.note("calls", Content.NONE, this::now);
        assertThat(kept()).containsExactly("EDITED operator two", "EDITED operator one");
    }

    @Test
    void aFileThatIsNotWrittenIsNoVersion() throws IOException {
        save("one");
        assertThatThrownBy(() -> store.change("calls", now(), "operator", Kind.EDITED, "two", () -> {
            throw new IOException("full");
        })).hasMessage("full");
        assertThat(kept()).containsExactly("EDITED operator one");
    }

    @Test
    void whereTheVersionCannotBeWrittenTheFileIsNotReplaced() throws IOException {
        save("one");
        store = new VersionStore(directory.resolve("versions"), new Disk() {
            @Override
            public void replace(Path part, byte[] bytes) throws IOException {
                throw new IOException("full");
            }
        });
        assertThatThrownBy(() -> save("two")).hasMessage("full");
        assertThat(file).hasContent("one");
    }

    @Test
    void twentyAreKeptAndNoLargeOne() throws IOException {
        for (int i = 0; i < 30; i++) {
            save("text " + i);
        }
        assertThat(kept()).hasSize(20).startsWith("EDITED operator text 29").endsWith("EDITED operator text 10");
        save("x".repeat(StoredVersion.MOST_BYTES + 1));
        assertThat(store.all("calls", now()).get(0).isKept()).isFalse();
        assertThat(store.all("calls", now()).get(0).is(Files.readString(file))).isTrue();
    }

    @Test
    void versionsOfADeletedFlowEndAfterAMonth() throws IOException {
        save("one");
        Path sample = directory.resolve("calls.sample.json");
        Files.writeString(sample, "{}");
        store.keepDeleted("calls", now(), sample);
        Files.delete(file);
        Files.delete(sample);
        assertThat(kept()).containsExactly("EDITED operator one");
        store.bringSampleBack("calls", sample);
        assertThat(sample).hasContent("{}");

        store.sweep(each -> false, Instant.now().plus(Duration.ofDays(29)));
        assertThat(directory.resolve("versions/calls")).exists();
        store.sweep(each -> true, Instant.now().plus(Duration.ofDays(31)));
        assertThat(directory.resolve("versions/calls")).exists();
        store.sweep(each -> false, Instant.now().plus(Duration.ofDays(31)));
        assertThat(directory.resolve("versions/calls")).doesNotExist();
    }

    @Test
    void oneThatCannotBeReadHidesNoOther() throws IOException {
        save("one");
        save("two");
        Files.writeString(directory.resolve("versions/calls/000000001.json"), "no version");
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        assertThat(kept()).containsExactly("EDITED operator two");
    }

    @Test
    void noNameLeadsOutOfTheFolder() {
        assertThat(store.path("../../calls").getParent()).isEqualTo(directory.resolve("versions"));
        assertThat(store.path("..").getFileName().toString()).isEqualTo("_");
    }
}
