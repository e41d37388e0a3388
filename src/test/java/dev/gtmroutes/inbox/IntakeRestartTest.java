// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.gtmroutes.inbox.arrival.BodyFormat;
import dev.gtmroutes.inbox.arrival.Intake;
import dev.gtmroutes.inbox.arrival.IntakeRefused.Reason;
import dev.gtmroutes.inbox.arrival.IntakeSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an intake leaves behind, and what the next one makes of it. */
class IntakeRestartTest extends IntakeFixture {

    @Test
    void closingHandsTheOpenFileOn() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        intake.close();

        assertThat(visibleText()).containsExactly("{\"id\":1}\n");
        assertThat(openFile()).doesNotExist();
        assertThat(refusal("{\"id\":2}")).isEqualTo(Reason.CLOSED);
        assertThat(refusal(LARGE)).isEqualTo(Reason.CLOSED);
    }

    @Test
    void closingStopsTheThreads() throws Exception {
        open(NEVER, NEVER);
        intake.take("closing", BodyFormat.JSON, stream("{}"));
        assertThat(Thread.getAllStackTraces().keySet()).filteredOn(Thread::getName, "intake-closing")
                .singleElement().satisfies(thread -> assertThat(thread.isDaemon()).isTrue());
        intake.close();
        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> thread.getName().equals("intake-closing"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 8191, 8192, 8193, 20_000})
    void aTornLastLineIsCutAtTheStart(int torn) throws Exception {
        Path hidden = Files.createDirectories(inbox.resolve("calls/.intake"));
        Files.writeString(hidden.resolve("open.ndjson"), lines(0, 2) + "x".repeat(torn));
        open(NEVER, NEVER);
        assertThat(visibleText()).containsExactly(lines(0, 2));
        assertThat(hidden()).isEmpty();
    }

    @Test
    void whatWasNeverAnsweredIsDeletedAtTheStart() throws Exception {
        Path hidden = Files.createDirectories(inbox.resolve("calls/.intake"));
        Files.writeString(hidden.resolve("open.ndjson"), "{\"id\":");
        Files.writeString(hidden.resolve("abc.part"), LARGE);
        open(NEVER, NEVER);
        assertThat(visible()).isEmpty();
        assertThat(hidden()).isEmpty();
    }

    @Test
    void anInboxHasOneOwner() throws Exception {
        open(NEVER, NEVER);
        take("{\"id\":1}");
        assertThatThrownBy(() -> new Intake(inbox, new IntakeSettings(100, NEVER, NEVER), disk))
                .isInstanceOf(IOException.class).hasMessageContaining("gtm.data");
        take("{\"id\":2}");
        intake.close();
        open(NEVER, NEVER);
        assertThat(visibleText()).containsExactly("{\"id\":1}\n{\"id\":2}\n");
    }
}
