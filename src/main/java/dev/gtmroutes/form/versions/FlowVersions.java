// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form.versions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.flow.files.FlowEdits;
import dev.gtmroutes.flow.files.FlowFile;
import dev.gtmroutes.flow.files.RouteFiles;
import dev.gtmroutes.form.versions.StoredVersion.Kind;
import dev.gtmroutes.form.versions.VersionStore.Content;
import dev.gtmroutes.lint.flow.Outline;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.thread.OutOfMemory;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The versions of the files of flows. Edits of the console and the API are kept with their account before they are made,
 * edits of an editor once they are noticed.
 */
@Singleton
public class FlowVersions {

    /** How many versions of a flow are kept. */
    public static final int MOST = VersionFolder.MOST;

    private static final Logger LOG = Logger.getLogger(FlowVersions.class);
    private static final Duration BETWEEN_SWEEPS = Duration.ofHours(1);

    private final VersionStore store;
    private final EditAuthor author;
    private final ExecutorService notes = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "flow-versions");
        thread.setDaemon(true);
        return thread;
    });
    /** Names that flows had before: these flows are not gone. */
    private final Set<String> earlierNames = ConcurrentHashMap.newKeySet();
    private Instant swept = Instant.MIN;

    FlowVersions(@ConfigProperty(name = "gtm.data") Path data, EditAuthor author) {
        this.store = new VersionStore(data.resolve("versions"), new Disk());
        this.author = author;
    }

    /** Replaces or makes a file of flows. */
    public interface Write<E extends Exception> extends VersionStore.Write<E> {
    }

    /** Under which name the versions of a file are kept: that of its flow, or of the file if it has several flows. */
    public static String name(YamlFile file) {
        Set<String> ids = Outline.ofFlows(file).routes();
        return ids.size() == 1 ? ids.iterator().next()
                : ids.isEmpty() ? FlowFile.stem(file.path()) : file.path().getFileName().toString();
    }

    /** The versions of a flow that has this text now, the newest first. @param now null for a flow that is deleted */
    public List<StoredVersion> all(String name, String now) throws IOException {
        return store.all(name, new Content(now, null));
    }

    /** A version of a flow. */
    public Optional<StoredVersion> find(String name, int number) throws IOException {
        return store.find(name, number);
    }

    /**
     * Writes a file of flows, and keeps it as a version.
     *
     * @param before what is in the file; null if there is no file
     * @throws IOException if the version cannot be kept: then nothing was written
     */
    public <E extends Exception> void change(String name, Path file, String before, Kind kind, String text, Write<E> write)
            throws IOException, E {
        store.change(name, new Content(before, written(file)), author.account(), kind, text, write);
    }

    /** Keeps what comes back if the flow is restored. */
    public void keepDeleted(String name, Path file, String before, Path sample) throws IOException {
        store.keepDeleted(name, new Content(before, written(file)), sample);
    }

    /** Where the versions of a flow are. They may be moved after {@link #release}, up to {@link #renamed}. */
    public Path folder(String name) {
        return store.path(name);
    }

    /** Returns when nothing is written any more of edits so far. @param name of a flow that gets another name now */
    public void release(String name) {
        earlierNames.add(name);
        try {
            notes.submit(() -> {
            }).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The flow keeps the name that it has: it was not renamed. */
    public void keepsName(String name) {
        earlierNames.remove(name);
    }

    /** Keeps the text with the old name and that with the new one. @param account that renamed the flow */
    public void renamed(String name, String account, String before, String text) throws IOException {
        earlierNames.remove(name);
        store.renamed(name, account, before, text);
    }

    /** Puts the sample of a restored flow beside its file. */
    public void bringSampleBack(String name, Path sample) throws IOException {
        store.bringSampleBack(name, sample);
    }

    /** While the program starts and while files are watched, nobody waits for the versions. */
    void edited(@Observes FlowEdits edits) {
        notes.execute(() -> {
            try {
                note(edits);
            } catch (IOException | RuntimeException | Error e) {
                OutOfMemory.check(e);
                LOG.warnf("Versions of flows cannot be kept: %s", e);
            }
        });
    }

    void stop(@Observes ShutdownEvent stopping) {
        notes.shutdown();
    }

    private void note(FlowEdits edits) throws IOException {
        Map<String, RouteFiles.Source> before = byName(edits.before());
        Map<String, RouteFiles.Source> now = byName(edits.now());
        for (Map.Entry<String, RouteFiles.Source> each : now.entrySet()) {
            RouteFiles.Source old = before.get(each.getKey());
            boolean isSame = old != null && old.yaml().text().equals(each.getValue().yaml().text());
            if (!isSame && (old != null || store.hasAny(each.getKey()))) {
                note(each.getKey(), old, each.getValue().path());
            }
        }
        for (Map.Entry<String, RouteFiles.Source> each : before.entrySet()) {
            if (!now.containsKey(each.getKey()) && !earlierNames.remove(each.getKey())) {
                note(each.getKey(), each.getValue(), each.getValue().path());
            }
        }
        if (swept.isBefore(Instant.now().minus(BETWEEN_SWEEPS))) {
            swept = Instant.now();
            Set<Path> there = now.keySet().stream().map(store::path).collect(Collectors.toSet());
            store.sweep(there::contains, swept);
        }
    }

    private static Map<String, RouteFiles.Source> byName(RouteFiles files) {
        Map<String, RouteFiles.Source> named = new TreeMap<>();
        if (files != null) {
            files.flows().values().forEach(each -> named.put(name(each.yaml()), each));
        }
        return named;
    }

    private void note(String name, RouteFiles.Source old, Path file) throws IOException {
        store.note(name, new Content(old == null ? null : old.yaml().text(), null), () -> content(file));
    }

    private static Content content(Path file) throws IOException {
        YamlFile now = Files.exists(file) ? YamlFile.read(file) : null;
        return now == null ? Content.NONE : new Content(now.text(), written(file));
    }

    private static Instant written(Path file) throws IOException {
        return Files.exists(file) ? Files.getLastModifiedTime(file).toInstant() : null;
    }
}
