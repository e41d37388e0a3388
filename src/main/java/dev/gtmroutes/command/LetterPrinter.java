// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.FlowLetters;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.Letters;

/** All that is known of dead letters, or nothing but their records. */
final class LetterPrinter {

    private static final String LINE = "  %-12s %s";

    private final Terminal console;

    LetterPrinter(Terminal console) {
        this.console = console;
    }

    /**
     * @param  records only the records, for another program
     * @return         whether all were shown that were asked for
     */
    boolean show(FlowLetters flow, DeadLetterSelection choice, boolean records) throws IOException {
        boolean all = true;
        Set<LetterId> missing = new HashSet<>(choice.ids());
        try (Letters letters = flow.letters(choice)) {
            while (letters.hasNext()) {
                DeadLetter each = letters.next();
                missing.remove(each.id());
                if (!records) {
                    page(each);
                } else if (each.wellFormed()) {
                    console.raw(each.record());
                } else {
                    console.error(each.id() + ": skipped, because the record is not a JSON object");
                    all = false;
                }
            }
        }
        for (LetterId each : missing) {
            console.error(each + ": not found");
            all = false;
        }
        return all;
    }

    private void page(DeadLetter letter) {
        console.line(letter.id().toString());
        line("state", letter.state() + ", " + letter.fate());
        line("time", letter.time().toString());
        line("reason", letter.reason());
        line("answer", letter.answer());
        line("source", letter.place());
        known("request", letter.requestId());
        known("key", letter.recordKey());
        line("destination", letter.destination() + " (" + letter.template() + ")");
        line(letter.edited() ? "edited to" : letter.wellFormed() ? "record" : "no record",
                new String(letter.record(), StandardCharsets.UTF_8));
    }

    private void known(String name, String value) {
        if (!value.isEmpty()) {
            line(name, value);
        }
    }

    private void line(String name, String value) {
        console.line(LINE.formatted(name, value));
    }
}
