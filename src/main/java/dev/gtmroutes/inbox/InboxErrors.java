package dev.gtmroutes.inbox;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in one line what Camel's file consumer would tell with a stack trace. */
final class InboxErrors implements ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(InboxFiles.class);

    /** What went wrong, for the person who owns the files. */
    static String text(Throwable error) {
        if (error == null) {
            return "not finished";
        }
        if (error instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile() + "; give it to the user that runs this program";
        }
        String message = error.getMessage();
        if (message == null || message.isBlank()) {
            return error.getClass().getSimpleName();
        }
        if (error instanceof FileSystemException) {
            // Its message is often no more than the name of the file.
            return error.getClass().getSimpleName() + " " + message;
        }
        String line = message.strip().lines().findFirst().orElse("");
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }

    @Override
    public void handleException(Throwable exception) {
        handleException(null, null, exception);
    }

    @Override
    public void handleException(String message, Throwable exception) {
        handleException(message, null, exception);
    }

    @Override
    public void handleException(String message, Exchange exchange, Throwable exception) {
        LOG.warn("The inbox could not be looked through; it will be tried again: {}", text(exception));
        LOG.debug("{}", message, exception);
    }
}
