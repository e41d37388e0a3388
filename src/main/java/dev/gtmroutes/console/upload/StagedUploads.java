// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderContent;
import dev.gtmroutes.disk.PrivateFiles;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Files that were sent by a browser and wait until the person has seen their first records: in the hidden folder
 * {@code .upload} of the inbox, where no flow takes them. After 15 minutes, and at a start, they are deleted.
 */
@Singleton
public class StagedUploads {

    static final String FOLDER = ".upload";

    private static final Logger LOG = Logger.getLogger(StagedUploads.class);
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Duration SWEPT = Duration.ofMinutes(1);
    private static final int MOST = 20;
    private static final int BUFFER = 64 * 1024;

    /** A file that waits. */
    record Staged(String flow, Path file, String name, long nanos) {
    }

    private final Disk disk = new Disk();
    private final Path inbox;
    private final Map<String, Staged> waiting = new ConcurrentHashMap<>();
    /** Of those that wait, and of those that still arrive. */
    private final Semaphore places = new Semaphore(MOST);

    StagedUploads(@ConfigProperty(name = "gtm.data") Path data) {
        this.inbox = data.resolve("inbox");
    }

    /** Nobody can confirm what an earlier run has staged. */
    void begin(@Observes StartupEvent started, Vertx vertx) {
        try {
            for (Path flow : Files.isDirectory(inbox) ? FolderContent.of(inbox) : java.util.List.<Path>of()) {
                sweep(flow.resolve(FOLDER));
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warnf("Cannot delete uploads that were not confirmed: %s", e);
        }
        vertx.setPeriodic(SWEPT.toMillis(), tick -> vertx.executeBlocking(() -> {
            waiting.forEach((id, each) -> {
                if (System.nanoTime() - each.nanos > KEPT.toNanos()) {
                    discard(each.flow, id);
                }
            });
            return null;
        }));
    }

    private static void sweep(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path each : files) {
                    Files.deleteIfExists(each);
                }
            }
        }
    }

    /**
     * Writes a file as it arrives.
     *
     * @param most so many bytes at most
     * @return its id
     * @throws UploadRefused if it is too large, or could not be read or written; nothing of it is left then
     */
    String stage(String flow, String name, InputStream body, long most) throws UploadRefused {
        if (!places.tryAcquire()) {
            throw new UploadRefused(503, MOST + " uploads arrive or wait to be confirmed. Try again in a few minutes.");
        }
        String id = UUID.randomUUID().toString();
        Path file = inbox.resolve(flow).resolve(FOLDER).resolve(id);
        boolean written = false;
        try {
            disk.createFolder(file.getParent());
            write(file, body, most);
            waiting.put(id, new Staged(flow, file, UploadName.of(name), System.nanoTime()));
            written = true;
            return id;
        } catch (IOException e) {
            LOG.warnf("Upload to %s: cannot be written: %s", flow, e);
            throw new UploadRefused(507, "The program cannot write the file to its disk. Nothing was saved.");
        } finally {
            if (!written) {
                places.release();
                delete(file);
            }
        }
    }

    private void write(Path file, InputStream body, long most) throws UploadRefused, IOException {
        try (FileChannel out = PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            long size = 0;
            for (int length; (length = read(body, buffer)) >= 0;) {
                size += length;
                if (size > most) {
                    throw tooLarge(most);
                }
                disk.write(out, ByteBuffer.wrap(buffer, 0, length));
            }
            if (size == 0) {
                throw new UploadRefused(422, "The file is empty.");
            }
            disk.sync(out);
        }
    }

    static UploadRefused tooLarge(long most) {
        return new UploadRefused(413, "The file is larger than the " + most / 1_000_000 + " MB that gtm.intake.max-bytes "
                + "allows. Split it into several files.");
    }

    private static int read(InputStream body, byte[] buffer) throws UploadRefused {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            throw new UploadRefused(400, "The upload ended before the file was complete. Nothing was saved.");
        }
    }

    /** @throws UploadRefused if there is none of this id */
    Staged find(String flow, String id) throws UploadRefused {
        Staged staged = waiting.get(id);
        if (staged == null || !staged.flow.equals(flow)) {
            throw new UploadRefused(404, "This upload is not waiting any more. Upload the file again.");
        }
        return staged;
    }

    /**
     * Moves a file into the inbox, in one step.
     *
     * @return the name that it has there
     * @throws UploadRefused if it is not there any more, or cannot be moved
     */
    synchronized String publish(String flow, String id) throws UploadRefused {
        Staged staged = find(flow, id);
        Path folder = inbox.resolve(flow);
        String name = staged.name;
        try {
            for (int number = 2; !disk.moveToNew(staged.file, folder.resolve(name)); number++) {
                name = UploadName.numbered(staged.name, number);
            }
            forget(id, staged);
            return name;
        } catch (IOException e) {
            LOG.warnf("Upload to %s: cannot be moved into the inbox: %s", flow, e);
            throw new UploadRefused(507, "The program cannot move the file into the inbox. Nothing was sent.");
        }
    }

    /** Deletes a file that a person does not want to send. */
    void discard(String flow, String id) {
        Staged staged = waiting.get(id);
        if (staged != null && staged.flow.equals(flow) && forget(id, staged)) {
            delete(staged.file);
        }
    }

    private boolean forget(String id, Staged staged) {
        boolean waited = waiting.remove(id, staged);
        if (waited) {
            places.release();
        }
        return waited;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warnf("Cannot delete %s: %s", file, e);
        }
    }
}
