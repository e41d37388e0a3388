package dev.gtmroutes.access;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import dev.gtmroutes.console.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Stands before everything else: refuses what the page of another site makes a browser send, lets those wait who gave
 * wrong passwords, and tells browsers to load and run nothing but the console's own files.
 */
@Singleton
public class Guard {

    /** Behind {@code UnreadBodies}, but before Quarkus looks who somebody is. */
    private static final int EARLY = 900;
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "same-origin",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin");

    private static final Pattern THIS_MACHINE = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d+)?",
            Pattern.CASE_INSENSITIVE);

    private final Attempts attempts;
    private final Passwords passwords;

    Guard(Attempts attempts, Passwords passwords) {
        this.attempts = attempts;
        this.passwords = passwords;
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, EARLY);
    }

    private void check(RoutingContext http) {
        HttpServerRequest request = http.request();
        HEADERS.forEach(http.response()::putHeader);
        if (!READING.contains(request.method().name()) && isForeign(request)) {
            refuse(http, 403, "Forbidden", "This request comes from a page of another site.");
            return;
        }
        if (passwords.areNone() && !THIS_MACHINE.matcher(String.valueOf(request.getHeader("Host"))).matches()) {
            // A site whose name suddenly means this machine has its pages read as if they were ours.
            refuse(http, 403, "Forbidden", "Without a password, the console is for this machine only: open it as "
                    + "http://localhost, or set gtm.console.operator-password.");
            return;
        }
        Duration wait = isLogin(request) ? attempts.wait(request.remoteAddress().hostAddress()) : Duration.ZERO;
        if (!wait.isZero()) {
            http.response().putHeader("Retry-After", String.valueOf(wait.toSeconds() + 1));
            refuse(http, 429, "Too Many Requests", "Too many failed log-ins: try again in " + (wait.toSeconds() + 1)
                    + " seconds.");
            return;
        }
        http.next();
    }

    private static boolean isLogin(HttpServerRequest request) {
        return request.path().equals("/login") && request.method().name().equals("POST")
                || String.valueOf(request.getHeader("Authorization")).regionMatches(true, 0, "Basic ", 0, 6);
    }

    /** Browsers say from which site a request comes; what is no browser says neither. */
    private static boolean isForeign(HttpServerRequest request) {
        String fetch = request.getHeader("Sec-Fetch-Site");
        if (fetch != null && !fetch.equals("same-origin") && !fetch.equals("none")) {
            return true;
        }
        String page = request.getHeader("Origin");
        return page != null && !isOwn(page, request.getHeader("Host"));
    }

    private static boolean isOwn(String page, String host) {
        try {
            String site = URI.create(page).getRawAuthority();
            return site != null && site.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void refuse(RoutingContext http, int status, String title, String detail) {
        http.response().setStatusCode(status).putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(Problem.json(status, title, detail));
    }
}
