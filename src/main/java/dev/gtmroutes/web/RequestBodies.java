// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.web;

import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads the bodies of requests without a thread, so that slow senders do not hold the threads that answer others. Bodies
 * for the console and the API arrive whole before a thread works on the request; of bodies for the intake, and of files that
 * are uploaded, the first part does, and the rest of a limited number of them is read as it arrives.
 */
@Singleton
public class RequestBodies {

    /** Behind the log-in and the permissions. */
    private static final int LATE = 50;
    /** A body up to this size needs no thread that waits for it. The intake also calls it small. */
    private static final int BEGINNING = 64 * 1024 + 1;
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final String RETRY_SECONDS = "5";
    /** Of a file, in the console. */
    private static final Pattern UPLOAD = Pattern.compile("/flows/[^/]+/upload");

    private final long consoleBytes;
    private final Semaphore uploads;
    private final int mostUploads;
    /** In all bodies that are being collected, in bytes. */
    private final AtomicLong collected = new AtomicLong();
    private final long mostCollected = Runtime.getRuntime().maxMemory() / 8;

    RequestBodies(@ConfigProperty(name = "gtm.console.max-bytes") MemorySize consoleBytes,
            @ConfigProperty(name = "gtm.intake.max-uploads") int mostUploads) {
        if (mostUploads < 1) {
            throw new ConfigurationException("gtm.intake.max-uploads must be greater than 0");
        }
        this.consoleBytes = consoleBytes.asLongValue();
        this.mostUploads = mostUploads;
        uploads = new Semaphore(mostUploads);
    }

    void register(@Observes Filters filters) {
        filters.register(this::receive, LATE);
    }

    /** Whether a request has a body, or may have one. */
    static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        return length != null && !length.strip().equals("0") || request.getHeader("Transfer-Encoding") != null
                || length == null && request.version() == HttpVersion.HTTP_2 && isChanging(request);
    }

    /** What a sender is told whose body for the console or the API has more bytes than so many. */
    public static String tooLarge(long consoleBytes) {
        return "The body is larger than the " + consoleBytes + " bytes that gtm.console.max-bytes allows. Send less, or "
                + "increase the setting.";
    }

    /** Whether bodies for this path are read as they arrive: they may be larger than the memory. */
    public static boolean isStreamed(String path) {
        return path.startsWith("/intake/") || UPLOAD.matcher(path).matches();
    }

    private static boolean isChanging(HttpServerRequest request) {
        return CHANGING.contains(request.method().name());
    }

    private void receive(RoutingContext http) {
        HttpServerRequest request = http.request();
        if (!isChanging(request) || !hasBody(request)) {
            http.next();
            return;
        }
        // After a log-in that needed a thread, this is not the event loop.
        Context context = Vertx.currentContext();
        context.runOnContext(begin -> collect(http, context));
    }

    private void collect(RoutingContext http, Context context) {
        HttpServerRequest request = http.request();
        if (http.response().closed()) {
            // While somebody logged in: nobody will be told again that the connection has ended.
            return;
        }
        boolean isUpload = isStreamed(http.normalizedPath());
        long length = ArrivingBody.length(request);
        if (length == Long.MAX_VALUE && request.version() == HttpVersion.HTTP_2 && !isUpload) {
            // Its end would be taken with its last byte. A thread reads it.
            upload(http);
            return;
        }
        int most = isUpload ? BEGINNING : (int) Math.min(Integer.MAX_VALUE, consoleBytes + 1);
        int expected = (int) Math.min(most, length);
        if (collected.addAndGet(expected) > mostCollected) {
            collected.addAndGet(-expected);
            refuse(http, "The program is receiving too many request bodies at once.");
            return;
        }
        http.addEndHandler(end -> collected.addAndGet(-expected));
        ArrivingBody[] body = new ArrivingBody[1];
        body[0] = new ArrivingBody(http, context, most, () -> begun(http, body[0], isUpload));
        if (isUpload && (body[0].isAwaitingContinue() || length >= BEGINNING && !isChunked(request))) {
            // It may be refused before it is sent.
            body[0].leaveToReader();
            upload(http);
        } else {
            body[0].collect();
        }
    }

    private static boolean isChunked(HttpServerRequest request) {
        return request.getHeader("Transfer-Encoding") != null;
    }

    private void begun(RoutingContext http, ArrivingBody body, boolean isUpload) {
        if (isUpload && !body.isWhole()) {
            upload(http);
        } else if (!isUpload && body.buffered() > consoleBytes) {
            ErrorAnswer.send(http, 413, tooLarge(consoleBytes));
        } else {
            if (!isUpload) {
                ((RoutingContextInternal) http).setBody(body.whole());
            }
            http.next();
        }
    }

    private void upload(RoutingContext http) {
        if (uploads.tryAcquire()) {
            http.addEndHandler(end -> uploads.release());
            http.next();
        } else {
            refuse(http, "The program is already receiving " + mostUploads
                    + " large request bodies, as many as gtm.intake.max-uploads allows.");
        }
    }

    private static void refuse(RoutingContext http, String reason) {
        http.response().putHeader("Retry-After", RETRY_SECONDS);
        ErrorAnswer.send(http, 503, reason + " Nothing of this request was saved; send it again in a few seconds.");
    }
}
