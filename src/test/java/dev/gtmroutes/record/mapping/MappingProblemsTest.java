// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each mistake is told with its place and with what to do. */
class MappingProblemsTest {

    private static Arguments at(int column, String line, String... said) {
        return Arguments.of(column, line, List.of(said));
    }

    static List<Arguments> mistakes() {
        return List.of(
                at(10, "duration {minutes}", "write = between the target and its value"),
                at(15, "duration: call", "write = between"),
                at(11, "duration =", "the right side is empty", "\"\" for an empty text"),
                at(11, "duration =   ", "the right side is empty"),
                at(1, "= {minutes}", "the name of an attribute is missing in the target"),
                at(8, "owner. = {x}", "the name of an attribute is missing in the target"),
                at(1, "{owner} = {x}", "a target has no braces"),
                at(11, "duration == {x}", "write one = only"),
                at(2, "a[0] = {x}", "write [] without anything in it"),
                at(6, "a[].b[] = {x}", "[] once at most"),
                at(1, "\"a = {x}", "not closed"),
                at(5, "a = {x", "this brace is not closed"),
                at(8, "a = b x}", "this brace closes nothing"),
                at(5, "a = {{x}}", "write single braces"),
                at(6, "a = {:number}", "the name of an attribute is missing"),
                at(8, "a = {x.}", "the name of an attribute is missing"),
                at(6, "a = {*}", "{*} stands for the whole record in a body only"),
                at(6, "a = {tags[]}", "without brackets"),
                at(6, "a = {tags[0]}", "without brackets"),
                at(8, "a = {x:numbr}", "'numbr' is not a type: did you mean number?"),
                at(8, "a = {x:Int}", "did you mean number?"),
                at(8, "a = {x:string}", "did you mean text?"),
                at(8, "a = {x:zzzzzzzz}", "Types are number, boolean, json, text, datetime, epoch, list"),
                at(8, "a = {x:}", "the type is missing behind the colon"),
                at(15, "a = {x:number +1}", "only * or / and a number"),
                at(14, "a = {x:number/0}", "cannot be divided by 0"),
                at(13, "a = {x:text 5}", "behind text, only | or } can stand"),
                at(15, "a = {x:number|abc}", "the default is not a number"),
                at(17, "a = {x:datetime|soon}", "the default is "),
                at(8, "a = {x|{y}}", "a default is a constant and contains no braces"),
                at(17, "a = {x:datetime Europe/Berln}", "'Europe/Berln' is not a time zone: did you mean Europe/Berlin?"),
                at(17, "a = {x:datetime dd.MM.YYYY UTC}", "Write yyyy"),
                at(17, "a = {x:datetime DD.MM.yyyy UTC}", "Write dd"),
                at(17, "a = {x:datetime dd.MM.yyyy hh:mm UTC}", "Write HH for hours from 0 to 23"),
                at(17, "a = {x:datetime dd.MM.yyyy HH:MM UTC}", "minutes are mm"),
                at(17, "a = {x:datetime HH:mm UTC}", "it requires yyyy, MM and dd"),
                at(17, "a = {x:datetime dd.MM.yyyy HH:mm}", "have no time zone", "HH:mm Europe/Berlin"),
                at(17, "a = {x:datetime dd.MM.yyyy T HH UTC}", "cannot be used"),
                at(5, "a = \"Call with {name}\"", "Remove the quotes, or write \\u007b"),
                at(5, "a = {\"b\": \"{name}\"}", "Write a line of its own for each value"),
                at(5, "a = {\"b\": 1, \"b\": 2}", "a name twice"),
                at(12, "a = \"Call\" {name}", "the quotes hold a part of the right side only"),
                at(5, "a = \"Call", "not closed"),
                at(5, "a = 'Call'", "use double quotes"),
                at(5, "a = [{x}, {y}]", "write [] behind the target"),
                at(5, "a = {\"b\": {c}}", "not a JSON object"),
                at(8, "a = {x},", "a line ends without a comma"),
                at(6, "a = 5;", "a line ends without a comma"),
                at(9, "a = {x} # the x", "a comment stands on a line of its own"),
                at(9, "a = \"x\" # the x", "a comment stands on a line of its own"),
                at(5, "a = {Minutes}*60", "this makes a text. To calculate, write {Minutes:number*60}. For a text, write "
                        + "{Minutes:text}*60"),
                at(5, "a = {Minutes:number|0} / 2.5", "{Minutes:number/2.5}", "{Minutes:text} / 2.5"),
                at(5, "a = 60 * { Minutes }", "{Minutes:number*60}", "60 * {Minutes:text}"),
                at(5, "a = {n} + 1", "does not add and subtract", "{n:text} + 1"),
                at(5, "a = {n} - 1", "does not add and subtract"),
                at(8, "a = {x|0:number}", "the type stands before the default: {x:number|0}", "in double quotes"),
                at(8, "a = {x|0:number*60}", "{x:number*60|0}"),
                at(8, "a = {x|:datetime dd.MM.yyyy UTC}", "{x:datetime dd.MM.yyyy UTC|}"),
                at(17, "a = {x:datetime dd.MM.yyyy EST}", "'EST' is not a time zone", "America/New_York"),
                at(14, "a = {x:epoch PDT}", "'PDT' is not a time zone", "America/Los_Angeles"),
                at(7, "é😀x = {x", "not closed"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeHasAPlace(int column, String line, List<String> said) {
        assertThat(Mapping.problems("ok = {x}\n" + line + "\n\n# fine")).hasSize(1).allSatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.message()).as(line).contains(said).hasSizeLessThan(260).doesNotContain("\n")
                    .doesNotEndWith(".");
            assertThat(problem.column()).as(line + ": " + problem.message()).isEqualTo(column);
        });
    }

