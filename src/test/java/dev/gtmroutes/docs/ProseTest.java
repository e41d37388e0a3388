// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** README and docs are written in plain technical English. */
class ProseTest {

    @Test
    void noPageHasAHabitThatMakesSentencesHardToRead() throws IOException {
        List<String> found = new ArrayList<>();
        for (Page page : Page.all()) {
            List<Paragraph> paragraphs = paragraphs(page);
            for (Paragraph paragraph : paragraphs) {
                for (String problem : Habits.in(paragraph.text)) {
                    found.add(page + ":" + paragraph.line + ": " + problem);
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"What Kafka refuses goes to the dead letters.", "The file moves. What is new stays.",
            "Two failed, of these one was held.", "Somebody resumes it.", "A password is needed.",
            "Requests under way finish.", "This is no list.", "Remove it for good.", "Lets a flow go on."})
    void habitsAreFound(String sentence) {
        assertThat(Habits.in(sentence)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"What is guaranteed", "What does a 429 mean?", "The page says what to do.",
            "| What does a 429 mean? | the table |"})
    void plainSentencesPass(String sentence) {
        assertThat(Habits.in(sentence)).isEmpty();
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
