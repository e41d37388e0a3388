package dev.gtmroutes.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            start                                                    | there is no command 'start'; there are: dead-letters
            dead-letters                                             | list, show, edit, replay or discard?
            dead-letters lst                                         | dead-letters has no 'lst'; it has list, show
            dead-letters list a b                                    | list takes one flow
            dead-letters list --all                                  | there is no option --all here
            dead-letters list --since                                | --since has no value
            dead-letters replay calls --reason=                      | --reason has no value
            dead-letters list --since=yesterday                      | --since is 'yesterday'; it has to be like
            dead-letters list --since 2026-02-31                     | --since is '2026-02-31'; it has to be like
            dead-letters list --state done                           | --state is 'done'; it has to be held or rejected
            dead-letters list --reason a --reason b                  | --reason is given twice
            dead-letters show                                        | which flow?
            dead-letters show calls 17                               | '17' is not the id of a dead letter; one looks like
            dead-letters show calls 2026-01-31/0                     | '2026-01-31/0' is not the id of a dead letter
            dead-letters show calls 2026-01-31/1 --reason x          | give either ids, or --reason, --since and --state
            dead-letters edit calls                                  | edit takes a flow and one id
            dead-letters edit calls 2026-01-31/1 2026-01-31/2        | edit takes a flow and one id
            dead-letters replay calls                                | replay takes ids, or --reason, --since and --state
            dead-letters replay calls --held                         | replay takes ids, or --reason, --since and --state
            dead-letters replay calls --all --state held             | replay takes ids, or --reason, --since and --state
            dead-letters discard calls                               | discard takes ids, or --reason, --since and --state
            dead-letters discard calls --held                        | there is no option --held here
            exports --all                                            | exports takes flows only
            validate --all                                           | validate takes one folder at most
            validate routes more                                     | validate takes one folder at most
            catalogue --all                                          | catalogue takes one file at most
            catalogue a.yaml b.yaml                                  | catalogue takes one file at most
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
    void helpTellsOfEachCommand() {
        assertThat(run("dead-letters", "help")).isZero();
        assertThat(out.toString(UTF_8)).contains("list", "show", "edit", "replay", "discard", "--held", "--records");
        assertThat(err.size()).isZero();
    }
}
