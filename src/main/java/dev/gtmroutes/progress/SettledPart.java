// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.gtmroutes.record.SourceRecord;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;

/**
 * What the records of a file were that something is noted of: the sum of their fingerprints, and, for records that a
 * destination is sent only once, the fingerprint of each. It tells whether another file holds these records, too. For one
 * thread at a time.
 */
final class SettledPart {

    private final BitSet known = new BitSet();
    private long sum;
    private final BitSet sent = new BitSet();
    private int[] sentOrdinals = new int[0];
    private long[] sentValues = new long[0];
    private int sentCount;
    private final Set<InputProgress.DestinationKey> sentTo = new HashSet<>();
    private final Map<Integer, Long> last = new TreeMap<>();

    /** The records that are known. */
    BitSet known() {
        return known;
    }

    /** The sum of the fingerprints of all known records. */
    long sum() {
        return sum;
    }

    /** @return those of the records that are not known yet */
    Fingerprints unknown(Fingerprints of) {
        return of.only(ordinal -> !known.get(ordinal));
    }

    /** @param more the sum of the fingerprints of just these records, none of which was known */
    void add(Ranges records, long more) {
        records.addTo(known);
        sum += more;
    }

    /** @return those of which it is not known yet that they were sent */
    Fingerprints unsent(Fingerprints of) {
        return of.only(ordinal -> !sent.get(ordinal));
    }

    /** Whether it is known that records are sent to this destination only once. */
    boolean isSentTo(InputProgress.DestinationKey place) {
        return sentTo.contains(place);
    }

    /** The destinations that are sent each record only once. */
    Set<InputProgress.DestinationKey> sentTo() {
        return sentTo;
    }

    /** Records are sent to a destination that must not be sent them again. */
    void sent(InputProgress.DestinationKey place, Fingerprints records) {
        sentTo.add(place);
        for (int i = 0; i < records.ordinals().length; i++) {
            sent(records.ordinals()[i], records.values()[i]);
        }
    }

    void sentTo(InputProgress.DestinationKey place) {
        sentTo.add(place);
    }

    void sent(int ordinal, long fingerprint) {
        if (sent.get(ordinal)) {
            return;
        }
        if (sentCount == sentOrdinals.length) {
            sentOrdinals = Arrays.copyOf(sentOrdinals, Math.max(16, 2 * sentCount));
            sentValues = Arrays.copyOf(sentValues, sentOrdinals.length);
        }
        sent.set(ordinal);
        sentOrdinals[sentCount] = ordinal;
        sentValues[sentCount++] = fingerprint;
    }

    /** Those that were sent, in the order in which they were. */
    Fingerprints sent() {
        return new Fingerprints(Arrays.copyOf(sentOrdinals, sentCount), Arrays.copyOf(sentValues, sentCount));
    }

    /** @return the fingerprints of the records that were sent and may have been carried out */
    long[] carriedOut(InputProgress settled) {
        BitSet maybe = new BitSet();
        for (Map.Entry<InputProgress.DestinationKey, InputProgress.Records> each : settled.all().entrySet()) {
            maybe.or(each.getValue().settled());
            maybe.or(each.getValue().unsure());
        }
        long[] values = new long[sentCount];
        int count = 0;
        for (int i = 0; i < sentCount; i++) {
            if (maybe.get(sentOrdinals[i])) {
                values[count++] = sentValues[i];
            }
        }
        return Arrays.copyOf(values, count);
    }

    /** Behind this record there was no other when it was read: it may have been only half there. */
    void last(int ordinal, long fingerprint) {
        // As it was when it got its first outcome.
        last.putIfAbsent(ordinal, fingerprint);
    }

    /** The fingerprints of records behind which there was no other when they were read. */
    Map<Integer, Long> last() {
        return last;
    }

    /**
     * Looks for the known records in a file, each at its place. It reads the file up to the last of them.
     *
     * @return the ordinals of those that were the last ones of the file and are others now, as they were only half there;
     *         null if the file does not hold the others
     */
    BitSet changedIn(Path file) throws IOException {
        BitSet others = (BitSet) known.clone();
        others.flip(0, known.length());
        BitSet changed = new BitSet();
        int missing = known.cardinality();
        long found = 0;
        try (InputStream bytes = Files.newInputStream(file);
                RecordReader records = RecordReader.open(bytes, file.getFileName().toString(), null)) {
            records.skip(others);
            while (missing > 0 && records.hasNext()) {
                SourceRecord record = records.next();
                int ordinal = (int) record.index();
                long is = Fingerprints.of(record.identity());
                long was = last.getOrDefault(ordinal, is);
                changed.set(ordinal, is != was);
                found += Fingerprints.at(ordinal, was);
                missing--;
            }
            return missing == 0 && found == sum ? changed : null;
        } catch (NotRecordsException e) {
            return null;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** These records, which were the last ones, are others now: what is known of them does not count any more. */
    void forget(BitSet records) {
        records.stream().filter(known::get).forEach(ordinal -> sum -= Fingerprints.at(ordinal, last.get(ordinal)));
        last.keySet().removeIf(records::get);
        known.andNot(records);
        sent.andNot(records);
    }
}
