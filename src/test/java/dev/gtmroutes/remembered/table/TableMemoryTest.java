// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;
import dev.gtmroutes.remembered.FormFolder;
import dev.gtmroutes.remembered.FormMemory;
import dev.gtmroutes.remembered.FormsUnavailableException;
import dev.gtmroutes.remembered.Remembered;
import dev.gtmroutes.remembered.RememberedForms;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that share what was delivered, in a real database. */
class TableMemoryTest extends PostgresTest {

    private static final FormFolder.About ABOUT = new FormFolder.About("calls", "crm", "template", List.of("id", "team"));
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @TempDir
    Path directory;
    private final List<FormMemory> opened = new ArrayList<>();
    private FormMemory one;
    private FormMemory two;

    @BeforeEach
    void programs() throws Exception {
        one = program("one");
        two = program("two");
    }

    @AfterEach
    void endPrograms() {
        opened.forEach(FormMemory::close);
    }

    private FormMemory program(String name) {
        return program(name, postgres.url(), Postgres.PASSWORD);
    }

    private FormMemory program(String name, String url, String password) {
        FormMemory memory = new TableMemory(new TableSettings(url, "gtm", () -> password, LONGEST),
                directory.resolve(name));
        opened.add(memory);
        return memory;
    }

    private FormFolder folder(String program) {
        return FormFolder.of(directory.resolve(program), "calls", "crm");
    }

    private RememberedForms open(FormMemory memory) throws IOException {
        return memory.open(folder("one"), ABOUT);
    }

    private static KeyHash key(int number) {
        return KeyHash.of(List.of(Integer.toString(number)));
    }

    private static RecordForm form(int number, long form) {
        return new RecordForm(key(number), form);
    }

    private static void deliver(RememberedForms by, RecordForm... forms) throws IOException {
        by.leaving(List.of(forms));
        by.write(List.of(forms));
    }

    private static long known(RememberedForms to, int number) throws IOException {
        return to.forms(List.of(key(number)))[0];
    }

    @Test
    void whatOneProgramDeliveredTheOtherKnows() throws Exception {
        RememberedForms first = open(one);
        RememberedForms second = open(two);
        deliver(first, form(1, 11), form(2, -22));

        assertThat(second.forms(List.of(key(2), key(3), key(1)))).containsExactly(-22, RecordForm.NONE, 11);
        assertThat(first.forms(List.of())).isEmpty();
        second.leaving(List.of(form(1, 11)));
        assertThat(known(first, 1)).isEqualTo(RecordForm.NONE);
        second.write(List.of(form(1, 12)));
        assertThat(known(first, 1)).isEqualTo(12);
        assertThat(first.keys()).isEqualTo(2);
    }

    @Test
    void ofRecordsThatTwoProgramsSendAtATimeNoneIsRemembered() throws Exception {
        RememberedForms first = open(one);
        RememberedForms second = open(two);
        first.leaving(List.of(form(1, 0)));
        second.leaving(List.of(form(1, 0)));
        second.write(List.of(form(1, 12)));
        first.write(List.of(form(1, 11)));
        assertThat(known(first, 1)).isEqualTo(RecordForm.NONE);
        deliver(second, form(1, 12));
        assertThat(known(first, 1)).as("the first may still be sending").isEqualTo(RecordForm.NONE);

        postgres.execute("update gtm_delivered_forms set others_until = others_until - interval '301 seconds'");
        deliver(second, form(1, 12));
        assertThat(known(first, 1)).isEqualTo(12);
    }

    @Test
    void afterACrashAProgramRemembersWhatItSendsAgain() throws Exception {
        open(one).leaving(List.of(form(1, 0)));
        one.close();

        deliver(open(program("one")), form(1, 11));

        assertThat(known(open(two), 1)).isEqualTo(11);
    }

