// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered, on the disk. */
class DeliveredFormsTest {

    private static final FormFolder.About ABOUT = new FormFolder.About("calls", "calls-1", "template", List.of("id"));

    @TempDir
    Path data;

    private FormFolder folder() {
        return FormFolder.of(data, "calls", "calls-1");
    }

    private DeliveredForms open() throws IOException {
        return DeliveredForms.open(folder(), ABOUT, new Disk());
    }

    private static KeyHash key(int number) {
        return KeyHash.of(List.of(Integer.toString(number)));
    }

    private static RecordForm form(int key, long form) {
        return new RecordForm(key(key), form);
    }

    /** As a crash leaves it: copied while it is open. */
    private FormFolder crashed() throws IOException {
        Path to = Files.createTempDirectory(data, "crash").resolve("state").resolve("only-changed");
        return folder().copy(Files.createDirectories(to));
    }

    @Test
    void whatIsRememberedSurvivesACrash() throws Exception {
        try (DeliveredForms forms = open()) {
            forms.write(List.of(form(1, 11), form(2, 22), form(3, 33)), false);
            forms.write(List.of(form(2, RecordForm.NONE), form(3, 34)), true);

            try (DeliveredForms after = DeliveredForms.open(crashed(), ABOUT, new Disk())) {
                assertThat(after.form(key(1))).isEqualTo(11);
                assertThat(after.form(key(2))).isEqualTo(RecordForm.NONE);
                assertThat(after.form(key(3))).isEqualTo(34);
                assertThat(after.form(key(4))).isEqualTo(RecordForm.NONE);
                assertThat(after.keys()).isEqualTo(2);
            }
        }
    }

