// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.access;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.gtmroutes.web.ErrorAnswer;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Stands before everything else: refuses what the page of another site makes a browser send, and tells browsers to load
 * and run nothing but the console's own files.
 */
@Singleton
public class Guard {

    /** Behind {@code UnreadBodies}, but before Quarkus looks who somebody is. */
    private static final int EARLY = 900;
    /** The header of requests that the script of a page sends in the background. */
    private static final String SCRIPT = "HX-Request";
    private static final int FOUND = 302;
    private static final int UNAUTHORIZED = 401;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final Pattern COOKIE_VALUE = Pattern.compile("[!#-+\\x2D-:<-\\[\\]-~]*");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private final Passwords passwords;
    private final ApiLogin api;
    private final BodyLimit bodies;

    Guard(Passwords passwords, ApiLogin api, BodyLimit bodies) {
        this.passwords = passwords;
        this.api = api;
        this.bodies = bodies;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, EARLY);
    }

    private void check(RoutingContext http) {
        HttpServerRequest request = http.request();
        HEADERS.forEach(http.response()::putHeader);
        if (request.getHeader(SCRIPT) != null) {
            http.addHeadersEndHandler(end -> stayOnPage(http.response()));
        }
        // By what Quarkus finds the routes and their permissions.
        String path = http.normalizedPath();
        if (path.startsWith("/console.")) {
            // These files have the same names in each version of the program.
            http.response().putHeader("Cache-Control", "no-cache");
        } else if (!path.startsWith("/webjars/")) {
            // What records hold does not stay behind in a browser.
            http.response().putHeader("Cache-Control", "no-store");
        }
        Stream<Supplier<Optional<AccessRefusal>>> checks = Stream.of(() -> unknown(request), () -> unfit(request, path),
                () -> foreign(request), () -> untyped(request, path), () -> renamed(request),
                () -> bodies.refusal(request, path),
                () -> api.refusal(request, path));
        Optional<AccessRefusal> refused = checks.map(Supplier::get).flatMap(Optional::stream).findFirst();
        if (refused.isPresent()) {
            refused.get().headers().forEach(http.response()::putHeader);
            ErrorAnswer.send(http, refused.get().status(), refused.get().detail());
        } else {
            http.next();
        }
    }

    /**
     * A script would get the log-in page in place of a part of its page. Only who has to log in is led elsewhere by this
     * status.
     */
    private static void stayOnPage(HttpServerResponse response) {
        if (response.getStatusCode() == FOUND) {
            response.setStatusCode(UNAUTHORIZED);
            response.headers().remove("Location");
            // A log-in would lead to the part of the page.
            response.removeCookie("quarkus-redirect-location", false);
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

    /** Quarkus takes each path that ends in /login for the log-in form, and fails without a Content-Type. */
    private static Optional<AccessRefusal> untyped(HttpServerRequest request, String path) {
        return !path.endsWith("/login") || READING.contains(request.method().name())
                || request.getHeader("Content-Type") != null ? Optional.empty()
                        : Optional.of(new AccessRefusal(415, "The request has no Content-Type. Send the form of the log-in "
                                + "page."));
    }

    private Optional<AccessRefusal> renamed(HttpServerRequest request) {
        return !passwords.areNone() || Reach.isThisMachine(request) ? Optional.empty()
                : Optional.of(new AccessRefusal(403, "Without a password, only this machine can open the console. Open it "
                        + "as http://localhost, or set gtm.console.operator-password."));
    }
}
