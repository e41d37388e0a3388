// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.util.CharArrayBuffer;

/** Reads status line and headers of the responses on one connection, and knows the status while the headers still come. */
final class ResponseHead extends DefaultHttpResponseParser {

    private static final int MOST_HEADERS = 1000;
    /** Of status line and headers together. */
    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_CHARS_OF_A_LINE = 16 * 1024;
    private static final int LOWEST_STATUS = 100;

    /** A response of headers without end must not fill the memory. */
    static final Http1Config LIMITS = Http1Config.custom().setMaxHeaderCount(MOST_HEADERS)
            .setMaxLineLength(MOST_CHARS_OF_A_LINE).build();

    private SessionInputBuffer buffer;
    private ClassicHttpResponse begun;

    ResponseHead() {
        super(LIMITS);
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer from, InputStream socket) throws IOException, HttpException {
        buffer = from;
        try {
            return super.parse(from, new Bounded(socket));
        } catch (MessageConstraintException e) {
            if (begun != null) {
                throw e;
            }
            throw new ProtocolException("its first line is too long to be a status line");
        }
    }

    /** Gives up where the headers do not end. */
    private static final class Bounded extends FilterInputStream {

        private int read;

        Bounded(InputStream socket) {
            super(socket);
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            if (read > MOST_BYTES) {
                throw new MessageConstraintException("its headers have more than " + MOST_BYTES + " bytes");
            }
            int count = super.read(bytes, from, length);
            read += Math.max(0, count);
            return count;
        }
    }

    @Override
    protected ClassicHttpResponse createMessage(CharArrayBuffer line) throws IOException, HttpException {
        begun = status(line);
        return begun;
    }

    private ClassicHttpResponse status(CharArrayBuffer line) throws IOException, HttpException {
        ClassicHttpResponse response = null;
        try {
            response = super.createMessage(line);
        } catch (ParseException | IllegalArgumentException e) {
            // Told below.
        }
        if (response == null || response.getCode() < LOWEST_STATUS
                || response.getVersion().greaterEquals(HttpVersion.HTTP_2)) {
            throw new ProtocolException(
                    "it begins with '" + Exceptions.line(line.toString()).replaceAll("[^ -~]", "?")
                            + "', which is not a status line");
        }
        return response;
    }

    /** The response whose status line has arrived since {@link #forget}; null if none has. */
    ClassicHttpResponse begun() {
        return begun;
    }

    /** The next response is another one. */
    void forget() {
        begun = null;
    }

    /** The number of bytes that have been read from the socket and belong to no response so far. */
    int unread() {
        return buffer == null ? 0 : buffer.length();
    }
}
