// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.DeadLetterStore;
import dev.gtmroutes.deadletter.FlowLetters;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.deadletter.Letters;
import dev.gtmroutes.delivery.outcome.DeadLetterState;

/** Dead letters, or counts of them, one line each. */
final class LetterTable {

    private static final String LETTER = "%-18s %-9s %-21s %-28s %s";
    private static final String COUNT = "%-24s %-9s %9s  %s";
    private static final int LONGEST_REASON = 200;
    /** Where reasons quote records, there may be as many as records. */
    private static final int MOST_REASONS = 50;

    private record Group(DeadLetterState state, String reason) {
    }

    private final Terminal console;
    private final Path data;

    /** @param data the data directory that the letters come from */
    LetterTable(Terminal console, Path data) {
        this.console = console;
        this.data = data;
    }

    private void none() {
        console.line("no open dead letters in " + data.resolve("dead-letters"));
    }

    /** The letters of a flow. */
    void list(FlowLetters flow, DeadLetterSelection choice) throws IOException {
        try (Letters letters = flow.letters(choice)) {
            if (!letters.hasNext()) {
                none();
                return;
            }
            console.line(LETTER.formatted("ID", "STATE", "TIME", "SOURCE", "REASON"));
            while (letters.hasNext()) {
                DeadLetter each = letters.next();
                console.line(LETTER.formatted(each.id(), each.state(), each.time().truncatedTo(ChronoUnit.SECONDS),
                        each.sourceFile() + (each.sourceLine() > 0 ? ":" + each.sourceLine() : ""),
                        (each.edited() ? "(edited) " : "") + cut(each.reason())));
            }
        }
    }

    /** How many letters each flow has, and why. */
    void summary(DeadLetterStore box, DeadLetterSelection choice) throws IOException, LetterRefusedException {
        boolean empty = true;
        for (String flow : box.flows()) {
            for (Map.Entry<Group, Long> each : counts(box.flow(flow), choice)) {
                if (empty) {
                    console.line(COUNT.formatted("FLOW", "STATE", "COUNT", "REASON"));
                    empty = false;
                }
                console.line(COUNT.formatted(flow, each.getKey().state, each.getValue(), cut(each.getKey().reason)));
            }
        }
        if (empty) {
            none();
        }
    }

    private static List<Map.Entry<Group, Long>> counts(FlowLetters flow, DeadLetterSelection choice) throws IOException {
        Map<Group, Long> counts = new HashMap<>();
        try (Letters letters = flow.letters(choice)) {
            while (letters.hasNext()) {
                DeadLetter each = letters.next();
                Group group = new Group(each.state(), each.reason());
                if (!counts.containsKey(group) && counts.size() >= MOST_REASONS) {
                    group = new Group(each.state(), "(other reasons)");
                }
                counts.merge(group, 1L, Long::sum);
            }
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<Group, Long>comparingByValue().reversed()
                        .thenComparing(each -> each.getKey().state)
                        .thenComparing(each -> each.getKey().reason))
                .toList();
    }

    private static String cut(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...";
    }
}
