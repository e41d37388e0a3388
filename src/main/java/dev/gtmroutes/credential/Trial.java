package dev.gtmroutes.credential;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.gtmroutes.api.Exceptions;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;

/**
 * One request that a person asked for, and what came of it. It goes by the very route that flows send by, in their rate
 * budget.
 *
 * @param begun   when it was begun
 * @param millis  until its end
 * @param answer  the answer; null if none came
 * @param refused why the credential is to blame; null if it is not
 * @param problem why there is no answer, without secrets; null if there is one
 * @param maybe   whether it may have been carried out although no answer came
 */
record Trial(Instant begun, long millis, Message answer, String refused, String problem, boolean maybe) {

    /** Longer than a connection and an answer may take. Behind that, it is the rate limit that holds it up. */
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST_TEXT = 300;

    /**
     * @param endpoint of the vendor API
     * @param request  makes the message the request
     */
    static Trial of(CamelContext camel, String endpoint, Processor request) throws InterruptedException {
        Instant begun = Instant.now();
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            return ended(begun, producer.asyncSend(endpoint, request).get(LONGEST.toSeconds(), TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            return failed(begun, "no answer in " + LONGEST.toSeconds() + " seconds: the flows use up the rate limit of "
                    + "this credential, or the vendor has asked to wait", true);
        } catch (ExecutionException | IOException e) {
            return failed(begun, cause(e), false);
        }
    }

    private static Trial ended(Instant begun, Exchange done) {
        String refused = done.getProperty(ApiCall.CREDENTIAL_REFUSED, String.class);
        if (done.getException() == null) {
            return new Trial(begun, millis(begun), done.getMessage(), refused, null, false);
        }
        return new Trial(begun, millis(begun), null, refused, cause(done.getException()),
                done.getProperty(ApiCall.MAYBE_SENT, false, boolean.class));
    }

    private static Trial failed(Instant begun, String problem, boolean maybe) {
        return new Trial(begun, millis(begun), null, null, problem, maybe);
    }

    private static long millis(Instant begun) {
        return Duration.between(begun, Instant.now()).toMillis();
    }

    /** Of the answer; 0 for none. */
    int status() {
        return answer == null ? 0 : answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class);
    }

    /** Why something failed, one line. */
    static String cause(Throwable failure) {
        Throwable innermost = Exceptions.innermost(failure);
        String said = line(innermost.getMessage());
        return innermost instanceof IllegalArgumentException || innermost instanceof NoTokenException ? said
                : "no answer: " + innermost.getClass().getSimpleName() + (said.isEmpty() ? "" : ": " + said);
    }

    /** A text in one line, cut if it is long. */
    static String line(String text) {
        String line = text == null ? "" : text.replaceAll("\\s+", " ").strip();
        return line.length() > MOST_TEXT ? line.substring(0, MOST_TEXT) + " … (cut)" : line;
    }
}
