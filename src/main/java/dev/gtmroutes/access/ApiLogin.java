// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/**
 * Looks at the name and password that a program sends to the API, before Quarkus does: that would answer without a word
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

    /** Whether a request comes with a name and a password. */
    static boolean isTried(HttpServerRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    }

    /** Whether a path belongs to programs, which log in with each request, rather than to browsers. */
    static boolean isApi(String path) {
        return path.startsWith("/api/") || path.startsWith("/q/");
    }

    /** Why the request is not let in; empty if it may be, or is not for the API. */
    Optional<AccessRefusal> refusal(HttpServerRequest request, String path) {
        if (passwords.areNone() || !isApi(path)) {
            return Optional.empty();
        }
        if (!isTried(request)) {
            return refused("Log in with HTTP basic authentication, as operator or viewer.");
        }
        String[] given = decoded(request.getHeader("Authorization").substring(SCHEME.length())).split(":", 2);
        return given.length == 2 && login.role(given[0], given[1].toCharArray(), request).isPresent() ? Optional.empty()
                : refused("Wrong name or password.");
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Optional<AccessRefusal> refused(String detail) {
        return Optional.of(new AccessRefusal(401, detail,
                Map.of("WWW-Authenticate", "Basic realm=\"GTM Routes\", charset=\"UTF-8\"")));
    }
}
