// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;

import dev.gtmroutes.record.RecordForm;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.LongDataType;

/**
 * Keys and their forms in an MVStore, 24 bytes each. A B-tree with a place for each of these hashes would be a third empty;
 * here the first bits of a key choose one of {@value #BUCKETS} buckets, and each is an array, sorted by the rest. It is
 * written in few large parts ({@link #apply}), in the order of the buckets, so that almost every page is written anew each
 * time and the space of the pages before is free again. For one writer and any number of readers.
 */
final class FormStore {

    private static final int BUCKET_BITS = 17;
    static final int BUCKETS = 1 << BUCKET_BITS;
    private static final int LONGS = 3;
    private static final long COUNT = -1;
    private static final int MOST_UNSAVED_BYTES = 1 << 20;
    private static final int LEAST_FILL_PERCENT = 70;
    private static final int MOST_REWRITTEN_BYTES = 8 << 20;
    private static final int CLOSE_MILLIS = 2000;
    private static final long[] EMPTY = {};

    /** Receives keys and their forms. */
    interface Reader {

        void read(long high, long low, long form) throws IOException;
    }

    private final StoreFile<Long, long[]> file;

    /** @param file need not exist */
    FormStore(Path file) throws IOException {
        this.file = new StoreFile<>(file, "forms", () -> new MVMap.Builder<Long, long[]>()
                .keyType(LongDataType.INSTANCE).valueType(new Longs()), false);
    }

    /** So many stores share the memory for caches. */
    void share(int stores) {
        file.share(stores);
    }

    /** How many keys it holds. */
    long keys() throws IOException {
        return bucket(COUNT).length == 0 ? 0 : bucket(COUNT)[0];
    }

    /** @return {@link RecordForm#NONE} if the key is not here */
    long form(long high, long low) throws IOException {
        long[] bucket = bucket(high >>> Long.SIZE - BUCKET_BITS);
        int from = 0;
        int to = bucket.length / LONGS - 1;
        while (from <= to) {
            int middle = from + to >>> 1;
            int order = compare(bucket, middle, high, low);
            if (order == 0) {
                return bucket[LONGS * middle + 2];
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return RecordForm.NONE;
    }

    private static int compare(long[] bucket, int entry, long high, long low) {
        int order = Long.compare(bucket[LONGS * entry], high);
        return order != 0 ? order : Long.compare(bucket[LONGS * entry + 1], low);
    }

    private long[] bucket(long number) throws IOException {
        long[] bucket = file.get(number);
        return bucket == null ? EMPTY : bucket;
    }

    /**
     * Adds what has changed, and returns when it is on the disk. After an exception, some of it may be there. What is still
     * needed after a power cut is in the journal until then.
     */
    void apply(FormTable changes) throws IOException {
        int[] order = changes.sorted(BUCKET_BITS);
        long keys = keys();
        long unsaved = 0;
        int next = 0;
        while (next < order.length) {
            long number = changes.high(order[next]) >>> Long.SIZE - BUCKET_BITS;
            int end = next;
            while (end < order.length && changes.high(order[end]) >>> Long.SIZE - BUCKET_BITS == number) {
                end++;
            }
            long[] before = bucket(number);
            long[] after = merged(before, changes, order, next, end);
            file.put(number, after.length == 0 ? null : after);
            keys += (after.length - before.length) / LONGS;
            unsaved += (long) after.length * Long.BYTES;
            if (unsaved > MOST_UNSAVED_BYTES) {
                save(keys);
                unsaved = 0;
            }
            next = end;
        }
        save(keys);
        file.compact(LEAST_FILL_PERCENT, MOST_REWRITTEN_BYTES);
        file.sync();
    }

    private void save(long keys) throws IOException {
        file.put(COUNT, new long[] {keys});
        file.commit();
    }

    private static long[] merged(long[] before, FormTable changes, int[] order, int from, int to) {
        long[] bucket = Arrays.copyOf(before, before.length + LONGS * (to - from));
        int length = before.length / LONGS;
        for (int i = from; i < to; i++) {
            long high = changes.high(order[i]);
            long low = changes.low(order[i]);
            int at = 0;
            while (at < length && compare(bucket, at, high, low) < 0) {
                at++;
            }
            boolean there = at < length && compare(bucket, at, high, low) == 0;
            long form = changes.form(order[i]);
            if (form == RecordForm.NONE && there) {
                System.arraycopy(bucket, LONGS * (at + 1), bucket, LONGS * at, LONGS * (length - at - 1));
                length--;
            } else if (form != RecordForm.NONE) {
                if (!there) {
                    System.arraycopy(bucket, LONGS * at, bucket, LONGS * (at + 1), LONGS * (length - at));
                    length++;
                }
                bucket[LONGS * at] = high;
                bucket[LONGS * at + 1] = low;
                bucket[LONGS * at + 2] = form;
            }
        }
        return bucket.length == LONGS * length ? bucket : Arrays.copyOf(bucket, LONGS * length);
    }

    /** Reads all keys, in no order that means anything. */
    void forEach(Reader reader) throws IOException {
        try {
            Iterator<Long> numbers = file.keys(0L);
            while (numbers.hasNext()) {
                long[] bucket = bucket(numbers.next());
                for (int i = 0; i < bucket.length; i += LONGS) {
                    reader.read(bucket[i], bucket[i + 1], bucket[i + 2]);
                }
            }
        } catch (RuntimeException e) {
            throw file.problem(e);
        }
    }

    /** Opens the file again after an error while writing, with what was written before. */
    void openAgain() throws IOException {
        file.openAgain();
    }

    /** What was not applied is lost. */
    void close() {
        file.close(CLOSE_MILLIS);
    }

    /** Arrays as they are: hashes cannot be compressed. */
    private static final class Longs extends BasicDataType<long[]> {

        private static final int OVERHEAD_BYTES = 24;

        @Override
        public int getMemory(long[] value) {
            return OVERHEAD_BYTES + value.length * Long.BYTES;
        }

        @Override
        public void write(WriteBuffer to, long[] value) {
            to.putVarInt(value.length);
            byte[] bytes = new byte[value.length * Long.BYTES];
            ByteBuffer.wrap(bytes).asLongBuffer().put(value);
            to.put(bytes);
        }

        @Override
        public long[] read(ByteBuffer from) {
            long[] value = new long[DataUtils.readVarInt(from)];
            from.asLongBuffer().get(value);
            from.position(from.position() + value.length * Long.BYTES);
            return value;
        }

        @Override
        public long[][] createStorage(int size) {
            return new long[size][];
        }
    }
}
