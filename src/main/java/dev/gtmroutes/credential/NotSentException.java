package dev.gtmroutes.credential;

/** A request was not sent, and so cannot have had an effect. The message is one line without any secret. */
public class NotSentException extends RuntimeException {

    NotSentException(String message) {
        super(message);
    }

    NotSentException(String message, Throwable cause) {
        super(message, cause);
    }
}
