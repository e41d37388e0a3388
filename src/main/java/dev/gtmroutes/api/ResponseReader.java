// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/**
 * Reads one response into an answer, and gives the connection back: for the next request if that is cheap, closed if not.
 */
final class ResponseReader {

    /** So much more is read to use the connection again; an even longer answer costs its connection. */
    private static final int MOST_SKIPPED = 1024 * 1024;

    private final HttpResponse response;
    private final Runnable abort;
    private final Function<Throwable, String> why;

    /**
     * @param response as far as its body
     * @param abort    closes the connection: the rest of the response is not waited for
     * @param why      what a failure to read is about, for a person
     */
    ResponseReader(HttpResponse response, Runnable abort, Function<Throwable, String> why) {
        this.response = response;
        this.abort = abort;
        this.why = why;
    }

    private ApiAnswer.Builder head() {
        ApiAnswer.Builder answer = ApiAnswer.status(response.getCode());
        for (Header each : response.getHeaders()) {
            answer.header(each.getName(), each.getValue());
        }
        return answer;
    }

    /** There is a status, and no body that can be read. */
    ApiAnswer.Builder failed(Throwable failure) {
        abort.run();
        return head().body(new byte[0], ApiAnswer.Completeness.BROKEN_OFF, why.apply(failure));
    }

    /** Hands the body to the one who asked for it. */
    ApiAnswer.Builder hand(InputStream body, BodyReader to) {
        ApiAnswer.Builder answer = head();
        boolean whole = false;
        try {
            to.read(body);
            whole = true;
            body.close();
        } catch (IOException e) {
            answer.body(new byte[0], ApiAnswer.Completeness.BROKEN_OFF, why.apply(e));
        } finally {
            // Not closed: the stream would first read all that is still to come.
            if (!whole) {
                abort.run();
            }
        }
        return answer;
    }

    /** Keeps the body, up to {@link ApiAnswer#MOST_BYTES}. */
    ApiAnswer.Builder keep(InputStream body) {
        ApiAnswer.Builder answer = head();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try {
            byte[] buffer = new byte[8192];
            int count = 0;
            while (count >= 0 && kept.size() < ApiAnswer.MOST_BYTES) {
                kept.write(buffer, 0, count);
                count = body.read(buffer, 0, Math.min(buffer.length, ApiAnswer.MOST_BYTES - kept.size()));
            }
            if (count >= 0 && body.read() >= 0) {
                answer.body(kept.toByteArray(), ApiAnswer.Completeness.CUT,
                        "longer than " + ApiAnswer.MOST_BYTES + " bytes");
                if (body.skip(MOST_SKIPPED) == MOST_SKIPPED) {
                    abort.run();
                } else {
                    body.close();
                }
                return answer;
            }
            body.close();
            return answer.body(kept.toByteArray());
        } catch (IOException e) {
            abort.run();
            return e instanceof EOFException && kept.size() == 0 && isEmpty() ? answer.body(new byte[0])
                    : answer.body(kept.toByteArray(), ApiAnswer.Completeness.BROKEN_OFF, why.apply(e));
        }
    }

    /** Whether the answer says that it has no body: unpacking nothing fails, and nothing is missing. */
    private boolean isEmpty() {
        Header length = response.getFirstHeader("Content-Length");
        return response.getCode() == 204 || response.getCode() == 304
                || length != null && length.getValue().strip().equals("0");
    }
}
