package dev.gtmroutes.credential;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;

/** Tries a credential: a small read at its vendor, by the very route that flows send by, in their rate budget. */
public final class ConnectionTest {

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
        return result(Trial.of(camel, endpoint, exchange -> {
            exchange.setProperty(ApiAddress.URL, path.replace("{today}", LocalDate.now(clock).toString()));
            exchange.getMessage().setHeader(Exchange.HTTP_METHOD, "GET");
            exchange.getMessage().setHeader("Accept", "application/json");
        }));
    }

    /** That there is no route to try it by, and why. */
    public TestedConnection impossible(Exception why) {
        return new TestedConnection(Instant.now(), false, 0, 0, Trial.cause(why));
    }

    private static TestedConnection result(Trial trial) {
        boolean works = trial.refused() == null && trial.status() / 100 == 2;
        return new TestedConnection(trial.begun(), works, trial.status(), trial.millis(), detail(trial));
    }

    private static String detail(Trial trial) {
        if (trial.refused() != null || trial.problem() != null) {
            return trial.refused() != null ? trial.refused() : trial.problem();
        }
        if (trial.status() / 100 == 2) {
            return "works";
        }
        return (trial.status() == 403 ? "the vendor knows the credential, but does not let it read: "
                : "this is no answer that the read should get: ") + Trial.line(trial.answer().getBody(String.class));
    }
}
