// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.mapping.MappingLine.Kind;
import dev.gtmroutes.record.mapping.value.RunValues;
import dev.gtmroutes.record.read.RecordSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MappingTrialTest {

    private static final Pattern BLOCK = Pattern.compile("( *)map: \\|\\s*\n((?:\\1 +.*\n|\\s*\n)+)");

    private static SourceRecord record(String json) {
        return new SourceRecord(json.getBytes(StandardCharsets.UTF_8), 0, 3, null);
    }

    @Test
    void eachLineIsWhatItLooksLike() {
        assertThat(MappingTrial.of("""
                # Calls
                a = {x}

                b.c = { "a.b: c" }
                tags[] = "5"
                d = call
                e = {x:number}
                f = Call with {x}
                g = {x|drop}
                h = {now}
                i = {x
                no target""").lines()).extracting(each -> each.kind() + " " + each.target() + " " + each.source())
                .containsExactly("COMMENT  ", "ATTRIBUTE a x", "BLANK  ", "ATTRIBUTE b.c a.b: c", "CONSTANT tags[] ",
                        "CONSTANT d ", "EXPRESSION e ", "EXPRESSION f ", "EXPRESSION g ", "EXPRESSION h ",
                        "EXPRESSION i ", "UNREADABLE  ");
    }

    @Test
    void linesAreTriedOneByOneAlsoBesideMistakes() {
        MappingTrial trial = MappingTrial.of("a = {x:number}\nb = {y:numbr}\nc = {z}\nd = {people.email}\na = 1");
        assertThat(trial.results(record("{\"x\": \"12m\", \"people\": [{\"email\": \"a@b.example\"}]}"), RunValues.NONE,
                RecordSize.DEFAULT)).containsExactly(
                        new MappingTrial.Result(1, null, "\"12m\"",
                                "the attribute x, from which the mapping makes a, is not a "
                                        + "number such as 12 or 1.5"),
                        new MappingTrial.Result(3, null, null, ""),
                        new MappingTrial.Result(4, "[\"a@b.example\"]", "[\"a@b.example\"]", ""));
        assertThat(trial.lines().get(4).problem().message()).startsWith("line 1 assigns a already");
    }

    /** The delivery makes the same of it. */
    @Test
    void resultsAreThoseOfTheMapping() throws Exception {
        String text = "a = {x:number*60}\nb = {y|none}\nc = Call {x}\nd = {s:datetime Europe/Berlin}";
        SourceRecord record = record("{\"x\":\"1.50\",\"s\":\"2026-04-03 14:30\"}");
        String mapped = MappingTrial.of(text).results(record, RunValues.NONE, RecordSize.DEFAULT).stream()
                .map(each -> "\"" + "abcd".charAt(each.line() - 1) + "\":" + each.json())
                .collect(Collectors.joining(",", "{", "}"));
        assertThat(new String(Mapping.of(text, false).apply(record, RunValues.NONE, RecordSize.DEFAULT),
                StandardCharsets.UTF_8)).isEqualTo(mapped);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', quoteCharacter = '`', value = {
            "{x:numbr}!{x:number}", "{x:int|0}!{x:number|0}", "{x:timestamp Europe/Berlin}!{x:epoch Europe/Berlin}",
            "{minutes}*60!{minutes:number*60}", "60 * {minutes}!{minutes:number*60}", "{{x}}!{x}", "'call'!\"call\"",
            "{x},!{x}", "{x};!{x}", "{x} + 1!``", "{x!``", "[{x}]!``"})
    void whereAFixIsPlainItIsKnown(String value, String fix) {
        MappingProblem problem = Mapping.problems("target = " + value).get(0);
        assertThat(problem.fix()).isEqualTo(fix);
        if (!fix.isEmpty()) {
            assertThat(Mapping.problems("target = " + fix)).isEmpty();
        }
    }

    static Stream<String> mappings() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String folder : List.of("examples", "docs", "routes", "src/test")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path each : files.filter(file -> file.toString().matches(".*\\.(yaml|md|java)")).toList()) {
                    Matcher block = BLOCK.matcher(Files.readString(each));
                    while (block.find()) {
                        texts.add(block.group(2).stripIndent());
                    }
                }
            }
        }
        assertThat(texts).hasSizeGreaterThan(5);
        return texts.stream();
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void rowsOfTheMappingsHereAreTheirText(String text) {
        assertSame(text);
    }

    @Test
    void rowsOfAnyTextAreTheText() {
        Random random = new Random(7);
        String[] parts = {"a", "b.c", "tags[]", "\"a.b\"", " = ", "=", "{x}", "{x:number}", "{", "}", "\"", "5", "# note",
                "\n", "\n", "  ", "\t", "ü😀", "|0}", "{\"q\\\"\"}", "\u00a0", "[1, 2]", ","};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(25); j > 0; j--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            assertSame(text.toString());
        }
    }

    private static void assertSame(String text) {
        List<MappingLine> lines = MappingTrial.of(text).lines();
        assertThat(lines.stream().map(MappingLine::text).collect(Collectors.joining("\n"))).isEqualTo(text);
        for (MappingLine each : lines) {
            String put = each.text().substring(0, each.valueAt()) + each.value();
            assertThat(each.text()).as(text).startsWith(put);
            assertThat(each.text().substring(put.length()).replace('\u00a0', ' ')).as(text).isBlank();
            if (each.kind() == Kind.BLANK || each.kind() == Kind.COMMENT) {
                assertThat(each.problem()).isNull();
            }
        }
        assertThat(lines.stream().filter(each -> each.problem() != null).map(MappingLine::problem))
                .isEqualTo(Mapping.problems(text));
    }
}
