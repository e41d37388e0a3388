package dev.gtmroutes.sandbox;

/** A request is refused; its vendor says so in its own form. */
final class RefusedException extends RuntimeException {

    private final transient Refusal refusal;

    RefusedException(int status, String field, String message) {
        super(message, null, false, false);
        this.refusal = new Refusal(status, field, message);
    }

    Refusal refusal() {
        return refusal;
    }
}
