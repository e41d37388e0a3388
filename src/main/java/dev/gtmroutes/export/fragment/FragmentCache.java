// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderContent;
import dev.gtmroutes.disk.PrivateFiles;
import dev.gtmroutes.progress.ProgressName;

/**
 * Where fragments lie between their download and the sink, in a folder for each job. A file that can be seen here is
 * complete and on the disk; a download that broke off never gets its name.
 */
public final class FragmentCache {

    /** Whether a file is still of use. */
    interface Choice {

        boolean test(Path file) throws IOException;
    }

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final long SYNC_BYTES = 16L << 20;

    private final Path folder;
    private final Disk disk;
    /** What the fragments hold that were written by this run. */
    private final Map<Fragment, FragmentData> counts = new ConcurrentHashMap<>();

    public FragmentCache(Path folder, Disk disk) {
        this.folder = folder.toAbsolutePath();
        this.disk = disk;
    }

    /** The file of a fragment; it need not exist. */
    public Path file(Fragment fragment) {
        return folder.resolve(fragment.job()).resolve(fragment.baseName() + ".ndjson");
    }

    /**
     * The file with those records of a fragment that were not handed on before. It need not exist, and once it does it
     * stays: who takes it again counts its records as before.
     */
    public Path newRecords(Fragment fragment) {
        return newRecords(file(fragment));
    }

    /** @param file that of a fragment */
    static Path newRecords(Path file) {
        return file.resolveSibling(file.getFileName().toString().replace(".ndjson", "-new.ndjson"));
    }

    /** The file with what a fragment that was fetched again has now and had not before. It need not exist. */
    public Path rest(Fragment fragment) {
        return folder.resolve(fragment.job()).resolve(fragment.baseName() + "-rest.ndjson");
    }

    /** The file that goes to the sink, if no other window has brought any of its records. It need not exist. */
    public Path chunk(Fragment fragment) {
        return fragment.ask() == Fragment.Ask.AGAIN ? newRecords(fragment) : file(fragment);
    }

    boolean has(Fragment fragment) {
        return Files.exists(file(fragment));
    }

    /**
     * Returns when all of the fragment is on the disk.
     *
     * @throws IOException if the data breaks off, or is not whole records, or an error in their place; or the disk is full
     */
    void write(Fragment fragment, InputStream data) throws IOException {
        Path file = file(fragment);
        disk.createFolder(file.getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (FileChannel out = PrivateFiles.open(part, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteOrderMark mark = mark(data, out);
            FragmentData written = copy(mark.rest(), out).get(mark.isThere());
            WholeRecords.check(out, written.records());
            disk.sync(out);
            counts.put(fragment, written);
            disk.move(part, file);
        } finally {
            // On a full disk it would keep the room that others wait for.
            Files.deleteIfExists(part);
        }
    }

    private DataCount copy(InputStream data, FileChannel out) throws IOException {
        DataCount lines = new DataCount();
        byte[] buffer = new byte[BUFFER_BYTES];
        long synced = 0;
        for (int count = read(data, buffer, out); count >= 0; count = read(data, buffer, out)) {
            lines.add(buffer, count);
            disk.write(out, ByteBuffer.wrap(buffer, 0, count));
            if (out.position() - synced >= SYNC_BYTES) {
                // While more comes in over the network; at the end, all downloads would wait for the disk at once.
                disk.sync(out);
                synced = out.position();
            }
        }
        return lines;
    }

    /** What was fetched of a fragment whose file is here. */
    public FragmentData data(Fragment fragment) throws IOException {
        FragmentData known = counts.get(fragment);
        return known == null ? DataCount.of(file(fragment), Long.MAX_VALUE) : known;
    }

    /** How many records a chunk of the fragment has: its own file, or what of it is new. */
    long records(Fragment fragment, Path chunk) throws IOException {
        return chunk.equals(file(fragment)) ? data(fragment).records() : DataCount.of(chunk, Long.MAX_VALUE).records();
    }

    /**
     * Of a fragment that was fetched again, what it has now and had not before; all of it where it begins differently.
     * Returns when that is on the disk.
     *
     * @param to the file that is to hold it
     */
    public void copyRest(Fragment fragment, Path to) throws IOException {
        Path file = file(fragment);
        FragmentData before = fragment.known();
        if (data(fragment).bytes() <= before.bytes()) {
            disk.replace(to, out -> {});
            return;
        }
        boolean longer = DataCount.of(file, before.bytes()).isSame(before);
        disk.replace(to, out -> copyFrom(file, longer ? before.bytes() : 0, out));
    }

    private void copyFrom(Path file, long skipped, FileChannel out) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
            for (in.position(skipped); in.read(buffer) >= 0; buffer.clear()) {
                disk.write(out, buffer.flip());
            }
        }
    }

    private static int read(InputStream data, byte[] buffer, FileChannel out) throws IOException {
        try {
            return data.read(buffer);
        } catch (IOException e) {
            throw brokenOff(out, e);
        }
    }

    private static ByteOrderMark mark(InputStream data, FileChannel out) throws IOException {
        try {
            return ByteOrderMark.at(data);
        } catch (IOException e) {
            throw brokenOff(out, e);
        }
    }

    private static IOException brokenOff(FileChannel out, IOException why) throws IOException {
        return new IOException("the download broke off after %d bytes (%s)".formatted(out.position(),
                Exceptions.text(why)), why);
    }

    /** The fragment is not needed any more, nor is the progress of its files. */
    public void forget(Fragment fragment) throws IOException {
        forgetData(fragment);
        Files.deleteIfExists(ProgressName.beside(file(fragment)));
        Files.deleteIfExists(ProgressName.beside(newRecords(fragment)));
    }

    /** The data of the fragment is not needed any more. */
    void forgetData(Fragment fragment) throws IOException {
        Files.deleteIfExists(file(fragment));
        Files.deleteIfExists(newRecords(fragment));
        Files.deleteIfExists(rest(fragment));
        counts.remove(fragment);
    }

    /** Deletes what an earlier run left of other fragments. */
    public void keepOnly(Collection<Fragment> wanted) throws IOException {
        Set<Path> data = wanted.stream().map(this::file).collect(Collectors.toSet());
        keepOnly(file -> data.contains(fragmentOf(file)));
    }

    /**
     * Deletes all other files, and the folders of jobs that are empty then.
     *
     * @param wanted gets each file: data, progress, and what is left of a download that broke off
     */
    void keepOnly(Choice wanted) throws IOException {
        for (Path job : FolderContent.of(folder)) {
            boolean empty = true;
            for (Path file : FolderContent.of(job)) {
                if (wanted.test(file)) {
                    empty = false;
                } else {
                    Files.deleteIfExists(file);
                }
            }
            if (empty) {
                Files.deleteIfExists(job);
            }
        }
    }

    /** @return the file of the fragment that any of its files belongs to */
    private static Path fragmentOf(Path file) {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("^\\.?(f\\d+(-again\\d+)?)[-.].*",
                "$1.ndjson"));
    }
}
