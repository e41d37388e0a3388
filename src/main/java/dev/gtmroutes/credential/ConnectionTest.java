package dev.gtmroutes.credential;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/** Tries a credential: a small read at its vendor, by the very route that flows send by, in their rate budget. */
public final class ConnectionTest {

    /** Longer than a connection and an answer may take. Behind that, it is the rate limit that holds it up. */
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int MOST_TEXT = 300;

    private final CamelContext camel;
    private final Clock clock;

    /** @param camel in which the route of the vendor API is, or can be made */
    public ConnectionTest(CamelContext camel) {
        this.camel = camel;
        this.clock = Clock.systemUTC();
    }

    /**
     * @param endpoint of the vendor API, such as {@code kamelet:salesloft-api-action/salesloft-default}
     * @param path     of the read; {@code {today}} in it stands for the date
     */
    public TestedConnection run(String endpoint, String path) throws InterruptedException {
        Instant begun = clock.instant();
        try (ProducerTemplate producer = camel.createProducerTemplate()) {
            Exchange done = producer.asyncSend(endpoint, exchange -> {
                exchange.setProperty(ApiAddress.URL, path.replace("{today}", LocalDate.now(clock).toString()));
                exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "GET");
                exchange.getMessage().setHeader("Accept", "application/json");
            }).get(LONGEST.toSeconds(), TimeUnit.SECONDS);
            return result(begun, done);
        } catch (TimeoutException e) {
            return result(begun, 0, false, "no answer in " + LONGEST.toSeconds() + " seconds: the flows use up the rate "
                    + "limit of this credential, or the vendor has asked to wait");
        } catch (ExecutionException | IOException e) {
            return result(begun, 0, false, cause(e));
        }
    }

    /** That there is no route to try it by, and why. */
    public TestedConnection impossible(Exception why) {
        return result(clock.instant(), 0, false, cause(why));
    }

    private TestedConnection result(Instant begun, Exchange done) {
        String refused = done.getProperty(ApiCall.CREDENTIAL_REFUSED, String.class);
        Message answer = done.getMessage();
        if (done.getException() != null) {
            return result(begun, 0, false, refused != null ? refused : cause(done.getException()));
        }
        int status = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class);
        if (refused != null) {
            return result(begun, status, false, refused);
        }
        if (status / 100 == 2) {
            return result(begun, status, true, "works");
        }
        String said = line(answer.getBody(String.class));
        return result(begun, status, false, (status == 403
                ? "the vendor knows the credential, but does not let it read: "
                : "this is no answer that the read should get: ") + said);
    }

    private TestedConnection result(Instant begun, int status, boolean works, String detail) {
        return new TestedConnection(begun, works, status, Duration.between(begun, clock.instant()).toMillis(), detail);
    }

    private static String cause(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String said = line(innermost.getMessage());
        return innermost instanceof IllegalArgumentException || innermost instanceof NoTokenException ? said
                : "no answer: " + innermost.getClass().getSimpleName() + (said.isEmpty() ? "" : ": " + said);
    }

    private static String line(String text) {
        String line = text == null ? "" : text.replaceAll("\\s+", " ").strip();
        return line.length() > MOST_TEXT ? line.substring(0, MOST_TEXT) + " … (cut)" : line;
    }
}
