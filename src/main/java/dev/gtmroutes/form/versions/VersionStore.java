// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderContent;
import dev.gtmroutes.form.versions.StoredVersion.Kind;
import org.jboss.logging.Logger;

/** The last {@value VersionFolder#MOST} versions of each flow, in a folder of its name. */
final class VersionStore {

    /** Versions of a flow that is deleted end so long behind it. */
    static final Duration KEPT_BEHIND = Duration.ofDays(30);

    private static final Logger LOG = Logger.getLogger(VersionStore.class);

    private final Path root;
    private final Disk disk;

    VersionStore(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
    }

    /** Replaces or makes a file of flows. */
    interface Write<E extends Exception> {
        void make() throws E;
    }

    /**
     * What a file of flows has in it.
     *
     * @param text    null if there is no file
     * @param written when; null if nobody knows
     */
    record Content(String text, Instant written) {

        static final Content NONE = new Content(null, null);
    }

    /** The newest first. */
    synchronized List<StoredVersion> all(String flow, Content now) throws IOException {
        VersionFolder folder = folder(flow);
        folder.settle(now.text);
        return folder.all();
    }

    synchronized Optional<StoredVersion> find(String flow, int number) throws IOException {
        return folder(flow).find(number);
    }

    /** Keeps what is in the file now, and what is written into it. If it is not written, it is no version. */
    synchronized <E extends Exception> void change(String flow, Content before, String account, Kind kind, String text,
            Write<E> write) throws IOException, E {
        VersionFolder folder = folder(flow);
        keep(folder, before, Content.NONE);
        StoredVersion version = folder.next(Instant.now(), account, kind, text);
        folder.prepare(version);
        try {
            write.make();
        } catch (Exception e) {
            folder.discard(version);
            throw e;
        }
        try {
            folder.confirm(version);
        } catch (IOException e) {
            // It is confirmed by the text of the file, the next time.
            LOG.warnf("A version of %s cannot be confirmed yet: %s", flow, e.getMessage());
        }
    }

    /** Reads a file of flows. */
    interface Look {
        Content now() throws IOException;
    }

    /** Keeps what an editor wrote. @param before what was in the file; it counts if nothing has been kept */
    synchronized void note(String flow, Content before, Look file) throws IOException {
        // Not while the program itself writes.
        Content now = file.now();
        if (now.text != null && now.text.isBlank()) {
            // One that cannot be read, or that an editor is about to write.
            return;
        }
        VersionFolder folder = folder(flow);
        folder.settle(now.text);
        if (now.text == null) {
            keep(folder, before, Content.NONE);
            folder.flowIsGone(Instant.now());
        } else if (before.text != null || !folder.isEmpty()) {
            keep(folder, now, before);
        }
    }

    /** @param first what was there before, if nothing has been kept */
    private static void keep(VersionFolder folder, Content now, Content first) throws IOException {
        folder.settle(now.text);
        boolean isFirst = folder.isEmpty();
        if (isFirst && first.text != null && !first.text.equals(now.text)) {
            folder.add(folder.next(first.written, "", Kind.FOUND, first.text));
            isFirst = false;
        }
        if (now.text != null && !folder.newest().map(each -> each.is(now.text)).orElse(false)) {
            folder.add(folder.next(now.written, "", isFirst ? Kind.FOUND : Kind.FILE_CHANGE, now.text));
        }
    }

    /** Keeps what comes back if a flow that is deleted now is restored. */
    synchronized void keepDeleted(String flow, Content before, Path sample) throws IOException {
        VersionFolder folder = folder(flow);
        keep(folder, before, Content.NONE);
        folder.keepSample(sample);
        folder.flowIsGone(Instant.now());
    }

    /** Keeps what is in the file of a flow by a name that it did not have before. Once more, it does nothing. */
    synchronized void renamed(String flow, String account, String before, String text) throws IOException {
        VersionFolder folder = folder(flow);
        folder.settle(text);
        if (!folder.newest().map(each -> each.is(text)).orElse(false)) {
            keep(folder, new Content(before, null), Content.NONE);
            folder.add(folder.next(Instant.now(), account, Kind.EDITED, text));
        }
    }

    synchronized void bringSampleBack(String flow, Path sample) throws IOException {
        folder(flow).bringSampleBack(sample);
    }

    boolean hasAny(String flow) {
        return Files.isDirectory(path(flow));
    }

    /** Deletes the versions of flows that are long gone. */
    synchronized void sweep(Predicate<Path> isOfAFlow, Instant now) throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        for (Path each : FolderContent.of(root)) {
            if (Files.isDirectory(each) && !isOfAFlow.test(each)
                    && Files.getLastModifiedTime(each).toInstant().isBefore(now.minus(KEPT_BEHIND))) {
                new VersionFolder(each, disk).delete();
            }
        }
    }

    private VersionFolder folder(String flow) {
        return new VersionFolder(path(flow), disk);
    }

    /** No name leads out of the folder. */
    Path path(String flow) {
        return root.resolve(flow.replaceAll("[^\\w.-]", "_").replaceAll("^\\.+", "_"));
    }
}
