// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Writes answers to the wire: at once, late, slowly, or not at all. */
public final class Replies {

    private final Vertx vertx;

    public Replies(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Answers after a delay; the body ends {@code slowMs} after the head. */
    public void send(HttpServerRequest request, SandboxResponse answer, int delayMs, int slowMs) {
        after(delayMs, () -> {
            if (!request.response().closed()) {
                write(request, answer, slowMs);
            }
        });
    }

    /** Closes the connection of a request after a delay, without an answer. */
    void close(HttpServerRequest request, int delayMs) {
        after(delayMs, () -> request.connection().close());
    }

    private void write(HttpServerRequest request, SandboxResponse answer, int slowMs) {
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (answer.stream() != null) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
            after(slowMs, () -> new StreamWriter(vertx, request, answer.stream()).send());
            return;
        }
        boolean empty = answer.body().isEmpty() || answer.status() == 204 || answer.status() == 304;
        Buffer body = empty ? Buffer.buffer() : Buffer.buffer(answer.body());
        if (!empty) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
        }
        if (slowMs == 0 || empty) {
            after(slowMs, () -> end(response, body));
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length()));
        response.write(body.slice(0, 1));
        after(slowMs, () -> end(response, body.slice(1, body.length())));
    }

    private static void end(HttpServerResponse response, Buffer body) {
        if (!response.closed()) {
            response.end(body);
        }
    }

    private void after(int ms, Runnable action) {
        if (ms == 0) {
            action.run();
        } else {
            vertx.setTimer(ms, timer -> action.run());
        }
    }
}
