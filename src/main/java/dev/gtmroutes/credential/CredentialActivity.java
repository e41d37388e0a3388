// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.parameter.ContextPlugin;
import org.apache.camel.CamelContext;

/**
 * What vendors last made of each credential, since the start of the program: of requests of flows and of tests. One entry
 * for each route of a vendor API.
 */
public final class CredentialActivity {

    /**
     * What is known of a credential.
     *
     * @param success when a request with it last succeeded; null if none did
     * @param refused when it was refused; null if it was not, or has been accepted since
     * @param status  of the response that refused it, 0 if there was none
     * @param reason  one line without secrets; null if it is not refused
     */
    public record Known(Instant success, Instant refused, int status, String reason) {

        static final Known NOTHING = new Known(null, null, 0, null);
    }

    private final Map<String, Known> byRoute = new ConcurrentHashMap<>();

    private CredentialActivity() {
    }

    /** That of this context. */
    public static CredentialActivity of(CamelContext camel) {
        return ContextPlugin.of(camel, CredentialActivity.class, CredentialActivity::new);
    }

    void succeeded(String route) {
        byRoute.put(route, new Known(Instant.now(), null, 0, null));
    }

    void refused(String route, int status, String reason) {
        byRoute.compute(route, (id, known) -> new Known(known == null ? null : known.success, Instant.now(),
                Math.max(status, 0), reason));
    }

    /** The credential is another one now: nothing is known of it. */
    public void forget(String route) {
        byRoute.remove(route);
    }

    /** What is known of the credential of this route. */
    public Known of(String route) {
        return byRoute.getOrDefault(route, Known.NOTHING);
    }
}
