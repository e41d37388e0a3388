// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.remembered;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.function.Supplier;

import dev.gtmroutes.disk.PrivateFiles;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A file with one map, of which only a part is in memory at a time. Nothing is written by itself: what was put is in the
 * file after {@link #commit}. One thread at a time writes, and none reads meanwhile; otherwise any number of threads reads.
 *
 * <p>After a crash during a commit, an MVStore may show any commit since {@link #settle}, without a word. So who cannot do
 * without one of them has a journal of what was put since then. After a power cut, it may also be damaged. The commit that
 * was settled stays whole because nothing takes the place of what the last {@value #VERSIONS} commits consist of.
 *
 * @param <K> the keys
 * @param <V> the values
 */
public final class StoreFile<K, V> implements Closeable {

    private static final int VERSION = 1;
    private static final int PAGE_BYTES = 8192;
    private static final int MOST_CACHE_MEGABYTES = 64;
    private static final int HEAP_PER_CACHE = 16;
    /**
     * So many commits before the last one stay whole in the file. When an MVStore is opened, it looks for the newest commit
     * of which each part is there; of a file that was closed, it looks at the newest 20 parts. A part that one of these
     * commits has must not be overwritten, or the MVStore shows a much earlier commit. A thread that began to read before
     * some commits needs them, too.
     */
    static final int VERSIONS = 24;

    private final Path file;
    private final String name;
    private final Supplier<MVMap.Builder<K, V>> types;
    private final boolean compressed;
    private final int versions;
    private MVStore store;
    private MVMap<K, V> map;
    private int shares = 1;

    /**
     * Opens a file.
     *
     * @param file       need not exist
     * @param name       of the map in it
     * @param types      of its keys and values
     * @param compressed whether values can be compressed
     */
    public StoreFile(Path file, String name, Supplier<MVMap.Builder<K, V>> types, boolean compressed) throws IOException {
        this(file, name, types, compressed, VERSIONS);
    }

    /** The same with another number of commits that stay whole. */
    StoreFile(Path file, String name, Supplier<MVMap.Builder<K, V>> types, boolean compressed, int versions)
            throws IOException {
        this.file = file.toAbsolutePath();
        this.name = name;
        this.types = types;
        this.compressed = compressed;
        this.versions = versions;
        open();
    }

    private void open() throws IOException {
        if (Files.notExists(file)) {
            // MVStore would make a file that others can read.
            PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE).close();
        }
        MVStore opened = null;
        try {
            MVStore.Builder builder = new MVStore.Builder().fileName(file.toString()).autoCommitDisabled()
                    .autoCommitBufferSize(0).pageSplitSize(PAGE_BYTES).cacheSize(cacheMegabytes());
            opened = (compressed ? builder.compress() : builder).open();
            // The space of the pages of still earlier versions is free at once.
            opened.setVersionsToKeep(versions);
            opened.setRetentionTime(0);
            if (opened.getStoreVersion() > VERSION) {
                throw new IOException(
                        file + " has format " + opened.getStoreVersion() + " of a newer version of this program");
            }
            opened.setStoreVersion(VERSION);
            map = opened.openMap(name, types.get());
            store = opened;
        } catch (RuntimeException | IOException e) {
            if (opened != null) {
                opened.closeImmediately();
            }
            throw e instanceof IOException refused ? refused : problem((RuntimeException) e);
        }
    }

    private int cacheMegabytes() {
        long all = Math.min(MOST_CACHE_MEGABYTES, (Runtime.getRuntime().maxMemory() >> 20) / HEAP_PER_CACHE);
        return (int) Math.max(1, all / shares);
    }

    /** So many files share the memory for caches. */
    public void share(int files) {
        shares = files;
        store.setCacheSize(cacheMegabytes());
    }

    /** @return null if there is none */
    public V get(K key) throws IOException {
        try {
            return map.get(key);
        } catch (RuntimeException e) {
            throw problem(e);
        }
    }

    /** @param value null to remove the key */
    public void put(K key, V value) throws IOException {
        try {
            if (value == null) {
                map.remove(key);
            } else {
                map.put(key, value);
            }
        } catch (RuntimeException e) {
            throw problem(e);
        }
    }

    /** How many keys there are. */
    public long size() throws IOException {
        try {
            return map.sizeAsLong();
        } catch (RuntimeException e) {
            throw problem(e);
        }
    }

    /** Reads the keys from this one on, ascending. */
    public Iterator<K> keys(K from) throws IOException {
        try {
            return map.keyIterator(from);
        } catch (RuntimeException e) {
            throw problem(e);
        }
    }

    /** @return the greatest key before this one; null if there is none */
    public K before(K key) throws IOException {
        try {
            return map.lowerKey(key);
        } catch (RuntimeException e) {
            throw problem(e);
        }
    }

    /** Writes what was put. After an exception, some of it may be in the file. */
    public void commit() throws IOException {
        try {
            store.commit();
        } catch (RuntimeException e) {
            throw problem(e);
        }
    }

    /**
     * Where few keys change each time, parts of the file hold ever less that counts: writes them anew, and commits that
     * together with what was put.
     *
     * @param leastFill percentage of a part that has to count
     * @param most      bytes that are written anew, and are in memory meanwhile: of all files that share the memory
     */
    public void compact(int leastFill, int most) throws IOException {
        try {
            store.compact(leastFill, most / shares);
            store.commit();
        } catch (RuntimeException e) {
            throw problem(e);
        }
    }

    /** Returns when all that was committed is on the disk. */
    void sync() throws IOException {
        try {
            store.sync();
        } catch (RuntimeException e) {
            throw problem(e);
        }
    }

    /** Has all that was committed on the disk, such that a crash later on goes back to this point at most. */
    public void settle() throws IOException {
        settle(0);
    }

    /** The same. @param compactMillis how long it may take to make the file small */
    public void settle(int compactMillis) throws IOException {
        sync();
        close(compactMillis);
        open();
    }

    /** An error while writing closes an MVStore for good: this opens it again, as after a crash. */
    public void openAgain() throws IOException {
        store.closeImmediately();
        open();
    }

    /** What was not committed is lost. */
    @Override
    public void close() {
        close(0);
    }

    /** The same. @param compactMillis how long it may take to make the file small */
    void close(int compactMillis) {
        try {
            store.close(compactMillis);
        } catch (RuntimeException e) {
            store.closeImmediately();
        }
    }

    /** @return a {@link DamagedFormsException} unless it can pass */
    IOException problem(RuntimeException e) {
        int code = e instanceof MVStoreException known ? known.getErrorCode() : DataUtils.ERROR_INTERNAL;
        boolean passing = code == DataUtils.ERROR_WRITING_FAILED || code == DataUtils.ERROR_READING_FAILED
                || code == DataUtils.ERROR_CLOSED || code == DataUtils.ERROR_FILE_LOCKED;
        String message = file + " cannot be used: " + firstLine(e);
        return passing ? new IOException(message, e) : new DamagedFormsException(message, e);
    }

    private static String firstLine(RuntimeException e) {
        String text = e.getMessage() == null ? e.toString() : e.getMessage();
        return text.lines().findFirst().orElse(text).replaceFirst(" \\[\\d.*", "");
    }
}
