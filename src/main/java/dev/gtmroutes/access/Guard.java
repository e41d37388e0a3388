// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.gtmroutes.web.ErrorAnswer;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stands before everything else: refuses what the page of another site makes a browser send, lets those wait who gave
 * wrong passwords, and tells browsers to load and run nothing but the console's own files.
 */
@Singleton
public class Guard {

    /** Behind {@code UnreadBodies}, but before Quarkus looks who somebody is. */
    private static final int EARLY = 900;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Pattern COOKIE_VALUE = Pattern.compile("[!#-+\\x2D-:<-\\[\\]-~]*");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private final LoginThrottle attempts;
    private final Passwords passwords;
    private final ApiLogin api;
    private final long maxBytes;

    Guard(LoginThrottle attempts, Passwords passwords, ApiLogin api,
            @ConfigProperty(name = "gtm.console.max-bytes") MemorySize maxBytes) {
        this.attempts = attempts;
        this.passwords = passwords;
        this.api = api;
        this.maxBytes = maxBytes.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, EARLY);
    }

    private void check(RoutingContext http) {
        HttpServerRequest request = http.request();
        HEADERS.forEach(http.response()::putHeader);
        // By what Quarkus finds the routes and their permissions.
        String path = http.normalizedPath();
        if (!path.startsWith("/webjars/") && !path.startsWith("/console.")) {
            // What records hold does not stay behind in a browser.
            http.response().putHeader("Cache-Control", "no-store");
        }
        Stream<Supplier<Optional<AccessRefusal>>> checks = Stream.of(() -> unknown(request), () -> unfit(request, path),
                () -> foreign(request), () -> renamed(request), () -> tooManyAttempts(request),
                () -> tooLarge(request, path), () -> api.refusal(request, path));
        Optional<AccessRefusal> refused = checks.map(Supplier::get).flatMap(Optional::stream).findFirst();
        if (refused.isPresent()) {
            refused.get().headers().forEach(http.response()::putHeader);
            ErrorAnswer.send(http, refused.get().status(), refused.get().detail());
        } else {
            http.next();
        }
    }

    /** Who may read and who may change is said by method, so there are no others. */
    private static Optional<AccessRefusal> unknown(HttpServerRequest request) {
        String method = request.method().name();
        return READING.contains(method) || CHANGING.contains(method) ? Optional.empty()
                : Optional.of(new AccessRefusal(405, "The program does not support this HTTP method."));
    }

    /** The log-in notes in a cookie where somebody wanted to go; what fits in none would get no answer at all. */
    private static Optional<AccessRefusal> unfit(HttpServerRequest request, String path) {
        String address = request.absoluteURI();
        return ApiLogin.isApi(path) || address != null && COOKIE_VALUE.matcher(address).matches() ? Optional.empty()
                : Optional.of(new AccessRefusal(400, "The address contains characters that must be percent-encoded, such as "
                        + "a comma."));
    }

    /** Browsers say from which site a request comes; what is no browser says neither. */
    private static Optional<AccessRefusal> foreign(HttpServerRequest request) {
        if (READING.contains(request.method().name())) {
            return Optional.empty();
        }
        String fetch = request.getHeader("Sec-Fetch-Site");
        String page = request.getHeader("Origin");
        boolean own = (fetch == null || fetch.equals("same-origin") || fetch.equals("none"))
                && (page == null || isOwn(page, Reach.called(request)));
        return own ? Optional.empty()
                : Optional.of(new AccessRefusal(403, "Refused, because the request comes from a page of another site. Open "
                        + "the console and repeat the action there."));
    }

    private static boolean isOwn(String page, String host) {
        try {
            String site = URI.create(page).getRawAuthority();
            return site != null && site.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Optional<AccessRefusal> renamed(HttpServerRequest request) {
        return !passwords.areNone() || Reach.isThisMachine(request) ? Optional.empty()
                : Optional.of(new AccessRefusal(403, "Without a password, only this machine can open the console. Open it "
                        + "as http://localhost, or set gtm.console.operator-password."));
    }

    /** Of forms, and bodies for the API. The intake has a limit of its own: it takes them piece by piece. */
    private Optional<AccessRefusal> tooLarge(HttpServerRequest request, String path) {
        if (path.startsWith("/intake/")) {
            return Optional.empty();
        }
        String length = request.getHeader("Content-Length");
        if (length == null) {
            boolean hasBody = request.getHeader("Transfer-Encoding") != null
                    || request.version() == HttpVersion.HTTP_2 && !request.isEnded();
            return hasBody ? Optional.of(new AccessRefusal(411, "The request has a body and no Content-Length. Send the "
                    + "header Content-Length."))
                    : Optional.empty();
        }
        // The HTTP server has checked that it is a number, though perhaps a very long one.
        boolean fits = length.length() < 18 && Long.parseLong(length.strip()) <= maxBytes;
        return fits ? Optional.empty() : Optional.of(new AccessRefusal(413, "The body is larger than the " + maxBytes
                + " bytes that gtm.console.max-bytes allows. Send less, or increase the setting."));
    }

    private Optional<AccessRefusal> tooManyAttempts(HttpServerRequest request) {
        boolean tries = isLoginForm(request) || ApiLogin.isTried(request);
        Duration wait = tries ? attempts.wait(request.remoteAddress().hostAddress()) : Duration.ZERO;
        String seconds = String.valueOf(wait.toSeconds() + 1);
        return wait.isZero() ? Optional.empty() : Optional.of(new AccessRefusal(429, "Too many failed log-ins. Try again in "
                + seconds + " seconds.", Map.of("Retry-After", seconds)));
    }

    /** Whether a request is the form of the log-in page, filled in. */
    static boolean isLoginForm(HttpServerRequest request) {
        return request.path().equals("/login") && request.method().name().equals("POST");
    }
}
