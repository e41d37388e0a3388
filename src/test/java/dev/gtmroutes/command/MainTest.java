// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments that make no sense, and help. What commands do is seen in the packaged program. */
class MainTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Main.run(List.of(arguments), new Terminal(new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            start                                                    | there is no command 'start'. Commands: dead-letters
            dead-letters                                             | say what to do: list, show, edit, replay or discard
            dead-letters lst                                         | dead-letters has no 'lst'. Write list, show
            dead-letters list a b                                    | list takes at most one flow
            dead-letters list --all                                  | this command has no option --all
            dead-letters list --since                                | --since has no value
            dead-letters replay calls --reason=                      | --reason has no value
            dead-letters list --since=yesterday                      | --since is 'yesterday'. Write a time such as
            dead-letters list --since 2026-02-31                     | --since is '2026-02-31'. Write a time such as
            dead-letters list --state done                           | --state is 'done'. Write held or rejected
            dead-letters list --reason a --reason b                  | --reason is given twice
            dead-letters show                                        | give a flow
            dead-letters show calls 17                               | '17' is not the id of a dead letter. An id looks like
            dead-letters show calls 2026-01-31/0                     | '2026-01-31/0' is not the id of a dead letter
            dead-letters show calls 2026-01-31/1 --reason x          | give either ids or filters (--reason, --since, \
            --state, --request, --key)
            dead-letters edit calls                                  | edit takes a flow and one id
            dead-letters edit calls 2026-01-31/1 2026-01-31/2        | edit takes a flow and one id
            dead-letters replay calls                                | replay requires ids, or filters (--reason, --since, \
            --state, --request, --key)
            dead-letters replay calls --held                         | replay requires ids, or filters (--reason, --since, \
            --state, --request, --key)
            dead-letters replay calls --all --state held             | replay requires ids, or filters (--reason, --since, \
            --state, --request, --key)
            dead-letters discard calls                               | discard requires ids, or filters (--reason, --since, \
            --state, --request, --key)
            dead-letters discard calls --held                        | this command has no option --held
            exports --all                                            | exports takes only names of flows
            validate --all                                           | validate takes at most one folder
            validate routes more                                     | validate takes at most one folder
            catalogue --all                                          | catalogue takes at most one file
            catalogue a.yaml b.yaml                                  | catalogue takes at most one file
            """)
    void whatMakesNoSenseIsToldInOneLine(String arguments, String start) {
        assertThat(run(arguments.split(" +"))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith(start).hasLineCount(1);
        assertThat(out.size()).isZero();
    }

    @Test
    void deadLettersInATopicAreSaidToBeThere() {
        System.setProperty("gtm.dead-letters.topic", "letters");
        try {
            assertThat(run("dead-letters", "list")).isZero();
        } finally {
            System.clearProperty("gtm.dead-letters.topic");
        }
        assertThat(err.toString(UTF_8)).startsWith("Dead letters are in the Kafka topic letters").hasLineCount(1);
    }

    @Test
    void aFlowWithoutAFileTakesNoReplay(@TempDir Path directory) throws IOException {
        Path letters = Files.createDirectories(directory.resolve("data/dead-letters/gone"));
        Files.writeString(letters.resolve("2026-01-02.ndjson"), "damaged\n");
        Files.createDirectories(directory.resolve("data/inbox/gone"));
        Path flows = Files.createDirectories(directory.resolve("routes/flows"));
        System.setProperty("gtm.data", directory.resolve("data").toString());
        System.setProperty("gtm.routes", directory.resolve("routes").toString());
        try {
            assertThat(run("dead-letters", "replay", "gone", "--all")).isEqualTo(1);
            assertThat(err.toString(UTF_8)).startsWith("the flow gone does not exist any more, so the program cannot send "
                    + "its records. Create a flow with this name, or discard").hasLineCount(1);

            err.reset();
            Files.writeString(flows.resolve("many.yaml"), "- route: {id: gone}\n");
            assertThat(run("dead-letters", "replay", "gone", "--all")).isEqualTo(1);
            assertThat(err.toString(UTF_8)).startsWith("2026-01-02/1: ").hasLineCount(1);
        } finally {
            System.clearProperty("gtm.data");
            System.clearProperty("gtm.routes");
        }
    }

    /** An option starts the flows, and {@code --help} must not. */
    @ParameterizedTest
    @ValueSource(strings = {"help", "--help", "-h"})
    void helpListsTheCommandsAndStartsNothing(String help) {
        assertThat(run(help)).isZero();
        assertThat(out.toString(UTF_8))
                .startsWith("Commands: dead-letters, exports, only-changed, validate, catalogue, demo")
                .hasLineCount(1);
        assertThat(err.size()).isZero();
    }

    @Test
    void helpTellsOfEachCommand() {
        assertThat(run("dead-letters", "help")).isZero();
        assertThat(out.toString(UTF_8)).contains("list", "show", "edit", "replay", "discard", "--held", "--records");
        assertThat(err.size()).isZero();
    }
}
