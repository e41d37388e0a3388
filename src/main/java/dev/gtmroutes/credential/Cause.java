package dev.gtmroutes.credential;

/** Finds what a failure is about: Camel wraps it in exceptions that tell where it came up. */
public final class Cause {

    private Cause() {
    }

    /** The innermost one. */
    public static Throwable of(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return innermost;
    }
}
