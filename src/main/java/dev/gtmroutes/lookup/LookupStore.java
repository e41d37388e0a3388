// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lookup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.zip.CRC32C;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.remembered.DamagedFormsException;
import dev.gtmroutes.remembered.StoreFile;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * Records by their keys in one file, of which only a part is in memory, and a {@link RecordJournal} of those that were put
 * last. What was put is on the disk, and a crash of the program loses nothing of it. A power cut while it is written can
 * damage the file: that is told, and the list is read again. For any number of threads; one process at a time.
 */
final class LookupStore {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** No key of a record is empty. */
    private static final String ABOUT = "";
    private static final int SUM_BYTES = Integer.BYTES;
    private static final int MOST_JOURNAL_BYTES = 16 << 20;
    private static final int MOST_UNCOMMITTED_BYTES = 1 << 20;
    private static final int LEAST_FILL_PERCENT = 50;
    private static final int MOST_REWRITTEN_BYTES = 16 << 20;

    private final Path file;
    private final StoreFile<String, byte[]> records;
    private final RecordJournal journal;
    private final StoreKey key;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    /** Whether the file was closed by an error, and could not be opened again. */
    private boolean isLost;

    private LookupStore(Path file, StoreFile<String, byte[]> records, StoreKey key) throws IOException {
        this.file = file;
        this.records = records;
        this.key = key;
        this.journal = new RecordJournal(file);
        replay();
        settle();
    }

    /** Puts in what the file may have lost in a crash. */
    private void replay() throws IOException {
        long[] uncommitted = {0};
        journal.read((of, record) -> {
            put(of, record);
            uncommitted[0] += record.length;
            if (uncommitted[0] > MOST_UNCOMMITTED_BYTES) {
                records.commit();
                uncommitted[0] = 0;
            }
        });
        records.commit();
    }

    /** All that is in the journal is in the file from now on. */
    private void settle() throws IOException {
        if (journal.length() > 0) {
            records.compact(LEAST_FILL_PERCENT, MOST_REWRITTEN_BYTES);
            records.settle();
            journal.clear();
        }
    }

    /**
     * Opens a store, for records to be put into it.
     *
     * @param file need not exist
     * @throws IOException if it cannot be used, or has another key; the message is one line
     */
    static LookupStore open(Path file, StoreKey key) throws IOException {
        new Disk().createFolder(file.toAbsolutePath().getParent());
        LookupStore opened = opened(file, key);
        if (!opened.key.equals(key)) {
            opened.close();
            throw otherKey(file, opened.key);
        }
        return opened;
    }

    /** @return null if there is none */
    static LookupStore find(Path file) throws IOException {
        return Files.exists(file) ? opened(file, null) : null;
    }

    static IOException otherKey(Path file, StoreKey there) {
        return new IOException("the store has the key " + there + ". Enter this key, or the name of another store; or stop "
                + "the program and delete " + file + " and its journal, which empties the store");
    }

    /** @param wanted null for what the file says */
    private static LookupStore opened(Path file, StoreKey wanted) throws IOException {
        try {
            return openedFile(file, wanted);
        } catch (IOException e) {
            throw told(file, e);
        }
    }

    private static LookupStore openedFile(Path file, StoreKey wanted) throws IOException {
        StoreFile<String, byte[]> records = new StoreFile<>(file, "records", () -> new MVMap.Builder<String, byte[]>()
                .keyType(StringDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE), true);
        try {
            byte[] about = records.get(ABOUT);
            if (about == null && wanted != null) {
                about = wanted.toJson().toString().getBytes(StandardCharsets.UTF_8);
                records.put(ABOUT, about);
                records.commit();
                records.settle();
            }
            if (about != null) {
                return new LookupStore(file, records, StoreKey.of(JSON.readTree(about)));
            }
        } catch (IOException | RuntimeException e) {
            records.close();
            throw e;
        }
        // A crash came before it was said what the keys are: nothing was put into it.
        records.close();
        return null;
    }

    StoreKey key() {
        return key;
    }

    /**
     * @return the record; null if there is none
     * @throws IOException if it cannot be read, or is not what was put
     */
    byte[] find(String of) throws IOException {
        byte[] summed = read(of);
        if (summed == null) {
            return null;
        }
        byte[] record = Arrays.copyOfRange(summed, SUM_BYTES, summed.length);
        if (ByteBuffer.wrap(summed).getInt() != sum(of, record)) {
            throw damaged(file + " is damaged", file, null);
        }
        return record;
    }

    static IOException damaged(String problem, Path file, IOException why) {
        return new IOException(problem + ". Stop the program, delete " + file + ", " + file.getFileName()
                + RecordJournal.ENDING + " and the "
                + "progress of the source, and start the program: the source reads the whole list again", why);
    }

    private static IOException told(Path file, IOException e) {
        return e instanceof DamagedFormsException ? damaged(e.getMessage(), file, e) : e;
    }

    private byte[] read(String of) throws IOException {
        lock.readLock().lock();
        try {
            return records.get(of);
        } catch (IOException e) {
            // Opened again below: the interrupt of a thread that reads closes the file for all.
        } finally {
            lock.readLock().unlock();
        }
        lock.writeLock().lock();
        try {
            openAgain();
            return records.get(of);
        } catch (IOException e) {
            throw told(file, e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void openAgain() throws IOException {
        isLost = true;
        records.openAgain();
        replay();
        isLost = false;
    }

    /**
     * Puts records in, in the place of those with their keys, and returns when they are on the disk.
     *
     * @throws IOException if that cannot be done; some of them may be there then
     */
    void put(Map<String, byte[]> byKey) throws IOException {
        lock.writeLock().lock();
        try {
            if (isLost) {
                openAgain();
            }
            journal.append(byKey);
            for (Map.Entry<String, byte[]> each : byKey.entrySet()) {
                put(each.getKey(), each.getValue());
            }
            records.commit();
            if (journal.length() > MOST_JOURNAL_BYTES) {
                settle();
            }
        } catch (IOException e) {
            try {
                openAgain();
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw told(file, e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void put(String of, byte[] record) throws IOException {
        records.put(of, ByteBuffer.allocate(SUM_BYTES + record.length).putInt(sum(of, record)).put(record).array());
    }

    /** An MVStore does not notice each mistake of a disk, and another person's record must not be found. */
    private static int sum(String key, byte[] record) {
        CRC32C sum = new CRC32C();
        sum.update(key.getBytes(StandardCharsets.UTF_8));
        sum.update(record);
        return (int) sum.getValue();
    }

    /** How many records there are. */
    long size() throws IOException {
        lock.readLock().lock();
        try {
            return records.size() - 1;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** So many stores share the memory for caches. */
    void share(int stores) {
        lock.writeLock().lock();
        try {
            records.share(stores);
        } finally {
            lock.writeLock().unlock();
        }
    }

    void close() {
        lock.writeLock().lock();
        try {
            records.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}
