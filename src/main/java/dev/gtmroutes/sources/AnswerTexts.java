// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sources;

import java.util.concurrent.RejectedExecutionException;

import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.delivery.InputKeptException;

/** Says in one line what went wrong. */
public final class AnswerTexts {

    private static final int MOST_QUOTED_CHARS = 200;

    private AnswerTexts() {
    }

    /** What People.ai answered, with the beginning of the text, which is masked; or why it did not. */
    public static String answer(ApiAnswer answer) {
        return answer(answer, "People.ai");
    }

    /** The same of another API. @param api what it is called */
    public static String answer(ApiAnswer answer, String api) {
        if (answer.status() <= 0) {
            return answer.summary();
        }
        String text = answer.text().strip().replaceAll("\\s+", " ");
        return api + " responded with " + answer.status() + (text.isEmpty() ? ""
                : " (" + (text.length() > MOST_QUOTED_CHARS ? text.substring(0, MOST_QUOTED_CHARS) + " …" : text) + ")");
    }

    /** Whether nothing is wrong, but the flow was stopped. */
    public static boolean isStop(Throwable failure) {
        return failure instanceof InputKeptException && failure.getCause() == null
                || failure instanceof RejectedExecutionException;
    }
}
