// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.web;

import io.netty.handler.codec.http.HttpResponseStatus;

/** The status of a response as people read it. */
public final class ResponseStatus {

    private ResponseStatus() {
    }

    /**
     * Such as {@code 503 Service Unavailable}.
     *
     * @param status 0 where no response came, less where the request could not be made
     */
    public static String of(int status) {
        if (status <= 0) {
            return status == 0 ? "No response" : "Not sent";
        }
        String reason = HttpResponseStatus.valueOf(status).reasonPhrase();
        // Of a status that nobody knows, it is no more than its class.
        return reason.contains("(") ? String.valueOf(status) : status + " " + reason;
    }
}
