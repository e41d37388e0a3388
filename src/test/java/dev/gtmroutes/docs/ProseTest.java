package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** README and docs are written in plain technical English: each pattern below is a habit that makes sentences hard to read. */
class ProseTest {

    /** @param instead what to write */
    private record Habit(Pattern pattern, String instead) {

        static Habit of(String regex, String instead) {
            return new Habit(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), instead);
        }
    }

    private static final List<Habit> HABITS = List.of(
            Habit.of("\\bneeded\\b", "say who needs it, or 'required'"),
            Habit.of("\\bas usual\\b", "name the default"),
            Habit.of("\\bfor ever\\b", "until …, or 'permanently'"),
            Habit.of("\\b(take|takes|taken|took) (it|them|this|that) away\\b", "remove"),
            Habit.of("\\b(somebody|nobody|whoever)\\b", "name the actor"),
            Habit.of("\\bis, is\\b", "make the actor the subject"),
            Habit.of("\\bof these\\b", "say the noun"),
            Habit.of("\\bthose of others\\b", "say the noun"),
            Habit.of("\\bunder way\\b", "in flight"),
            Habit.of("\\bchunks?\\b", "input"),
            Habit.of("\\banswered well\\b", "succeeded"),
            Habit.of("(?:^|[.!?:] |\\| |\\*\\*)What\\b(?! to\\b)[^?.!|:]*\\.(?: |$)", "begin with the subject, not with a clause"));

    @Test
    void noPageHasAHabitThatMakesSentencesHardToRead() throws IOException {
        List<String> found = new ArrayList<>();
        for (Page page : Page.all()) {
            List<Paragraph> paragraphs = paragraphs(page);
            for (Paragraph paragraph : paragraphs) {
                for (String problem : problems(paragraph.text)) {
                    found.add(page + ":" + paragraph.line + ": " + problem);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"What Kafka refuses goes to the dead letters.", "The file moves. What is new stays.",
            "Two failed, of these one was held.", "Somebody resumes it.", "A password is needed.", "Requests under way finish."})
    void habitsAreFound(String sentence) {
        assertThat(problems(sentence)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"What is guaranteed", "What does a 429 mean?", "The page says what to do.",
            "| What does a 429 mean? | the table |"})
    void plainSentencesPass(String sentence) {
        assertThat(problems(sentence)).isEmpty();
    }

    private static List<String> problems(String text) {
        List<String> problems = new ArrayList<>();
        for (Habit habit : HABITS) {
            Matcher match = habit.pattern.matcher(text);
            if (match.find()) {
                problems.add("'" + match.group().strip() + "': " + habit.instead);
            }
        }
        return problems;
    }

    private record Paragraph(int line, String text) {
    }

    /** Lines that belong together as one text: a sentence may go on in the next line. */
    private static List<Paragraph> paragraphs(Page page) {
        List<Paragraph> paragraphs = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int begun = 1;
        List<String> lines = page.sentences();
        for (int i = 0; i <= lines.size(); i++) {
            String line = i < lines.size() ? lines.get(i).strip() : "";
            boolean ends = line.isEmpty() || line.matches("(\\||- |#|\\d+\\. ).*");
            if (ends && !text.isEmpty()) {
                paragraphs.add(new Paragraph(begun, text.toString()));
                text.setLength(0);
            }
            if (text.isEmpty()) {
                begun = i + 1;
            }
            text.append(text.isEmpty() || line.isEmpty() ? "" : " ").append(line.replaceFirst("^(- |#+ |\\d+\\. )", ""));
        }
        return paragraphs;
    }
}