    @Test
    void manyKeysAreFoundAgainWhereverTheyLie() throws Exception {
        Map<Integer, Long> expected = new HashMap<>();
        Random random = new Random(7);
        try (DeliveredForms forms = open()) {
            for (int batch = 0; batch < 3000; batch++) {
                List<RecordForm> some = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    int key = random.nextInt(150_000);
                    long value = random.nextInt(4) == 0 ? RecordForm.NONE : random.nextLong() | 1;
                    expected.put(key, value);
                    some.add(form(key, value));
                }
                forms.write(some, false);
            }
            assertFound(forms, expected);
        }
        try (DeliveredForms forms = open()) {
            assertFound(forms, expected);
        }
        assertThat(DeliveredForms.count(folder())).isEqualTo(expected.values().stream().filter(each -> each != 0).count());
    }

    /** The commits that stay whole need space of their own, which does not grow: of 10 million keys, 5 bytes each. */
    @Test
    void aKeyTakesFewBytesOnTheDisk() throws Exception {
        int keys = 500_000;
        try (DeliveredForms forms = open()) {
            for (int i = 0; i < keys; i += 1000) {
                int first = i;
                forms.write(IntStream.range(first, first + 1000).mapToObj(each -> form(each, each + 1L)).toList(), false);
            }
            // While changes are put into the store, the number is not exact.
            await().until(() -> forms.keys() == keys);
            assertThat(folder().bytes() - 24L * keys).as("bytes besides those of the keys").isLessThan(50_000_000);
        }
    }

    private static void assertFound(DeliveredForms forms, Map<Integer, Long> expected) throws IOException {
        for (Map.Entry<Integer, Long> each : expected.entrySet()) {
            if (forms.form(key(each.getKey())) != each.getValue()) {
                assertThat(forms.form(key(each.getKey()))).as("key %s", each.getKey()).isEqualTo(each.getValue());
            }
        }
    }

    @Test
    void anExportReadsBesideTheProgram() throws Exception {
        try (DeliveredForms forms = open()) {
            for (int i = 0; i < 70_000; i += 100) {
                List<RecordForm> some = new ArrayList<>();
                for (int j = i; j < i + 100; j++) {
                    some.add(form(j, j + 1));
                }
                forms.write(some, false);
            }
            forms.write(List.of(form(5, RecordForm.NONE)), false);
            Map<KeyHash, Long> exported = new HashMap<>();

            DeliveredForms.export(folder(), each -> exported.put(each.key(), each.form()));

            assertThat(exported).hasSize(69_999).doesNotContainKey(key(5)).containsEntry(key(17), 18L);
            assertThat(DeliveredForms.count(folder())).isEqualTo(69_999);
        }
    }

    @Test
    void theEndOfAJournalThatACrashHasCutCountsForNothing() throws Exception {
        try (DeliveredForms forms = open()) {
            forms.write(List.of(form(1, 11)), false);
            forms.write(List.of(form(2, 22), form(3, 33)), false);
        }
        Path journal = folder().journal(1);
        try (FileChannel file = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 5);
        }
        try (DeliveredForms forms = open()) {
            assertThat(forms.form(key(1))).isEqualTo(11);
            assertThat(forms.form(key(2))).isEqualTo(RecordForm.NONE);
            forms.write(List.of(form(2, 23)), false);
        }
        try (DeliveredForms forms = open()) {
            assertThat(forms.form(key(2))).isEqualTo(23);
        }
    }

    @Test
    void aJournalThatIsDamagedInTheMiddleIsRefusedAndMovedAside() throws Exception {
        try (DeliveredForms forms = open()) {
            forms.write(List.of(form(1, 11)), false);
            forms.write(List.of(form(2, 22)), false);
        }
        try (FileChannel file = FileChannel.open(folder().journal(1), StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 20);
        }

        assertThatThrownBy(this::open).isInstanceOf(DamagedFormsException.class).hasMessageContaining("damaged");

        assertThat(DeliveredForms.moveAside(folder())).exists();
        assertThat(folder().exists()).isFalse();
        assertThat(FormFolder.all(data)).isEmpty();
        try (DeliveredForms forms = open()) {
            assertThat(forms.form(key(1))).isEqualTo(RecordForm.NONE);
        }
    }

    @Test
    void aStoreThatIsNoneIsDamaged() throws Exception {
        open().close();
        Files.write(folder().store(), new byte[100_000]);

        assertThatThrownBy(this::open).isInstanceOf(DamagedFormsException.class).hasMessageContaining("forms.mv")
                .hasMessageNotContaining("\n");
    }

    @Test
    void otherAttributesOrAnotherTemplateBeginAnew() throws Exception {
        try (DeliveredForms forms = open()) {
            forms.write(List.of(form(1, 11)), false);
        }
        for (FormFolder.About other : List.of(new FormFolder.About("calls", "calls-1", "template", List.of("id", "team")),
                new FormFolder.About("calls", "calls-1", "other", List.of("id", "team")))) {
            try (DeliveredForms forms = DeliveredForms.open(folder(), other, new Disk())) {
                assertThat(forms.keys()).isZero();
                forms.write(List.of(form(1, 11)), false);
            }
        }
    }

    @Test
    void whatACrashLeftOfDeletedFormsIsNotTakenForOthers() throws Exception {
        try (DeliveredForms forms = open()) {
            forms.write(List.of(form(1, 11)), false);
        }
        Files.delete(folder().folder().resolve("about.json"));

        try (DeliveredForms forms = DeliveredForms.open(folder(),
                new FormFolder.About("calls", "calls-1", "other", List.of("team")), new Disk())) {
            assertThat(forms.keys()).isZero();
        }
    }

    @Test
    void aResetForgetsOneKeyOrAllBeforeAnythingElse() throws Exception {
        try (DeliveredForms forms = open()) {
            forms.write(List.of(form(1, 11), form(2, 22)), false);
            assertThat(forms.applyResets()).isEmpty();

            folder().requestReset(key(1));
            assertThat(new FolderMemory().all(data).get(0).reset()).isTrue();
            assertThat(forms.applyResets()).extracting(RecordForm::key).containsExactly(key(1));

            assertThat(forms.form(key(1))).isEqualTo(RecordForm.NONE);
            assertThat(forms.form(key(2))).isEqualTo(22);
            assertThat(new FolderMemory().all(data).get(0).reset()).isFalse();
        }
        folder().requestReset(null);
        assertThat(DeliveredForms.count(folder())).isZero();
        try (DeliveredForms forms = open()) {
            assertThat(forms.keys()).isZero();
            forms.write(List.of(form(2, 23)), false);
            folder().requestReset(null);
            assertThat(forms.applyResets()).isNull();
            assertThat(forms.keys()).isZero();
            forms.write(List.of(form(3, 33)), false);
        }
        try (DeliveredForms forms = open()) {
            assertThat(forms.keys()).isEqualTo(1);
        }
    }

    @Test
    void othersCannotReadIt() throws Exception {
        try (DeliveredForms forms = open()) {
            forms.write(List.of(form(1, 11)), false);
            try (Stream<Path> files = Files.walk(data.resolve("state"))) {
                assertThat(files).allSatisfy(each -> assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(each))).endsWith("------"));
            }
        }
    }

    @Test
    void whatCannotBeWrittenDoesNotCount() throws Exception {
        boolean[] full = new boolean[1];
        Disk disk = new Disk() {
            @Override
            public void write(FileChannel file, ByteBuffer bytes) throws IOException {
                if (full[0]) {
                    file.write(bytes.slice(0, 10));
                    throw new IOException("No space left on device");
                }
                super.write(file, bytes);
            }
        };
        try (DeliveredForms forms = DeliveredForms.open(folder(), ABOUT, disk)) {
            forms.write(List.of(form(1, 11)), false);
            full[0] = true;
            assertThatThrownBy(() -> forms.write(List.of(form(1, 12)), false)).hasMessageContaining("No space");
            assertThat(forms.form(key(1))).isEqualTo(11);
            full[0] = false;
            forms.write(List.of(form(2, 22)), false);
        }
        try (DeliveredForms forms = open()) {
            assertThat(forms.form(key(1))).isEqualTo(11);
            assertThat(forms.form(key(2))).isEqualTo(22);
        }
    }

    @Test
    void namesOfFlowsLeadNowhereElse() {
        FormFolder folder = FormFolder.of(data, "..", "../x:1");

        assertThat(folder.folder().normalize().startsWith(data.resolve("state/only-changed"))).isTrue();
        assertThat(folder.flow()).isEqualTo("..");
        assertThat(folder.destination()).isEqualTo("../x:1");
    }
}
