// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered.table;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.remembered.FormsUnavailableException;
import org.postgresql.Driver;

/**
 * A few connections to a database. While it cannot be used, one use in a second tries and the others fail at once: many
 * requests wait for it, and a stop must not wait for one attempt of each. For any number of threads.
 */
final class Database implements Closeable {

    private static final int MOST_CONNECTIONS = 5;
    private static final int MOST_LONG_USES = 2;
    private static final long CONNECT_SECONDS = 5;
    private static final long IDLE_SECONDS = 60;
    /** Longer than {@link #STATEMENT_SECONDS}, which should end a statement before. */
    private static final int SOCKET_SECONDS = 20;
    /** The longest time of one statement. */
    static final int STATEMENT_SECONDS = 10;
    /** The same for long uses. */
    private static final int LONG_SOCKET_SECONDS = 600;
    static final int LONG_STATEMENT_SECONDS = 590;
    private static final long RETRY_NANOS = 1_000_000_000L;
    private static final int MOST_ROLLBACKS = 3;
    /** Of states that say: roll back and do the same again. */
    private static final String ROLLBACK = "40";

    /** What is done with a connection that commits each statement. */
    interface Use<T> {

        T of(Connection connection) throws SQLException, IOException;
    }

    private final TableSettings settings;
    private final Semaphore longUses = new Semaphore(MOST_LONG_USES);
    private HikariDataSource pool;
    private boolean closed;
    private FormsUnavailableException problem;
    private long tryAgain;

    Database(TableSettings settings) {
        this.settings = settings;
    }

    /** @throws FormsUnavailableException if the database cannot be used for now; the message is one line */
    <T> T use(Use<T> use) throws IOException {
        HikariDataSource from = begin();
        try {
            T result = used(from, use);
            worked();
            return result;
        } catch (SQLException | RuntimeException e) {
            throw failed(e);
        }
    }

    /**
     * The same for what may take minutes, such as an export: so many at a time that others find a connection. If it fails,
     * others use the database as before: deliveries must not wait because of it.
     */
    <T> T useLong(Use<T> use) throws IOException {
        try {
            if (!longUses.tryAcquire(CONNECT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(MOST_LONG_USES + " others read all records of Only Changed now. Try again later");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the program was stopped");
        }
        try {
            HikariDataSource from = begin();
            T result = used(from, connection -> {
                // The pool sets it back.
                connection.setNetworkTimeout(Runnable::run, (int) TimeUnit.SECONDS.toMillis(LONG_SOCKET_SECONDS));
                return use.of(connection);
            });
            worked();
            return result;
        } catch (SQLException | RuntimeException e) {
            throw unavailable(e);
        } finally {
            longUses.release();
        }
    }

    private static <T> T used(HikariDataSource from, Use<T> use) throws SQLException, IOException {
        for (int rollbacks = 0;; rollbacks++) {
            try (Connection connection = from.getConnection()) {
                return use.of(connection);
            } catch (SQLException e) {
                if (rollbacks == MOST_ROLLBACKS || e.getSQLState() == null || !e.getSQLState().startsWith(ROLLBACK)) {
                    throw e;
                }
            }
        }
    }

    private synchronized HikariDataSource begin() throws IOException {
        if (closed) {
            throw new IOException("the program was stopped");
        }
        if (problem != null) {
            if (System.nanoTime() - tryAgain < 0) {
                throw problem;
            }
            // The others wait for what this use finds out.
            tryAgain = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_SECONDS);
        }
        try {
            if (pool == null) {
                pool = pool();
            }
            if (problem != null) {
                pool.setPassword(settings.password().get());
            }
            return pool;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private HikariDataSource pool() {
        if (Driver.parseURL(settings.url(), null) == null) {
            throw new IllegalArgumentException(
                    "the URL is none of PostgreSQL, such as jdbc:postgresql://host:5432/database");
        }
        HikariDataSource made = new HikariDataSource();
        made.setPoolName("gtm-only-changed");
        made.setDriverClassName(Driver.class.getName());
        made.setJdbcUrl(settings.url());
        made.setUsername(settings.user().isEmpty() ? null : settings.user());
        made.setPassword(settings.password().get());
        made.setMaximumPoolSize(MOST_CONNECTIONS);
        made.setMinimumIdle(0);
        made.setIdleTimeout(TimeUnit.SECONDS.toMillis(IDLE_SECONDS));
        made.setConnectionTimeout(TimeUnit.SECONDS.toMillis(CONNECT_SECONDS));
        // The first use says what is wrong.
        made.setInitializationFailTimeout(-1);
        made.addDataSourceProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        made.addDataSourceProperty("socketTimeout", String.valueOf(SOCKET_SECONDS));
        made.addDataSourceProperty("tcpKeepAlive", "true");
        made.addDataSourceProperty("ApplicationName", "gtm-routes");
        return made;
    }

    private synchronized void worked() {
        problem = null;
    }

    private synchronized FormsUnavailableException failed(Exception e) {
        problem = unavailable(e);
        tryAgain = System.nanoTime() + RETRY_NANOS;
        return problem;
    }

    private FormsUnavailableException unavailable(Exception e) {
        return new FormsUnavailableException("the database " + settings.address() + " of Only Changed cannot be used: "
                + Exceptions.text(e), e);
    }

    @Override
    public void close() {
        HikariDataSource ending;
        synchronized (this) {
            closed = true;
            ending = pool;
        }
        if (ending != null) {
            ending.close();
        }
    }
}