    @Test
    void textsThatLookLikeACalculationOrATypeAreTakenWhereTheyCanBeNothingElse() {
        assertThat(Mapping.problems("""
                a = {x:text}*60
                b = {x}-1
                c = {x}*{y}
                d = {x|"0:number"}
                e = "2 * 3"
                f = {x|10:30}
                g = {x} * 60 apples
                h = {x|note: texts}
                """)).isEmpty();
    }

    static List<Arguments> conflicts() {
        return List.of(Arguments.of("a = 1", "a = 2"), Arguments.of("a = 1", "a.b = 2"), Arguments.of("a.b = 1", "a = 2"),
                Arguments.of("a[] = 1", "a = 2"), Arguments.of("a = 1", "a[] = 2"), Arguments.of("a[] = 1", "a[].b = 2"),
                Arguments.of("a[].b = 1", "a[] = 2"), Arguments.of("a.b = 1", "a[].b = 2"),
                Arguments.of("a[].b = 1", "a.b = 2"),
                Arguments.of("a[].b = 1", "a[].b.c = 2"), Arguments.of("a[].b.c = 1", "a[].b = 2"),
                Arguments.of("x.a[].b = 1", "x.a = 2"), Arguments.of("x.a[].b = 1", "x = 2"),
                Arguments.of("a.b = 1", "a.b = 2"));
    }

    @ParameterizedTest
    @MethodSource("conflicts")
    void twoLinesForOnePlaceAreRefused(String one, String other) {
        assertThat(Mapping.problems(one + "\n  " + other)).hasSize(1).allSatisfy(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.column()).isEqualTo(3);
            assertThat(problem.message()).startsWith("line 1 assigns ").contains("Remove one of the two lines");
        });
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThatThrownBy(() -> Mapping.of("a = {x:int}\nb = {y}\nc", true)).isInstanceOf(MappingException.class)
                .hasMessage(
                        "line 1, column 8: 'int' is not a type: did you mean number?; line 3, column 2: write = between the "
                                + "target and its value, such as duration = {minutes:number}");
    }

    @ParameterizedTest
    @CsvSource({"a = {x|number}, {x:number}", "a = {x | datetime}, {x :datetime}", "a = {x|number*60}, {x:number*60}",
            "a = \"{x|list} and more\", ''", "a = {x|\"number\"}, ''", "a = {x:number|0}, ''", "a = {x|numbers}, ''",
            "a = {x:text|number}, ''"})
    void aDefaultThatIsTheNameOfATypeIsProbablyMeantAsTheType(String line, String fix) {
        List<MappingProblem> advice = Mapping.advice("# One\n" + line);

        assertThat(advice).extracting(MappingProblem::fix).isEqualTo(fix.isEmpty() ? List.of() : List.of(fix));
        assertThat(advice).allSatisfy(each -> assertThat(each.toString()).startsWith("line 2, column ")
                .contains(" is a default; to convert, write {x:"));
    }
}
