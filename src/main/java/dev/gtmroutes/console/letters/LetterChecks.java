// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.gtmroutes.console.letters.LetterCheck.FieldHint;
import dev.gtmroutes.deadletter.FlowLetters;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.web.Problem;
import jakarta.inject.Singleton;

/** Compares a record, as somebody types it, with what came and with what the endpoint takes. */
@Singleton
public class LetterChecks {

    private final LetterRequests requests;

    LetterChecks(LetterRequests requests) {
        this.requests = requests;
    }

    /** Of the record as it is saved. */
    LetterCheck of(LetterView view, boolean mayChange) {
        return of(view, new String(view.found().letter().record(), StandardCharsets.UTF_8), mayChange);
    }

    /** Of a text in the place of the record. */
    LetterCheck of(LetterView view, String record, boolean mayChange) {
        String problem = problem(record);
        LetterRequest preview = problem.isEmpty() ? requests.of(view.flow(), view.found().letter(), record, mayChange)
                : LetterRequest.problem("There is no preview, because the text is not one JSON object.");
        return new LetterCheck(view, problem, RecordChanges.between(
                new String(view.found().original().record(), StandardCharsets.UTF_8), record), preview,
                List.<FieldHint>of());
    }

    private static String problem(String record) {
        try {
            FlowLetters.check(record.getBytes(StandardCharsets.UTF_8));
            return "";
        } catch (LetterRefusedException e) {
            return Problem.sentence(GroupRow.sentence(e.getMessage()));
        }
    }
}
