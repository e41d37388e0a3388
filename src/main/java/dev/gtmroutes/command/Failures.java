package dev.gtmroutes.command;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** Says in one line what went wrong. */
final class Failures {

    private Failures() {
    }

    static String text(Exception failure) {
        Throwable cause = failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : failure;
        if (cause instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile() + "; use the user that runs the program";
        }
        String message = cause.getMessage();
        if (message == null || cause instanceof FileSystemException) {
            // Its message is often no more than the name of the file.
            message = cause.getClass().getSimpleName() + (message == null ? "" : " " + message);
        }
        return message.strip().lines().findFirst().orElse("");
    }
}
