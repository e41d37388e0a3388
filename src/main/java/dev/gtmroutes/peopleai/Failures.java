package dev.gtmroutes.peopleai;

import java.util.concurrent.RejectedExecutionException;

import dev.gtmroutes.delivery.ChunkKeptException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Says in one line what went wrong. */
final class Failures {

    private static final int MOST_QUOTED_CHARS = 200;

    private Failures() {
    }

    static String text(Throwable failure) {
        String message = failure == null ? null : failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure == null ? "not finished" : failure.getClass().getSimpleName();
        }
        String line = message.strip().lines().findFirst().orElse("");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    /** What People.ai answered, with the beginning of the text, which is masked. */
    static String answer(Message answer) {
        String text = answer.getBody() instanceof String body ? body.strip().replaceAll("\\s+", " ") : "";
        return "People.ai answered " + status(answer) + (text.isEmpty() ? ""
                : " (" + (text.length() > MOST_QUOTED_CHARS ? text.substring(0, MOST_QUOTED_CHARS) + " …" : text) + ")");
    }

    static int status(Message answer) {
        return answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class);
    }

    /** Whether an answer says nothing about what was asked, so that anything else would be answered like this. */
    static boolean isAboutAll(int status) {
        return status >= 500 || status == 401 || status == 403 || status == 408 || status == 425 || status == 429;
    }

    /** Whether nothing is wrong, but the flow was stopped. */
    static boolean isStop(Throwable failure) {
        return failure instanceof ChunkKeptException && failure.getCause() == null
                || failure instanceof RejectedExecutionException;
    }
}
