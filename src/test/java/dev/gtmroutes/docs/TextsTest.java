// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of the console, log lines, errors, Kamelets and comments of settings are as plain as the docs. */
class TextsTest {

    private static final Pattern STRINGS = Pattern.compile("\"\"\"\\R(?<block>(?s:.*?))\"\"\""
            + "|(?<joined>\"(?:\\\\.|[^\"\\\\\\n])*\"(?:\\s*\\+\\s*\"(?:\\\\.|[^\"\\\\\\n])*\")*)"
            + "|'(?:\\\\.|[^'\\\\\\n])+'|//[^\\n]*|/\\*(?s:.*?)\\*/");
    private static final Pattern TITLE = Pattern.compile(
            "title: (?<title>.+?)(?:, |\\R\\s*)description: (?:>-|\\|-)?\\s*\"?(?<description>[^\\n\"]+)");

    @Test
    void noTextOfThePagesHasAHabit() throws IOException {
        check("src/main/resources/templates", ".html", html -> List.of(html.replaceAll("(?s)\\{!.*?!}", " ")
                .replaceAll("\\{[^{}]*}", "‘x’")
                .replaceAll("</(p|h\\d|th|td|li|dt|dd|small|label|button|option|summary)>", "\n")
                .replaceAll("<[^>]*?(?:placeholder|aria-label)=\"([^\"]*)\"[^>]*>", "$1").replaceAll("<[^>]*>", " ")
                .split("\\n")));
    }

    @Test
    void noKameletAndNoFlowHasAHabit() throws IOException {
        check("routes", ".yaml", TextsTest::yaml);
        check("src/main/resources/catalogue", ".txt", TextsTest::yaml);
        check("examples", ".yaml", TextsTest::yaml);
    }

    @Test
    void noFileForDeploymentHasAHabit() throws IOException {
        check("deploy", ".yaml", TextsTest::yaml);
        check("deploy", ".json", TextsTest::strings);
    }

    @Test
    void noCommentOfASettingHasAHabit() throws IOException {
        check("application.properties", ".properties", TextsTest::yaml);
        check("src/main/resources/demo", ".properties", TextsTest::yaml);
    }

    @Test
    void noTextInTheCodeHasAHabit() throws IOException {
        check("src/main/java", ".java", TextsTest::strings);
    }

    @Test
    void noDescriptionRepeatsItsTitle() throws IOException {
        List<String> found = new ArrayList<>();
        for (Map.Entry<Path, String> file : files("routes", ".yaml").entrySet()) {
            Matcher each = TITLE.matcher(file.getValue());
            while (each.find()) {
                if (repeats(each.group("title"), each.group("description"))) {
                    found.add(file.getKey() + ": " + each.group("title") + ": " + each.group("description"));
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"throw new X(\"it is\" + name + \" as usual\");", "LOG.warn(\"what is \"\n        + \"needed\");",
                    "String help = \"\"\"\n    held: nobody knows\n    \"\"\";",
                    "char quote = '\"'; String a = \"it is no number\";"})
    void habitsInTheCodeAreFound(String code) {
        assertThat(strings(code).stream().flatMap(each -> Habits.in(each).stream())).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/** Nobody knows. */", "String key = \"needed\";",
            "// as usual, nobody knows\nString a = \"a text\";"})
    void codeThatIsNoTextPasses(String code) {
        assertThat(strings(code).stream().flatMap(each -> Habits.in(each).stream())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';',
            value = {"Topic; The topic.; true", "Topic; Name of the topic that receives messages.; false",
                    "Data Directory; The directory of the data.; true"})
    void aDescriptionThatRepeatsItsTitleIsFound(String title, String description, boolean repeats) {
        assertThat(repeats(title, description)).isEqualTo(repeats);
    }

    private static boolean repeats(String title, String description) {
        List<String> known = List.of(title.toLowerCase(Locale.ROOT).split("\\W+"));
        return Stream.of(description.toLowerCase(Locale.ROOT).split("\\W+"))
                .allMatch(word -> known.contains(word) || List.of("the", "a", "an", "of", "for", "").contains(word));
    }

    private interface Texts {
        List<String> in(String content);
    }

    private static void check(String folder, String ending, Texts texts) throws IOException {
        List<String> found = new ArrayList<>();
        Map<Path, String> files = files(folder, ending);
        assertThat(files).isNotEmpty();
        files.forEach((file, content) -> texts.in(content).forEach(text -> Habits.in(text.strip())
                .forEach(problem -> found.add(file + ": " + problem + ", in: " + text.strip()))));
        assertThat(found).isEmpty();
    }

    private static Map<Path, String> files(String folder, String ending) throws IOException {
        Map<Path, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(Path.of(folder))) {
            for (Path each : all.filter(path -> path.toString().endsWith(ending)).toList()) {
                files.put(each, Files.readString(each));
            }
        }
        return files;
    }

    /** Comments and values: lines that may be parts of one sentence are one text. */
    private static List<String> yaml(String content) {
        return List.of(
                content.replaceAll("(?m)^\\s*#+ ?", "").replaceAll("\\n\\s*(?=[\\p{L}(])(?!\\S*[:=])", " ").split("\\n"));
    }

    /** The string literals that are texts, without the expressions between them. */
    private static List<String> strings(String code) {
        return STRINGS.matcher(code).results().map(TextsTest::text).filter(each -> each.contains(" ")).toList();
    }

    private static String text(MatchResult literal) {
        Matcher parts = STRINGS.matcher(literal.group());
        parts.matches();
        if (parts.group("block") != null) {
            return parts.group("block");
        }
        return parts.group("joined") == null ? "" : Stream.of(parts.group("joined").split("\"\\s*\\+\\s*\""))
                .collect(Collectors.joining()).replaceAll("^\"|\"$", "");
    }
}
