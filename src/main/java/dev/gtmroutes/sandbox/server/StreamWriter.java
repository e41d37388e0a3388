// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.server;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Sends one body while it is made: no more of it is in memory than one piece and what the connection holds. */
final class StreamWriter {

    private static final int PIECE = 64 * 1024;
    private static final int TICKS_PER_SECOND = 50;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Streamed body;
    private long sent;
    private Buffer rest = Buffer.buffer();

    StreamWriter(Vertx vertx, HttpServerRequest request, Streamed body) {
        this.vertx = vertx;
        this.request = request;
        this.response = request.response();
        this.body = body;
    }

    /** Sends the body; status and headers are set. */
    void send() {
        if (body.length() >= 0) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(body.length()));
        } else {
            response.setChunked(true);
        }
        // A client that goes away is no error of this server.
        response.exceptionHandler(gone -> {});
        if (body.timeLimitMs() > 0) {
            vertx.setTimer(body.timeLimitMs(), timer -> {
                if (!isOver()) {
                    request.connection().close();
                }
            });
        }
        if (body.bytesPerSecond() > 0) {
            vertx.setPeriodic(1000 / TICKS_PER_SECOND, this::tick);
        } else {
            response.drainHandler(ready -> fill());
            fill();
        }
    }

    private void tick(long timer) {
        long share = Math.max(1, body.bytesPerSecond() / TICKS_PER_SECOND);
        if (isOver() || !response.writeQueueFull() && !piece((int) Math.min(PIECE, share))) {
            vertx.cancelTimer(timer);
        }
    }

    private void fill() {
        while (!isOver() && !response.writeQueueFull()) {
            if (!piece(PIECE)) {
                return;
            }
        }
    }

    private boolean isOver() {
        return response.closed() || response.ended();
    }

    /** Sends up to so many bytes. @return whether there are more */
    private boolean piece(int most) {
        while (rest.length() < most && body.parts().hasNext()) {
            rest.appendBytes(body.parts().next());
        }
        long untilCut = body.cutAt() < 0 ? Long.MAX_VALUE : body.cutAt() - sent;
        int length = (int) Math.min(Math.min(most, rest.length()), untilCut);
        Buffer piece = rest.getBuffer(0, length);
        rest = rest.getBuffer(length, rest.length());
        sent += length;
        if (body.cutAt() >= 0 && sent >= body.cutAt()) {
            // What was written goes out first: the client is to see a body that breaks off, not a refused connection.
            response.write(piece).onComplete(written -> request.connection().close());
            return false;
        }
        if (rest.length() > 0 || body.parts().hasNext()) {
            response.write(piece);
            return true;
        }
        response.end(piece);
        return false;
    }
}
