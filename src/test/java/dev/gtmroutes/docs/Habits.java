// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Habits that make sentences hard to read, in docs and in texts of the program. */
final class Habits {

    /** @param instead what to write */
    private record Habit(Pattern pattern, String instead) {

        static Habit of(String regex, String instead) {
            return new Habit(Pattern.compile(regex, Pattern.CASE_INSENSITIVE), instead);
        }
    }

    private static final List<Habit> ALL = List.of(
            Habit.of("\\bneeded\\b", "say who needs it, or 'required'"),
            Habit.of("\\bas usual\\b", "name the default"),
            Habit.of("\\bfor (ever|good)\\b", "until …, or 'permanently'"),
            Habit.of("\\b(take|takes|taken|took) (it|them|this|that) away\\b", "remove"),
            Habit.of("\\b(somebody|nobody|whoever)\\b", "name the actor"),
            Habit.of("\\bwhatever\\b", "name the cases"),
            Habit.of("\\bis, is\\b", "make the actor the subject"),
            Habit.of("\\bof these\\b(?! [a-z]{3,}s\\b)", "say the noun"),
            Habit.of("\\bthose of others\\b", "say the noun"),
            Habit.of("\\bunder way\\b", "in flight"),
            Habit.of("\\bchunks?\\b", "input"),
            Habit.of("\\banswered well\\b", "succeeded"),
            Habit.of("(?<!\\bthere )\\b(is|are) no (?!longer\\b)", "is not a …"),
            Habit.of("\\bno such\\b", "there is no … with this name"),
            Habit.of("\\b(be it|may well)\\b", "may, or a list"),
            Habit.of("\\blets? (it|a|an|the|them|go)\\b", "the verb itself, such as 'starts'"),
            Habit.of("\\bmend(s|ed)?\\b", "correct"),
            Habit.of("\\b(begins?|writes?|write|orders?|ordered|shown) [\\w ]{0,20}\\banew\\b", "again"),
            Habit.of("(?:^|[.!?:] |\\| |\\*\\*)What\\b(?! to\\b)[^?.!|:]*\\.(?: |$)",
                    "begin with the subject, not with a clause"));

    private Habits() {
    }

    /** @return each habit in a text, and what to write */
    static List<String> in(String text) {
        List<String> problems = new ArrayList<>();
        for (Habit habit : ALL) {
            Matcher match = habit.pattern.matcher(text);
            if (match.find()) {
                problems.add("'" + match.group().strip() + "': " + habit.instead);
            }
        }
        return problems;
    }
}
