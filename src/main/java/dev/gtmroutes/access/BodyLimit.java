package dev.gtmroutes.access;

import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How large a form, or a body for the API, may be. The intake has a limit of its own: it takes them piece by piece. */
@Singleton
public class BodyLimit {

    private final long maxBytes;

    BodyLimit(@ConfigProperty(name = "gtm.console.max-bytes") MemorySize maxBytes) {
        this.maxBytes = maxBytes.asLongValue();
    }

    /** Why the request is not let in; empty if it may be. */
    Optional<AccessRefusal> refusal(HttpServerRequest request, String path) {
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
}
