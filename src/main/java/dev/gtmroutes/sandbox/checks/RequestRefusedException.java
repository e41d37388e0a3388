// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

/** A request is refused; its vendor says so in its own form. */
public final class RequestRefusedException extends RuntimeException {

    private final transient RequestRefusal refusal;

    public RequestRefusedException(int status, String field, String message) {
        super(message, null, false, false);
        this.refusal = new RequestRefusal(status, field, message);
    }

    RequestRefusal refusal() {
        return refusal;
    }
}
