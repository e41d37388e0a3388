// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

import dev.gtmroutes.api.ApiRequest;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.api.FirstEdition;
import dev.gtmroutes.api.Outcome;
import org.apache.camel.CamelContext;

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
        return result(Trial.of(camel, endpoint, read(path)));
    }

    /**
     * The same with a credential that is not in use.
     *
     * @param values of the credential by the ends of the names of their settings
     */
    public TestedConnection run(String endpoint, String path, Map<String, String> values) throws InterruptedException {
        if (FirstEdition.isNeededFor(camel, endpoint)) {
            return new TestedConnection(Instant.now(), false, 0, 0,
                    "the Kamelet of this vendor is of an earlier version, so "
                            + "the credential can be tested only after it is saved");
        }
        return result(Trial.of(camel, endpoint, new CredentialTrial(read(path), values)));
    }

    private ApiRequest read(String path) {
        return ApiRequest.get(path.replace("{today}", LocalDate.now(clock).toString()));
    }

    /** That there is no route to try it by, and why. */
    public TestedConnection impossible(Exception why) {
        return new TestedConnection(Instant.now(), false, 0, 0, Trial.cause(why));
    }

    private static TestedConnection result(Trial trial) {
        boolean works = trial.answer().outcome() == Outcome.DELIVERED;
        return new TestedConnection(trial.begun(), works, trial.status(), trial.millis(), detail(trial));
    }

    private static String detail(Trial trial) {
        String refused = trial.answer().refusal();
        if (refused != null || trial.problem() != null) {
            return refused != null ? refused : trial.problem();
        }
        if (trial.answer().outcome() == Outcome.DELIVERED) {
            return "works";
        }
        return (trial.status() == 403 ? "the vendor accepts the credential, but does not permit the read: "
                : "the read got an unexpected response: ") + Exceptions.line(trial.answer().text());
    }
}
