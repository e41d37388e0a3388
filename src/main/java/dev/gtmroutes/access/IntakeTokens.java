// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.credential.Secrets;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Who may post records to a flow: whoever has the token of its setting {@code gtm.intake.tokens.<flow>}, or in the file that
 * {@code gtm.intake.token-files.<flow>} names. A flow
 * without one takes them from this machine, and from nobody where others reach the program.
 */
@Singleton
public class IntakeTokens {

    private static final String SETTING = "gtm.intake.tokens.";
    private static final String FILES = "gtm.intake.token-files.";
    private static final String SCHEME = "Bearer ";

    private static final Logger LOG = Logger.getLogger(IntakeTokens.class);

    private final Config settings;
    private final Reach reach;
    private final Secrets secrets;

    IntakeTokens(Config settings, Reach reach, CamelContext camel) {
        this.settings = settings;
        this.reach = reach;
        this.secrets = Secrets.of(camel);
    }

    /**
     * @param  flow its id, whether or not there is such a flow
     * @return      why its records are not taken; empty if they may be
     */
    public Optional<AccessRefusal> refusal(String flow, HttpServerRequest request) {
        Optional<String> token;
        try {
            token = new SecretSetting(settings, SETTING + flow, FILES + flow, secrets).value();
        } catch (IllegalArgumentException e) {
            LOG.errorf("The intake takes no records for %s: %s", flow, e.getMessage());
            return Optional
                    .of(new AccessRefusal(503, "The token of this flow cannot be read. The log of the program says why.",
                            Map.of()));
        }
        if (token.isPresent()) {
            return isRight(token.get(), request.getHeader("Authorization")) ? Optional.empty()
                    : Optional.of(new AccessRefusal(401, "This flow requires its own token. Send the header Authorization: "
                            + "Bearer with the token in the setting " + SETTING + flow + ".",
                            Map.of("WWW-Authenticate", "Bearer realm=\"intake\"")));
        }
        if (reach.isThisMachineOnly() && Reach.isThisMachine(request)) {
            return Optional.empty();
        }
        return Optional.of(new AccessRefusal(403, "Other machines can reach the program, so each flow requires a token, and "
                + "this flow has none. Set " + SETTING + flow + ", for example as the environment variable "
                + variable(SETTING + flow)
                + ", and send the token in the header Authorization: Bearer."));
    }

    private static boolean isRight(String token, String authorization) {
        return authorization != null && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(Passwords.digest(token), Passwords.digest(
                        authorization.substring(SCHEME.length()).strip()));
    }

    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
