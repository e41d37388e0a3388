package dev.gtmroutes.credential;

/** There is no token to send a request with, for now. The message is one line without any secret. */
public class NoTokenException extends RuntimeException {

    private final String error;

    NoTokenException(String message, Throwable cause) {
        super(message, cause);
        this.error = "";
    }

    /** @param error the token endpoint's own name for it, such as {@code invalid_grant} */
    NoTokenException(String message, String error) {
        super(message);
        this.error = error;
    }

    /** The token endpoint's own name for what is wrong, RFC 6749 section 5.2; empty when it gave none. */
    String error() {
        return error;
    }
}
