package dev.gtmroutes.deadletter;

/** What a person asked for cannot be done. The message says why, and what to do, in one line. */
public final class RefusedException extends Exception {

    RefusedException(String message) {
        super(message);
    }
}
