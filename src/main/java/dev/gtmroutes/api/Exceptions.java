package dev.gtmroutes.api;

/** Finds what a failure is about: Camel wraps it in exceptions that tell where it came up. */
public final class Exceptions {

    private Exceptions() {
    }

    /** The innermost one. */
    public static Throwable innermost(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost;
    }
}
