// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered.table;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

import dev.gtmroutes.record.KeyHash;
import dev.gtmroutes.record.RecordForm;
import dev.gtmroutes.remembered.FormFolder;
import dev.gtmroutes.remembered.FormsUnavailableException;
import dev.gtmroutes.remembered.RememberedForms;

/**
 * What one destination was sent, in the table {@code gtm_delivered_forms}. Its rows belong to the number that the
 * destination has in {@code gtm_delivered_destinations}: with another number, nothing is remembered.
 *
 * <p>Before records leave, their rows lose the form and get the number of this program as {@code sender}. What was delivered
 * is written only if that is still there, so no other program has sent a record of the key since, and if no other could be
 * sending one when this program began ({@code others_until}): otherwise the destination may have either of their records.
 */
final class TableForms implements RememberedForms {

    private static final String LOOK_UP = """
            select f.key_high, f.key_low, f.form from gtm_delivered_destinations d
            cross join unnest(?::bigint[], ?::bigint[]) as k (high, low)
            join gtm_delivered_forms f on f.destination = d.id and f.key_high = k.high and f.key_low = k.low
            where d.id = ? and f.form <> 0""";
    /** In the order of the keys, so that two programs do not wait for each other. */
    private static final String LEAVING = """
            insert into gtm_delivered_forms as f (destination, key_high, key_low, form, sender, sent_since, sent_until)
            select d.id, k.high, k.low, 0, ?, now(), now() + ? * interval '1 second' from gtm_delivered_destinations d
            cross join unnest(?::bigint[], ?::bigint[]) as k (high, low) where d.id = ? order by k.high, k.low
            on conflict (destination, key_high, key_low) do update set form = 0, sender = excluded.sender,
            sent_since = case f.sender when excluded.sender then f.sent_since else excluded.sent_since end,
            sent_until = excluded.sent_until,
            others_until = case when f.sender in (0, excluded.sender) then f.others_until
            else greatest(f.others_until, f.sent_until) end""";
    private static final String DELIVERED = """
            update gtm_delivered_forms f set
            form = case when f.others_until > f.sent_since then 0 else k.form end,
            others_until = case when f.others_until > f.sent_since then f.others_until end,
            sender = 0, sent_since = null, sent_until = null
            from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as k (high, low, form)
            where f.destination = ? and f.key_high = k.high and f.key_low = k.low and f.sender = ?""";
    private static final int MOST_NUMBERS = 3;

    private final Database database;
    private final TableDestinations destinations;
    private final FormFolder.About about;
    private final long sender;
    private final long longestSeconds;
    private final Runnable renumbered;
    private volatile long number;

    /**
     * @param sender         number of this program; not 0
     * @param longestSeconds the longest time that a request is in flight
     * @param renumbered     called when another number made rows useless
     */
    TableForms(Database database, FormFolder.About about, long sender, long longestSeconds, Runnable renumbered)
            throws IOException {
        this.database = database;
        this.destinations = new TableDestinations(database);
        this.about = about;
        this.sender = sender;
        this.longestSeconds = longestSeconds;
        this.renumbered = renumbered;
        this.number = destinations.begin(about);
    }

    @Override
    public long[] forms(List<KeyHash> keys) throws IOException {
        Map<KeyHash, Long> found = new HashMap<>();
        if (!keys.isEmpty()) {
            database.use(connection -> {
                try (PreparedStatement query = statement(connection, LOOK_UP)) {
                    query.setArray(1, longs(connection, keys, KeyHash::high));
                    query.setArray(2, longs(connection, keys, KeyHash::low));
                    query.setLong(3, number);
                    ResultSet rows = query.executeQuery();
                    while (rows.next()) {
                        found.put(new KeyHash(rows.getLong(1), rows.getLong(2)), rows.getLong(3));
                    }
                    return null;
                }
            });
        }
        return keys.stream().mapToLong(each -> found.getOrDefault(each, RecordForm.NONE)).toArray();
    }

    @Override
    public void leaving(List<RecordForm> before) throws IOException {
        if (before.isEmpty()) {
            return;
        }
        for (int tries = 0; tries < MOST_NUMBERS; tries++) {
            if (mark(before) > 0) {
                return;
            }
            // Another program has forgotten all, or runs another version of the flow.
            number = destinations.begin(about);
            renumbered.run();
        }
        throw new FormsUnavailableException("another program forgets again and again what destination "
                + about.destination() + " of flow " + about.flow() + " was sent. Check that all programs have the same "
                + "version of the flow", null);
    }

    private int mark(List<RecordForm> before) throws IOException {
        return database.use(connection -> {
            try (PreparedStatement upsert = statement(connection, LEAVING)) {
                upsert.setLong(1, sender);
                upsert.setLong(2, longestSeconds);
                upsert.setArray(3, longs(connection, before, each -> each.key().high()));
                upsert.setArray(4, longs(connection, before, each -> each.key().low()));
                upsert.setLong(5, number);
                return upsert.executeUpdate();
            }
        });
    }

    /** A form that is forgotten needs no writing: that was done before its record left. */
    @Override
    public void write(List<RecordForm> forms) throws IOException {
        List<RecordForm> known = forms.stream().filter(each -> each.form() != RecordForm.NONE).toList();
        if (known.isEmpty()) {
            return;
        }
        database.use(connection -> {
            try (PreparedStatement update = statement(connection, DELIVERED)) {
                update.setArray(1, longs(connection, known, each -> each.key().high()));
                update.setArray(2, longs(connection, known, each -> each.key().low()));
                update.setArray(3, longs(connection, known, RecordForm::form));
                update.setLong(4, number);
                update.setLong(5, sender);
                return update.executeUpdate();
            }
        });
    }

    static PreparedStatement statement(Connection connection, String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(Database.STATEMENT_SECONDS);
        return statement;
    }

    private static <T> Array longs(Connection connection, List<T> of, ToLongFunction<T> number) throws SQLException {
        return connection.createArrayOf("bigint", of.stream().map(number::applyAsLong).toArray(Long[]::new));
    }

    /** A reset changes the table at once. */
    @Override
    public List<RecordForm> applyResets() {
        return List.of();
    }

    @Override
    public void check() throws IOException {
        forms(List.of(new KeyHash(0, 1)));
    }

    @Override
    public long keys() throws IOException {
        return destinations.count(about.flow(), about.destination());
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public boolean isGone() {
        return false;
    }

    @Override
    public void share(int destinations) {
        // The memory is that of the database.
    }

    @Override
    public void close() {
        // The database stays open for the other destinations.
    }
}
