package dev.gtmroutes.api;

/** A request was not sent, and surely so: whatever it would have done has not happened. */
public class NotSentException extends RuntimeException {

    /** @param message one line for a person, without secrets */
    public NotSentException(String message) {
        super(message);
    }

    /** @param message one line for a person, without secrets */
    public NotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
