// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.retention;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.bulk.spool.BulkFolders;
import dev.gtmroutes.deadletter.OldLetters;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.disk.ClockTrust;
import dev.gtmroutes.inbox.FinishedFiles;
import dev.gtmroutes.inbox.WaitingFile;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what has been kept long enough, in all data directories of a Camel context: finished and failed files, dead
 * letters, and response events that no webhook accepts. It never follows a link, and leaves alone what is in work. Each
 * removal is complete in itself, so it may be killed at any time. One run at a time.
 */
public final class Janitor {

    /** Removed in one run, of each pool, at most. */
    public static final int MOST_PER_RUN = 50_000;
    /** Before the janitor is there, flows may have begun. */
    private static final Duration STARTING = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Janitor.class);
    private static final String DEAD_LETTERS = "dead-letters";
    private static final String RESPONSES = "responses";

    /** What one run sees and does. */
    private static final class Run {

        private final Map<String, Pool> pools = new HashMap<>();
        private final Map<String, Kept> kinds = new HashMap<>();
        private final List<OldLetters> letters = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private final List<Path> forsaken = new ArrayList<>();
        /** When the newest file was written that is older than this run of the program; null if there is none. */
        private Instant known;
    }

    private final Map<Path, OldLetters> letters = new HashMap<>();
    private final CamelContext camel;
    private final KeepSettings settings;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Instant begun;
    private final int mostPerRun;
    /** Null before the first run. */
    private ClockTrust trust;

    /** With the settings of the context, which are read at each run. */
    public Janitor(CamelContext camel, Clock clock) {
        this(camel, clock, System::nanoTime, MOST_PER_RUN, null);
    }

    /** @param trust null to find out from the files whether the clock can be trusted */
    Janitor(CamelContext camel, Clock clock, LongSupplier nanos, int mostPerRun, ClockTrust trust) {
        this.camel = camel;
        this.settings = new KeepSettings(camel);
        this.clock = clock;
        this.nanos = nanos;
        this.begun = clock.instant().minus(STARTING);
        this.mostPerRun = mostPerRun;
        this.trust = trust;
    }

    /** Removes what is due, and reports it in one line of the log. Whatever fails is reported, and left for the next run. */
    public synchronized void run() {
        Run run = new Run();
        for (Path data : DataClaims.of(camel)) {
            attempt(run, () -> look(data, run));
        }
        Instant now = clock.instant();
        boolean trusted = isTrusted(now, run);
        Map<Kept, Pool.Swept> removed = new EnumMap<>(Kept.class);
        run.pools.forEach((setting, pool) -> attempt(run, () -> {
            Pool.Swept swept = pool.sweep(now, trusted);
            removed.merge(run.kinds.get(setting), swept, Pool.Swept::and);
            if (swept.problem() != null) {
                run.problems.add(swept.problem());
            }
        }));
        run.letters.forEach(each -> attempt(run, each::forgetGone));
        RetentionReport.log(LOG, removed, run.problems);
        RetentionReport.logForsaken(LOG, run.forsaken);
    }

    /** What this run of the program has written says nothing: the clock may have been wrong from the start. */
    private boolean isTrusted(Instant now, Run run) {
        if (trust == null) {
            trust = ClockTrust.after(run.known, now, nanos.getAsLong());
        }
        return trust.check(now, nanos.getAsLong());
    }

    private interface Step {
        void run() throws IOException;
    }

    /** One folder that cannot be read must not keep the others full. */
    private static void attempt(Run run, Step step) {
        try {
            step.run();
        } catch (Throwable e) {
            run.problems.add(Exceptions.text(e));
        }
    }

    private void look(Path data, Run run) throws IOException {
        for (Path kind : RealFolder.folders(data)) {
            String name = kind.getFileName().toString();
            for (Path flow : RealFolder.folders(kind)) {
                attempt(run, () -> {
                    if (name.equals(DEAD_LETTERS)) {
                        lookAtLetters(data, flow, run);
                    } else if (name.equals(BulkFolders.FOLDER)) {
                        lookAtJobs(flow, run);
                    } else {
                        lookAtInbox(flow, name.equals(RESPONSES), run);
                    }
                });
            }
        }
    }

    private void lookAtInbox(Path inbox, boolean outbox, Run run) throws IOException {
        // The outbox calls.crm is one of the flow calls.
        String flow = outbox ? inbox.getFileName().toString().replaceFirst("\\.[^.]+$", "") : inbox.getFileName().toString();
        Path done = inbox.resolve(FinishedFiles.DONE);
        Path failed = inbox.resolve(FinishedFiles.FAILED);
        boolean isInbox = RealFolder.is(done) || RealFolder.is(failed) || outbox;
        if (!isInbox) {
            return;
        }
        add(run, done, pool(run, Kept.DONE, flow), file -> () -> isDeleted(file));
        add(run, failed, pool(run, Kept.FAILED, flow), file -> () -> isDeleted(file));
        Pool strays = pool(run, Kept.FAILED, flow);
        Pool waiting = outbox ? pool(run, Kept.RESPONSES, flow) : null;
        RealFolder.each(inbox, (file, attributes) -> {
            if (WaitingFile.isStrayProgress(file)) {
                strays.add(old(run, attributes, () -> WaitingFile.isStrayProgress(file) && isDeleted(file)));
            } else if (waiting != null && !file.getFileName().toString().startsWith(".") && attributes.isRegularFile()) {
                waiting.add(old(run, attributes, new WaitingFile(camel, file)::delete));
            }
        });
    }

    private void lookAtJobs(Path flow, Run run) throws IOException {
        String name = flow.getFileName().toString();
        for (Path destination : RealFolder.folders(flow)) {
            add(run, destination.resolve(BulkFolders.DONE), pool(run, Kept.DONE, name), file -> () -> isDeleted(file));
            if (BulkFolders.isForsaken(camel, destination)) {
                run.forsaken.add(destination);
            }
        }
    }

    private void lookAtLetters(Path data, Path folder, Run run) throws IOException {
        String flow = folder.getFileName().toString();
        OldLetters old = letters.computeIfAbsent(folder, each -> new OldLetters(data, flow));
        run.letters.add(old);
        for (OldLetters.DayFile each : old.files(clock.instant())) {
            pool(run, each.open() ? Kept.OPEN_DEAD_LETTERS : Kept.DEAD_LETTERS, flow)
                    .add(new Pool.Old(each.since(), each.bytes(), () -> old.delete(each)));
        }
    }

    private Pool pool(Run run, Kept kind, String flow) {
        KeepSettings.Found found = settings.of(kind, flow);
        run.kinds.put(found.setting(), kind);
        return run.pools.computeIfAbsent(found.setting(), each -> new Pool(found.keep(), mostPerRun));
    }

    private interface RemoverOf {
        Pool.Remover of(Path file);
    }

    private void add(Run run, Path folder, Pool pool, RemoverOf remover) throws IOException {
        RealFolder.each(folder, (file, attributes) -> pool.add(old(run, attributes, remover.of(file))));
    }

    private Pool.Old old(Run run, BasicFileAttributes attributes, Pool.Remover remover) {
        Instant since = attributes.lastModifiedTime().toInstant();
        if (since.isBefore(begun) && (run.known == null || since.isAfter(run.known))) {
            run.known = since;
        }
        return new Pool.Old(since, attributes.size(), remover);
    }

    private static boolean isDeleted(Path file) throws IOException {
        Files.delete(file);
        return true;
    }
}
