// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code validate} as a CI runs it, and beside the running program. */
class ValidateIT {

    @TempDir
    Path directory;

    @Test
    void mistakesAreToldWithoutACredentialAndWithoutAnyTraceOfTheCheck() throws Exception {
        try (Program program = Program.in(directory).recorded()) {
            Program.Ended good = program.run("validate");
            Path flows = directory.resolve("routes/flows");
            Files.writeString(flows.resolve("broken.yaml"), Files.readString(flows.resolve("calls.yaml"))
                    .replace("flow: calls", "flaw: calls"));
            Program.Ended bad = program.run("validate", "routes");

            assertThat(good.status()).as(good.out() + good.err()).isZero();
            assertThat(good.out().lines()).hasSize(2).first().asString()
                    .endsWith("people-ai.access-token, people-ai.api-key, people-ai.client-id, people-ai.client-secret");
            assertThat(bad.status()).isEqualTo(1);
            assertThat(bad.out().lines()).anyMatch(each -> each.matches("routes/flows/broken\\.yaml:\\d+: .*flaw.*"));
            assertThat(good.err() + bad.err()).isEmpty();
            assertThat(directory.resolve("data")).doesNotExist();
        }
    }

    @Test
    void aSettingThatCannotHaveItsValueIsToldInTheSameWordsByTheCheckAndByTheStart() throws Exception {
        String told = "gtm.request-timeout: 'banana' is not a duration. Enter a duration such as 30s, 15m, 24h or 7d.";
        try (Program program = Program.in(directory).env("GTM_REQUEST_TIMEOUT", "banana")
                .env("PEOPLE_AI_API_KEY", "some-key-4f1d")) {
            Program.Ended ended = program.run("validate");
            int status = program.start().awaitExit();

            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.out().lines()).contains("routes/flows/calls.yaml: " + told);
            assertThat(ended.err()).isEmpty();
            assertThat(status).isEqualTo(1);
            assertThat(program.output()).filteredOn(each -> each.equals("Not started: " + told)).hasSize(1);
            assertThat(program.output()).noneMatch(each -> each.matches("^\\s+at .*|.*Caused by:.*|.*Error binding.*"));
        }
    }

    @Test
    void itWorksWhileTheProgramRunsOnTheSamePortsAndTheSameData() throws Exception {
        try (Program program = Program.in(directory).env("PEOPLE_AI_API_KEY", "some-key-4f1d")) {
            program.start().awaitStarted();
            Program.Ended ended = program.run("validate");

            assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
            assertThat(ended.out()).isEqualTo("2 files of flows and 0 Kamelets checked: no findings\n");
            assertThat(ended.err()).isEmpty();
            assertThat(program.isAlive()).isTrue();
        }
    }
}
