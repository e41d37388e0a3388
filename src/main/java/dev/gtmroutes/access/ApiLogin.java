// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.gtmroutes.access.LoginThrottle.Attempt;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/**
 * Looks at the name and password of HTTP basic authentication before Quarkus does: Quarkus would respond without a word
 * of what is wrong.
 */
@Singleton
public class ApiLogin {

    private static final String SCHEME = "Basic ";

    private final Passwords passwords;
    private final PasswordLogin login;

    ApiLogin(Passwords passwords, PasswordLogin login) {
        this.passwords = passwords;
        this.login = login;
    }

    /** Whether a path belongs to programs, which log in with each request, rather than to browsers. */
    static boolean isApi(String path) {
        return path.startsWith("/api/") || path.startsWith("/q/");
    }

    /** Why the request is not let in; empty if it may be. */
    Optional<AccessRefusal> refusal(HttpServerRequest request, String path) {
        List<String> headers = request.headers().getAll("Authorization");
        if (headers.size() > 1) {
            // Each part of the program might look at another one.
            return Optional.of(new AccessRefusal(400, "The request has more than one header Authorization. Send one."));
        }
        if (passwords.areNone() || path.startsWith("/intake/")) {
            return Optional.empty();
        }
        String header = headers.isEmpty() ? "" : headers.get(0);
        if (!header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return isApi(path) ? refused("Log in with HTTP basic authentication, as operator or viewer.")
                    : Optional.empty();
        }
        String[] given = decoded(header.substring(SCHEME.length())).split(":", 2);
        if (given.length < 2) {
            return refused("Wrong name or password.");
        }
        Attempt attempt = login.attempt(Role.of(given[0]), given[1].toCharArray(), request);
        return attempt.isRight() ? Optional.empty()
                : attempt.delay().isZero() ? refused("Wrong name or password.") : Optional.of(tooMany(attempt));
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static AccessRefusal tooMany(Attempt attempt) {
        String seconds = String.valueOf(attempt.delay().toSeconds() + 1);
        return new AccessRefusal(429, "Too many failed log-ins. Try again in " + seconds + " seconds.",
                Map.of("Retry-After", seconds));
    }

    private static Optional<AccessRefusal> refused(String detail) {
        return Optional.of(new AccessRefusal(401, detail,
                Map.of("WWW-Authenticate", "Basic realm=\"GTM Routes\", charset=\"UTF-8\"")));
    }
}
