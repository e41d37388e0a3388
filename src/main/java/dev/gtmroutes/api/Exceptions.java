// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.gtmroutes.disk.FileErrors;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * Says what a failure is about. Camel wraps it in exceptions that tell where it came up; the network's own are for
 * programmers.
 */
public final class Exceptions {

    private static final int MOST_CHARS = 300;
    private static final int MOST_OWN_CHARS = 2000;
    private static final String OURS = "dev.gtmroutes.";
    private static final Pattern CLASS_NAME = Pattern.compile("(\\w+\\.)+\\w+(Exception|Error): ?");

    private Exceptions() {
    }

    /** The innermost one. */
    public static Throwable innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        return innermost;
    }

    /**
     * One line for a person: what went wrong, without the names of classes, without a full stop. The outermost failure that
     * this program or the network has made says it; without one, the innermost failure.
     *
     * @param failure may be null
     */
    public static String text(Throwable failure) {
        if (failure == null) {
            return "not finished";
        }
        for (Throwable each = failure; each != null; each = each.getCause()) {
            String known = each instanceof FileSystemException file ? FileErrors.text(file) : network(each);
            if (known != null || isOurs(each)) {
                return known != null ? known : line(each.getMessage(), MOST_OWN_CHARS);
            }
        }
        Throwable innermost = innermost(failure);
        String said = line(innermost instanceof JsonProcessingException json ? json.getOriginalMessage()
                : innermost.getMessage());
        return !said.isEmpty() ? said : words(innermost);
    }

    /** Whether its text was written for people: by this program, whatever its class, or by the JDK's input and output. */
    private static boolean isOurs(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || failure.getCause() != null && message.equals(failure.getCause().toString())) {
            return false;
        }
        StackTraceElement[] stack = failure.getStackTrace();
        return failure.getClass() == IOException.class || failure.getClass().getName().startsWith(OURS)
                || stack.length > 0 && stack[0].getClassName().startsWith(OURS);
    }

    /** @return null if it is not about the network */
    private static String network(Throwable failure) {
        String said = line(failure.getMessage());
        String reason = said.toLowerCase(Locale.ROOT);
        if (failure instanceof UnknownHostException) {
            return "unknown host" + (said.isEmpty() ? "" : ": " + said.replaceFirst(":.*", ""));
        }
        if (failure instanceof ConnectTimeoutException) {
            return "no connection in time";
        }
        if (failure instanceof SocketTimeoutException || failure instanceof InterruptedIOException) {
            return "no data arrived in time";
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return reason.contains("refused") ? "the connection was refused" : "the host cannot be reached";
        }
        if (failure instanceof NoHttpResponseException || failure instanceof ConnectionClosedException
                || failure instanceof EOFException) {
            return "the connection ended too early";
        }
        if (failure instanceof SSLException) {
            if (reason.contains("path building failed")) {
                return "TLS failed: the program trusts no authority that signed the certificate of the host. To trust a"
                        + " private authority, start the program with -Djavax.net.ssl.trustStore=<file>";
            }
            return "TLS failed: " + CLASS_NAME.matcher(said).replaceAll("");
        }
        if (failure instanceof SocketException) {
            return reason.contains("closed") ? "the connection was closed" : "the connection broke";
        }
        return failure instanceof HttpException ? "it is not valid HTTP: " + said : null;
    }

    /** A text in one line, cut if it is long, without a full stop at its end. */
    public static String line(String text) {
        return line(text, MOST_CHARS);
    }

    private static String line(String text, int most) {
        String line = text == null ? "" : text.replaceAll("\\s+", " ").strip();
        line = line.length() > most ? line.substring(0, most) + " … (cut)" : line;
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    /** The name of its class as words: there is nothing else. */
    private static String words(Throwable failure) {
        return failure.getClass().getSimpleName().replaceAll("(Exception|Error)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
