// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/**
 * Who may post records to a flow: whoever has the token of its setting {@code gtm.intake.tokens.<flow>}. A flow
 * without one takes them from this machine, and from nobody where others reach the program.
 */
@Singleton
public class IntakeTokens {

    private static final String SETTING = "gtm.intake.tokens.";
    private static final String SCHEME = "Bearer ";

    private final Config settings;
    private final Reach reach;

    IntakeTokens(Config settings, Reach reach) {
        this.settings = settings;
        this.reach = reach;
    }

    /**
     * @param  flow its id, whether or not there is such a flow
     * @return      why its records are not taken; empty if they may be
     */
    public Optional<AccessRefusal> refusal(String flow, HttpServerRequest request) {
        Optional<String> token = settings.getOptionalValue(SETTING + flow, String.class).map(String::strip)
                .filter(each -> !each.isEmpty());
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
