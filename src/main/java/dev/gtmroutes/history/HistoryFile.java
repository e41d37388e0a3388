// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.history;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.remembered.DamagedFormsException;
import dev.gtmroutes.remembered.StoreFile;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys and values on the disk. One thread writes, any number of threads reads; who reads while the file cannot be used
 * finds nothing. A damaged file begins anew: the history is no reason to stop anything.
 */
final class HistoryFile implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(HistoryFile.class);
    private static final int MOST_DAMAGES = 2;
    private static final int CACHE_SHARE = 8;
    private static final int TIDY_MILLIS = 500;

    private final Path path;
    /** Readers and the writer hold the read lock; only opening and closing the file keeps the others out. */
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private StoreFile<String, byte[]> store;
    private volatile boolean failed;
    /** How often in a row the file was found to be damaged. */
    private int damages;

    HistoryFile(Path path) {
        this.path = path;
    }

    /** Something with the file that may fail. */
    private interface Use<T> {

        T of(StoreFile<String, byte[]> store) throws IOException;
    }

    /** Opens the file unless it is open and well. The one who writes calls this first. */
    void open() throws IOException {
        if (store != null && !failed) {
            return;
        }
        lock.writeLock().lock();
        try {
            new Disk().createFolder(path.toAbsolutePath().getParent());
            if (damages < MOST_DAMAGES) {
                openOnce();
            } else {
                close();
                LOG.warn("The history is damaged, so the program deletes it and starts with an empty one: {}", path);
                Files.deleteIfExists(path);
                store = newStore();
            }
            failed = false;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** @throws IOException also if the file is damaged: the next call has it begin anew */
    private void openOnce() throws IOException {
        try {
            if (store == null) {
                store = newStore();
            } else {
                store.openAgain();
            }
        } catch (DamagedFormsException e) {
            damages = MOST_DAMAGES;
            throw e;
        }
    }

    private StoreFile<String, byte[]> newStore() throws IOException {
        StoreFile<String, byte[]> opened = new StoreFile<>(path, "history", () -> new MVMap.Builder<String, byte[]>()
                .keyType(StringDataType.INSTANCE).valueType(ByteArrayDataType.INSTANCE), true);
        opened.share(CACHE_SHARE);
        return opened;
    }

    /** @return null if there is no such key, or the file cannot be used */
    byte[] get(String key) {
        return read(file -> file.get(key), null);
    }

    /** @return the greatest key before this one; null if there is none, or the file cannot be used */
    String before(String key) {
        return read(file -> file.before(key), null);
    }

    /** @return keys from this one on as long as they are such; none if the file cannot be used */
    List<String> keys(String from, Predicate<String> such) {
        return read(file -> {
            List<String> keys = new ArrayList<>();
            Iterator<String> all = file.keys(from);
            while (all.hasNext()) {
                String key = all.next();
                if (!such.test(key)) {
                    break;
                }
                keys.add(key);
            }
            return keys;
        }, List.of());
    }

    private <T> T read(Use<T> use, T otherwise) {
        lock.readLock().lock();
        try {
            return store == null ? otherwise : use.of(store);
        } catch (IOException e) {
            // The one who writes finds out, and tells of it.
            return otherwise;
        } finally {
            lock.readLock().unlock();
        }
    }

    /**
     * Writes all of these, or none.
     *
     * @param changes null as a value to remove a key
     */
    void write(Map<String, byte[]> changes) throws IOException {
        change(file -> {
            for (Map.Entry<String, byte[]> each : changes.entrySet()) {
                file.put(each.getKey(), each.getValue());
            }
            file.commit();
            return null;
        });
    }

    /** Makes the file small, and has all of it on the disk. */
    void tidy() throws IOException {
        lock.writeLock().lock();
        try {
            change(file -> {
                file.settle(TIDY_MILLIS);
                return null;
            });
        } finally {
            lock.writeLock().unlock();
        }
    }

    private void change(Use<Void> use) throws IOException {
        lock.readLock().lock();
        try {
            use.of(store);
            damages = 0;
        } catch (IOException e) {
            failed = true;
            damages += e instanceof DamagedFormsException ? 1 : 0;
            throw e;
        } finally {
            lock.readLock().unlock();
        }
    }

    /** What was not written is lost. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (store != null) {
                store.close();
                store = null;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