    @Test
    void aResetForgetsAlsoWhatIsInFlight() throws Exception {
        RememberedForms first = open(one);
        deliver(first, form(1, 11), form(2, 22), form(3, 33));
        first.leaving(List.of(form(3, 33)));
        two.reset(folder("two"), key(1));
        two.reset(folder("two"), key(3));
        first.write(List.of(form(3, 34)));
        assertThat(first.forms(List.of(key(1), key(2), key(3)))).containsExactly(0, 22, 0);

        first.leaving(List.of(form(2, 22)));
        two.reset(folder("two"), null);
        first.write(List.of(form(2, 23)));
        assertThat(first.forms(List.of(key(1), key(2), key(3)))).containsExactly(0, 0, 0);
        assertThat(two.count(folder("two"))).isZero();
        deliver(first, form(2, 23));
        assertThat(known(open(two), 2)).isEqualTo(23);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(rows()).isEqualTo(1));
    }

    private static long rows() throws Exception {
        try (Connection connection = postgres.connection()) {
            ResultSet count = connection.createStatement().executeQuery("select count(*) from gtm_delivered_forms");
            count.next();
            return count.getLong(1);
        }
    }

    @Test
    void allOfItIsListedAndExported() throws Exception {
        RememberedForms first = open(one);
        first.leaving(IntStream.range(0, 25_000).mapToObj(each -> form(each, 0)).toList());
        first.write(IntStream.range(0, 25_000).mapToObj(each -> form(each, each)).toList());
        two.open(FormFolder.of(directory, "other", "a/b"), new FormFolder.About("other", "a/b", "t", List.of("id")));

        assertThat(two.all(directory)).containsExactly(
                new Remembered("calls", "crm", "template", List.of("id", "team"), 0, false),
                new Remembered("other", "a/b", "t", List.of("id"), 0, false));
        List<RecordForm> all = new ArrayList<>();
        two.export(folder("two"), all::add);
        assertThat(all).as("without the one that has the form of none").hasSize(24_999).doesNotHaveDuplicates()
                .contains(form(17, 17));
        assertThat(two.count(folder("two"))).isEqualTo(24_999);
    }

    @Test
    void otherAttributesOrAnotherTemplateBeginAnewForAllPrograms() throws Exception {
        RememberedForms first = open(one);
        deliver(first, form(1, 11));
        RememberedForms edited = two.open(folder("two"),
                new FormFolder.About("calls", "crm", "other", List.of("id", "team")));
        assertThat(known(edited, 1)).isEqualTo(RecordForm.NONE);
        deliver(edited, form(1, 12));

        assertThat(known(first, 1)).isEqualTo(RecordForm.NONE);
        deliver(first, form(1, 11));
        assertThat(known(edited, 1)).as("the destination has what the first version sent").isEqualTo(RecordForm.NONE);
    }

    @Test
    void destinationsThatAFlowHasNoLongerAreForgottenAtOnce() throws Exception {
        deliver(open(one), form(1, 11));
        two.keepOnly(directory, "calls", Set.of("crm", "mail"));
        two.keepOnly(directory, "calls", Set.of("mail", "crm2"));
        assertThat(two.all(directory)).isEmpty();
        two.open(FormFolder.of(directory, "calls", "mail"), new FormFolder.About("calls", "mail", "t", List.of("id")));

        assertThat(two.all(directory)).extracting(Remembered::destination).containsExactly("mail");
        assertThat(two.drop(FormFolder.of(directory, "calls", "mail"))).isTrue();
        assertThat(two.drop(FormFolder.of(directory, "calls", "mail"))).isFalse();
        deliver(open(one), form(1, 11));
        two.forget(directory, "calls");
        assertThat(two.all(directory)).isEmpty();
    }

    @Test
    void whileTheDatabaseIsNotThereAFlowIsLoadedAndForgetsBeforeItsFirstRecord() throws Exception {
        deliver(open(one), form(1, 11));
        postgres.stop();
        try {
            two.keepOnly(directory, "calls", Set.of("mail"));
        } finally {
            postgres.start();
        }
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> two.open(
                FormFolder.of(directory, "calls", "mail"),
                new FormFolder.About("calls", "mail", "t", List.of("id"))) != null);

        assertThat(two.all(directory)).extracting(Remembered::destination).containsExactly("mail");
    }

    @Test
    void aCountThatFailsKeepsNoRecordFromBeingSent() throws Exception {
        RememberedForms first = open(one);
        deliver(first, form(1, 11));
        try (Connection locking = postgres.connection()) {
            locking.setAutoCommit(false);
            locking.createStatement().execute("lock table gtm_delivered_forms in access exclusive mode");
            CompletableFuture<Throwable> count = CompletableFuture.supplyAsync(() -> catchThrowable(first::keys));
            await().atMost(Duration.ofSeconds(30)).until(() -> cancelled(locking));
            assertThat(count.join()).isInstanceOf(FormsUnavailableException.class);
            locking.rollback();
        }
        assertThat(known(first, 1)).isEqualTo(11);
        assertThat(first.keys()).isEqualTo(1);
    }

    private static boolean cancelled(Connection by) throws Exception {
        ResultSet row = by.createStatement().executeQuery("select count(pg_cancel_backend(pid)) from pg_stat_activity "
                + "where query like 'select count(*)%' and wait_event_type = 'Lock'");
        row.next();
        return row.getLong(1) > 0;
    }

    @Test
    void aLongUseMayTakeTenMinutesAndAnotherTwentySeconds() throws Exception {
        try (Database database = new Database(
                new TableSettings(postgres.url(), "gtm", () -> Postgres.PASSWORD, LONGEST))) {
            assertThat(database.useLong(Connection::getNetworkTimeout)).isEqualTo(600_000);
            assertThat(database.use(Connection::getNetworkTimeout)).isEqualTo(20_000);
        }
    }

    @Test
    void aCopiedDataDirectoryIsThatOfAnotherProgram() throws Exception {
        long number = new SenderNumber(directory.resolve("one")).get();
        assertThat(new SenderNumber(directory.resolve("one")).get()).isEqualTo(number);

        Path file = directory.resolve("one/state/only-changed-sender");
        Path copy = directory.resolve("copy/state/only-changed-sender");
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
        long other = new SenderNumber(directory.resolve("copy")).get();
        assertThat(other).isNotZero().isNotEqualTo(number);
        assertThat(new SenderNumber(directory.resolve("copy")).get()).isEqualTo(other);
        // As an earlier version of the program left it.
        Files.writeString(file, HexFormat.of().toHexDigits(number));
        assertThat(new SenderNumber(directory.resolve("one")).get()).isEqualTo(number);
        assertThat(file).content().hasLineCount(2);
    }

    @Test
    void manyProgramsBeginAtOnce() {
        List<CompletableFuture<RememberedForms>> all = IntStream.range(0, 4).mapToObj(each -> program("many" + each))
                .map(each -> CompletableFuture.supplyAsync(() -> {
                    try {
                        RememberedForms forms = open(each);
                        List<RecordForm> some = IntStream.range(0, 200).mapToObj(i -> form(i, i + 1)).toList();
                        for (int i = 0; i < 5; i++) {
                            forms.leaving(some);
                            forms.write(some);
                        }
                        return forms;
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                })).toList();

        assertThat(all).allSatisfy(each -> assertThat(each.join().keys()).isBetween(0L, 200L));
    }

    @Test
    void whileTheDatabaseIsNotThereOneLineSaysSo() throws Exception {
        RememberedForms first = open(one);
        deliver(first, form(1, 11));
        postgres.stop();
        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThatThrownBy(() -> known(first, 1))
                    .isInstanceOf(FormsUnavailableException.class).hasMessage("the database "
                            + postgres.url().replaceFirst(".*//", "")
                            + " of Only Changed cannot be used: the connection was refused"));
            assertThatThrownBy(() -> first.write(List.of(form(1, 12)))).isInstanceOf(FormsUnavailableException.class);
        } finally {
            postgres.start();
        }
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> known(first, 1) == 11);
    }

    @Test
    void aWrongPasswordOrUrlIsToldWithoutIt() {
        assertThatThrownBy(() -> open(program("three", postgres.url(), "wrong-password-71")))
                .isInstanceOf(FormsUnavailableException.class).hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("wrong-password-71");
        assertThatThrownBy(() -> open(program("four", "jdbc:mysql://gtm:secret-word-1@db.example/x?password=secret", "x")))
                .isInstanceOf(FormsUnavailableException.class).hasMessageContaining("jdbc:postgresql://host:5432/database")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aUserWithoutTheRightToMakeTablesUsesThoseThatAreThere() throws Exception {
        deliver(open(one), form(1, 11));
        postgres.execute("drop role if exists plain; create role plain login password '" + Postgres.PASSWORD + "'; grant "
                + "select, insert, update, delete on gtm_delivered_forms, gtm_delivered_destinations to plain");
        FormMemory plain = new TableMemory(new TableSettings(postgres.url(), "plain", () -> Postgres.PASSWORD, LONGEST),
                directory.resolve("plain"));
        opened.add(plain);

        deliver(open(plain), form(2, 22));
        assertThat(known(open(one), 2)).isEqualTo(22);
    }
}
