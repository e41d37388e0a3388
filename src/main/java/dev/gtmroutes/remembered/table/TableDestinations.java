// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;
import dev.gtmroutes.remembered.FormFolder;
import dev.gtmroutes.remembered.Remembered;
import dev.gtmroutes.remembered.RememberedForms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The destinations in the table {@code gtm_delivered_destinations}, each with a number. A destination that gets another
 * number has forgotten all its records at once, for all programs.
 */
final class TableDestinations {

    private static final Logger LOG = LoggerFactory.getLogger(TableDestinations.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Any number, the same in all programs: only one of them makes the tables. */
    private static final long LOCK = 0x67746d726f75L;
    private static final List<String> TABLES = List.of("""
            create table if not exists gtm_delivered_destinations (
            id bigint generated always as identity primary key, flow text not null, destination text not null,
            template text not null, attributes text not null, unique (flow, destination))""", """
            create table if not exists gtm_delivered_forms (
            destination bigint not null, key_high bigint not null, key_low bigint not null, form bigint not null,
            sender bigint not null, sent_since timestamptz, sent_until timestamptz, others_until timestamptz,
            primary key (destination, key_high, key_low))""");
    private static final String OF_NAME = " where flow = ? and destination = ?";
    private static final String ITS_FORMS = " from gtm_delivered_forms f join gtm_delivered_destinations d on d.id = "
            + "f.destination where d.flow = ? and d.destination = ? and f.form <> 0";
    private static final int ROWS = 10_000;

    private final Database database;

    TableDestinations(Database database) {
        this.database = database;
    }

    /** Makes the tables, unless they are there: then, the right to make some is not needed. */
    void make() throws IOException {
        database.use(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(Database.STATEMENT_SECONDS);
                ResultSet there = statement.executeQuery("select to_regclass('gtm_delivered_destinations') is not null "
                        + "and to_regclass('gtm_delivered_forms') is not null");
                there.next();
                if (!there.getBoolean(1)) {
                    // One message is one transaction, which ends the lock.
                    statement.execute("select pg_advisory_xact_lock(" + LOCK + ");" + String.join(";", TABLES));
                }
                return null;
            }
        });
    }

    /** @return the number of a destination; a new one if it has other attributes or another template now */
    long begin(FormFolder.About about) throws IOException {
        String attributes = JSON.writeValueAsString(about.attributes());
        return database.use(connection -> {
            insert(connection, about, attributes);
            boolean other = update(connection, "update gtm_delivered_destinations set id = default, template = ?, "
                    + "attributes = ?" + OF_NAME + " and (template, attributes) <> (?, ?)", about.template(), attributes,
                    about.flow(), about.destination(), about.template(), attributes) > 0;
            if (other) {
                LOG.info("{}: Only Changed of {} has other attributes or another template now. What it remembered was "
                        + "deleted, so every record is sent once", about.flow(), about.destination());
            }
            try (PreparedStatement query = TableForms.statement(connection,
                    "select id from gtm_delivered_destinations" + OF_NAME)) {
                set(query, about.flow(), about.destination());
                ResultSet row = query.executeQuery();
                // Without a row, another program has just deleted it: no form belongs to 0.
                return row.next() ? row.getLong(1) : 0;
            }
        });
    }

    private static void insert(Connection connection, FormFolder.About about, String attributes) throws SQLException {
        update(connection, "insert into gtm_delivered_destinations (flow, destination, template, attributes) "
                + "select ?, ?, ?, ? where not exists (select 1 from gtm_delivered_destinations" + OF_NAME + ") "
                + "on conflict do nothing", about.flow(), about.destination(), about.template(), attributes, about.flow(),
                about.destination());
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement update = TableForms.statement(connection, sql)) {
            set(update, values);
            return update.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    List<Remembered> all() throws IOException {
        return database.use(connection -> {
            List<Remembered> all = new ArrayList<>();
            try (PreparedStatement query = TableForms.statement(connection, "select flow, destination, template, attributes "
                    + "from gtm_delivered_destinations order by flow, destination")) {
                ResultSet rows = query.executeQuery();
                while (rows.next()) {
                    all.add(new Remembered(rows.getString(1), rows.getString(2), rows.getString(3),
                            attributes(rows.getString(4)), 0, false));
                }
                return all;
            }
        });
    }

    private static List<String> attributes(String json) {
        try {
            return List.of(JSON.readValue(json, String[].class));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("gtm_delivered_destinations has attributes that are not a JSON array", e);
        }
    }

    long count(String flow, String destination) throws IOException {
        return database.useLong(connection -> {
            try (PreparedStatement query = connection.prepareStatement("select count(*)" + ITS_FORMS)) {
                query.setQueryTimeout(Database.LONG_STATEMENT_SECONDS);
                set(query, flow, destination);
                ResultSet row = query.executeQuery();
                row.next();
                return row.getLong(1);
            }
        });
    }

    void export(String flow, String destination, RememberedForms.Reader reader) throws IOException {
        database.useLong(connection -> {
            // Otherwise the driver reads all rows before it hands out the first one.
            connection.setAutoCommit(false);
            try (PreparedStatement query = connection.prepareStatement(
                    "select f.key_high, f.key_low, f.form" + ITS_FORMS)) {
                query.setFetchSize(ROWS);
                set(query, flow, destination);
                ResultSet rows = query.executeQuery();
                while (rows.next()) {
                    reader.read(new RecordForm(new KeyHash(rows.getLong(1), rows.getLong(2)), rows.getLong(3)));
                }
                return null;
            } finally {
                connection.rollback();
            }
        });
    }

    /** Forgets one record. If it is in flight, what becomes of it is not remembered either. */
    void reset(String flow, String destination, KeyHash key) throws IOException {
        database.use(connection -> update(connection, "update gtm_delivered_forms f set form = 0, "
                + "sender = 0, others_until = greatest(f.others_until, f.sent_until) from gtm_delivered_destinations d "
                + "where d.id = f.destination and d.flow = ? and d.destination = ? and f.key_high = ? and f.key_low = ?",
                flow, destination, key.high(), key.low()));
    }

    /** Forgets all records. */
    void reset(String flow, String destination) throws IOException {
        database.use(connection -> update(connection, "update gtm_delivered_destinations set id = default" + OF_NAME, flow,
                destination));
    }

    /** @return whether it was there */
    boolean delete(String flow, String destination) throws IOException {
        return database.use(connection -> update(connection, "delete from gtm_delivered_destinations" + OF_NAME, flow,
                destination)) > 0;
    }

    /** Deletes the destinations of a flow except these. @return the names of those that were deleted */
    List<String> deleteOthers(String flow, List<String> kept) throws IOException {
        return database.use(connection -> {
            List<String> deleted = new ArrayList<>();
            try (PreparedStatement delete = TableForms.statement(connection, "delete from gtm_delivered_destinations "
                    + "where flow = ? and destination <> all (?) returning destination")) {
                delete.setString(1, flow);
                delete.setArray(2, connection.createArrayOf("text", kept.toArray()));
                ResultSet rows = delete.executeQuery();
                while (rows.next()) {
                    deleted.add(rows.getString(1));
                }
                return deleted;
            }
        });
    }

    /** Deletes some of the rows that belong to no destination any more. @return whether there may be more */
    boolean sweep() throws IOException {
        return database.use(connection -> update(connection, """
                with recursive numbers (n) as (select min(destination) from gtm_delivered_forms union all
                select (select min(destination) from gtm_delivered_forms where destination > n) from numbers
                where n is not null)
                delete from gtm_delivered_forms where ctid = any (array (select ctid from gtm_delivered_forms
                where destination in (select n from numbers where n is not null
                and n not in (select id from gtm_delivered_destinations)) limit ?))""", ROWS)) == ROWS;
    }
}
