// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;

import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.function.Supplier;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.SessionOutputBuffer;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection to a vendor API. It differs from that of HttpClient in what it believes:
 * <ul>
 * <li>Bytes that are there before a request is sent are no response to it. Such a connection is not used again.
 * <li>A status that has arrived counts, whatever is wrong with the headers behind it: they are then none, and the body is
 * one that fails when it is read.
 * <li>What begins with anything but a status line is no HTTP, and is not searched for one.
 * </ul>
 *
 * <p>It logs nothing, at no level: requests carry credentials.
 */
final class ApiConnection extends DefaultBHttpClientConnection implements ManagedHttpClientConnection {

    /** From then on it is worth a millisecond to find out whether the server has closed the connection. */
    private static final long LONG_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** HttpClient unpacks as often as a header says, one call within the other. */
    private static final int MOST_PACKINGS = 4;
    /** So much is written before another look for a response that does not wait for the request's end. */
    private static final int PIECE = 64 * 1024;

    private final ResponseHead head;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Timeout socketTimeout = Timeout.INFINITE;
    private long restsSince = System.nanoTime();
    private ClassicHttpResponse unreadable;
    /** Whether the server has closed the connection before the request was all written. */
    private boolean cutOff;

    ApiConnection() {
        this(new ResponseHead());
    }

    private ApiConnection(ResponseHead head) {
        super(ResponseHead.LIMITS, null, null, null, null,
                (request, connection, input, written, more) -> answersEarly(connection, input, written), null, each -> head);
        this.head = head;
    }

    /**
     * Whether a response has come before the request is all written. Before its first piece there is none; a look into a TLS
     * socket takes a millisecond, as what lies in it is known only once it is read.
     */
    private static boolean answersEarly(HttpClientConnection connection, InputStream input, long written)
            throws IOException {
        if (written == 0) {
            return false;
        }
        return connection.getSSLSession() == null ? input.available() > 0
                : connection.isDataAvailable(Timeout.ONE_MILLISECOND);
    }

    @Override
    public void bind(Socket socket) throws IOException {
        refuseIfClosed(socket);
        super.bind(socket);
        socketTimeout = Timeout.ofMilliseconds(socket.getSoTimeout());
    }

    @Override
    public void bind(SSLSocket secure, Socket socket) throws IOException {
        refuseIfClosed(socket);
        super.bind(secure, socket);
        socketTimeout = Timeout.ofMilliseconds(secure.getSoTimeout());
    }

    private void refuseIfClosed(Socket socket) throws IOException {
        if (closed.get()) {
            socket.close();
            throw new InterruptedIOException("the request ended before the connection was open");
        }
    }

    @Override
    public Socket getSocket() {
        return getSocketHolder() == null ? null : getSocketHolder().getSocket();
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        super.setSocketTimeout(timeout);
        socketTimeout = timeout;
    }

    @Override
    public void passivate() {
        super.setSocketTimeout(Timeout.ZERO_MILLISECONDS);
        restsSince = System.nanoTime();
    }

    @Override
    public void activate() {
        super.setSocketTimeout(socketTimeout);
    }

    /** Whether it cannot carry another request: it is closed, or something came that nobody has asked for. */
    @Override
    public boolean isStale() throws IOException {
        if (!isOpen() || head.unread() > 0) {
            return true;
        }
        // What lies in a TLS socket is known only once it is read, and so is the end of any.
        boolean look = getSocket() instanceof SSLSocket || System.nanoTime() - restsSince > LONG_REST_NANOS;
        return look ? super.isStale() || head.unread() > 0 : getSocket().getInputStream().available() > 0;
    }

    /**
     * A server that refuses a body need not read it: what it says counts, also where it closes the connection before all is
     * written.
     */
    @Override
    public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
        try {
            super.sendRequestEntity(request);
        } catch (SocketException e) {
            if (!isOpen() || getSocket().getInputStream().available() == 0) {
                throw e;
            }
            cutOff = true;
        }
    }

    @Override
    protected OutputStream createContentOutputStream(long length, SessionOutputBuffer buffer, OutputStream socket,
            Supplier<List<? extends Header>> trailers) {
        return super.createContentOutputStream(length, buffer, new FilterOutputStream(socket) {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                for (int at = from; at < from + count; at += PIECE) {
                    out.write(bytes, at, Math.min(PIECE, from + count - at));
                }
            }
        }, trailers);
    }

    @Override
    public void flush() throws IOException {
        if (!cutOff && isConsistent()) {
            super.flush();
        }
    }

    @Override
    public boolean isConsistent() {
        return !cutOff && super.isConsistent();
    }

    @Override
    public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
        unreadable = null;
        head.forget();
        try {
            return super.receiveResponseHeader();
        } catch (HttpException | IOException e) {
            ClassicHttpResponse begun = head.begun();
            if (begun == null || begun.getCode() < HttpStatus.SC_SUCCESS) {
                throw e;
            }
            return unreadable(begun, e instanceof SocketTimeoutException ? (IOException) e
                    : new IOException("its headers cannot be read", e));
        }
    }

    @Override
    public void receiveResponseEntity(ClassicHttpResponse response) throws HttpException, IOException {
        if (response == unreadable) {
            return;
        }
        if (Arrays.stream(response.getHeaders(HttpHeaders.CONTENT_ENCODING))
                .mapToInt(each -> each.getValue().split(",").length)
                .sum() > MOST_PACKINGS) {
            response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
            unreadable(response, new IOException("its body is packed more than " + MOST_PACKINGS + " times"));
            return;
        }
        try {
            super.receiveResponseEntity(response);
        } catch (HttpException e) {
            unreadable(response, new IOException("its headers do not define its end", e));
        }
    }

    private ClassicHttpResponse unreadable(ClassicHttpResponse response, IOException why) {
        response.setEntity(new InputStreamEntity(new InputStream() {
            @Override
            public int read() throws IOException {
                throw why;
            }
        }, -1, null));
        unreadable = response;
        return response;
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            super.close();
        }
    }

    @Override
    public void close(CloseMode mode) {
        if (closed.compareAndSet(false, true)) {
            super.close(mode);
        }
    }
}
