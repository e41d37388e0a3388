// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.disk.ClockTrust;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.export.fragment.Fragment;
import dev.gtmroutes.export.fragment.FragmentCache;
import dev.gtmroutes.export.fragment.FragmentReports;
import dev.gtmroutes.inbox.FailureDelays;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressName;
import dev.gtmroutes.sources.LedgerFile;
import dev.gtmroutes.sources.ProgressJournals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The export of one flow while the program runs: its ledger, and what is under way. It outlives the route, so that a flow
 * that is loaded again does not fetch what its predecessor is just fetching. Safe for use by many threads.
 */
public final class Export {

    /** What its files and folders have behind the name of the flow. */
    static final String LEDGER = ".json";
    static final String FRAGMENTS = ".fragments";
    static final String HANDED_ON = ".handed-on";

    private static final Logger LOG = LoggerFactory.getLogger(Export.class);

    private static final Duration SWEEP = Duration.ofDays(1);

    private final String flow;
    private final Clock clock;
    private final BooleanSupplier ours;
    private final Ledger ledger;
    private final FragmentLedger fragments;
    private final FragmentReports reports;
    private final FragmentCache spool;
    private final HandedOn handedOn;
    /** By the names of windows and fragments. */
    private final FailureDelays<String> waits;
    private final ApiTrouble trouble;
    private final ClockTrust trust;
    private final Set<Fragment> underWay = new HashSet<>();
    private volatile Duration mostWait = Duration.ofMinutes(5);
    private volatile Duration patience = ExportSource.USUAL_PATIENCE;
    /** When reports that nobody asks for any more were deleted; null for never. */
    private Instant swept;
    private final ProgressJournals journals = new ProgressJournals(new Disk());
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final AtomicBoolean fetching = new AtomicBoolean();

    /**
     * @param folder where state documents are
     * @param ours   whether this instance of a cluster exports, and may write there
     */
    Export(String flow, Path folder, Clock clock, BooleanSupplier ours) {
        this.flow = flow;
        this.clock = clock;
        this.ours = ours;
        this.ledger = new Ledger(flow, new LedgerFile(folder.resolve(flow + LEDGER), new Disk(), ours), clock);
        this.fragments = new FragmentLedger(ledger);
        this.reports = new FragmentReports(folder.getParent(), new Disk());
        this.spool = new FragmentCache(folder.resolve(flow + FRAGMENTS), new Disk());
        this.handedOn = new HandedOn(folder.resolve(flow + HANDED_ON), new Disk());
        this.waits = new FailureDelays<>();
        this.trouble = new ApiTrouble(flow, waits);
        this.trust = ClockTrust.after(lastWritten(folder.resolve(flow + LEDGER)), clock.instant(), System.nanoTime());
    }

    private static Instant lastWritten(Path ledger) {
        try {
            return Files.getLastModifiedTime(ledger).toInstant();
        } catch (IOException e) {
            // There is none, or whoever reads it will tell.
            return null;
        }
    }

    public String flow() {
        return flow;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** What became of fragments. */
    public FragmentLedger fragments() {
        return fragments;
    }

    public FragmentCache spool() {
        return spool;
    }

    /**
     * The file that the sink gets of a fragment that was fetched: without records that another window has brought, or that
     * it got when the fragment was fetched before.
     */
    public Path chunk(Fragment fragment) throws IOException {
        List<String> others = ledger.overlapping(fragment);
        Path file = spool.file(fragment);
        Path chunk = spool.newRecords(fragment);
        if (Files.exists(chunk)) {
            return chunk;
        }
        if (fragment.ask() == Fragment.Ask.AGAIN) {
            boolean mixed = !others.isEmpty() && spool.data(fragment).bytes() > fragment.known().bytes();
            Path rest = mixed ? spool.rest(fragment) : chunk;
            spool.copyRest(fragment, rest);
            return mixed ? withoutKnown(fragment, rest, chunk, others) : chunk;
        }
        // Records of which something is noted keep their ordinals.
        if (others.isEmpty() || Files.size(file) == 0 || Files.exists(ProgressName.beside(file))) {
            return file;
        }
        return withoutKnown(fragment, file, chunk, others);
    }

    private Path withoutKnown(Fragment fragment, Path data, Path chunk, List<String> others) throws IOException {
        long leftOut = handedOn.copyNew(data, chunk, others);
        if (leftOut > 0) {
            LOG.info("{}: {}: {} records skipped, because they were delivered before", flow, fragment, leftOut);
        }
        return chunk;
    }

    /** Forgets records that will not come again. */
    void forgetOld() throws IOException {
        handedOn.keepOnly(ledger.overlapped());
    }

    public FailureDelays<String> waits() {
        return waits;
    }

    /** True while a tick is under way: the next one leaves it at that. */
    AtomicBoolean ticking() {
        return ticking;
    }

    /** True while somebody takes fragments, one after the other. */
    public AtomicBoolean fetching() {
        return fetching;
    }

    /**
     * Which records of a chunk have an outcome by now. It is noted beside the chunk until the sink has accepted all.
     *
     * @throws IOException if the notes of an earlier run cannot be read
     */
    public InputProgress settled(Path chunk) throws IOException {
        return journals.open(chunk).settled();
    }

    /** The next fragment that nobody fetches and that need not wait. Who takes it has to give it back. */
    public synchronized Optional<Fragment> take() {
        Optional<Fragment> next = trouble.mustWait() ? Optional.empty() : next(ledger.fragments());
        next.ifPresent(underWay::add);
        return next;
    }

    /**
     * Where windows overlap, one waits for the other: only of a fragment that the sink has accepted it is known which
     * records it brought. It is always the later one that waits, but for what it has under way.
     *
     * @param left in the order of their windows
     */
    private Optional<Fragment> next(List<Fragment> left) {
        Map<String, Fragment> earlier = new HashMap<>();
        for (Fragment each : left) {
            if (!underWay.contains(each) && !waits.isWaiting(each.toString())
                    && Stream.concat(earlier.values().stream(), underWay.stream()).noneMatch(each::overlaps)) {
                return Optional.of(each);
            }
            earlier.putIfAbsent(each.window(), each);
        }
        return Optional.empty();
    }

    public synchronized void giveBack(Fragment fragment) {
        try {
            journals.rest(spool.file(fragment));
            journals.rest(spool.newRecords(fragment));
        } catch (IOException e) {
            LOG.warn("{}: {}: cannot save its progress now: {}", flow, fragment, Exceptions.text(e));
        }
        underWay.remove(fragment);
    }

    /** Another instance may have the export from now on. */
    void leave() {
        journals.leaveAll();
    }

    /**
     * The sink has accepted the fragment.
     *
     * @param bytes   that went to the sink
     * @param records that went to the sink
     */
    public void accepted(Fragment fragment, long bytes, long records) throws IOException {
        refuseOthers();
        if (bytes > 0 && ledger.overlapped().contains(fragment.window())) {
            handedOn.note(fragment, spool.file(fragment));
        }
        fragments.accepted(fragment, spool.data(fragment), bytes, records);
        left(fragment);
    }

    /** Whether all records of the fragment's window were accepted. */
    public boolean isDelivered(Fragment fragment) {
        return ledger.isDelivered(fragment);
    }

    /** The sink has accepted the task of the fragment. */
    public void handedOver(Fragment fragment) throws IOException {
        refuseOthers();
        fragments.handedOver(fragment);
        waits.worked(fragment.toString());
    }

    private void refuseOthers() throws IOException {
        if (!ours.getAsBoolean()) {
            throw new IOException(LedgerFile.NOT_OURS);
        }
    }

    /**
     * People.ai does not have the fragment.
     *
     * @throws IOException if what there is of it cannot be deleted
     */
    public void missing(Fragment fragment, String why) throws IOException {
        fragments.missing(fragment, why, mostWait);
        left(fragment);
    }

    private void left(Fragment fragment) throws IOException {
        journals.leave(spool.file(fragment));
        journals.leave(spool.newRecords(fragment));
        spool.forget(fragment);
        waits.worked(fragment.toString());
    }

    /**
     * Takes in what is reported of fragments that were handed over.
     *
     * @throws IOException if a report cannot be read
     */
    void readReports() throws IOException {
        for (Fragment each : ledger.reportsToCome()) {
            FragmentReports.Report report = reports.read(each);
            if (report != null) {
                if (report.data() == null) {
                    fragments.missing(each, "the data of job " + each.job() + " no longer exists", mostWait);
                } else {
                    fragments.reported(each, report.data());
                }
            }
        }
    }

    /**
     * Gives up what People.ai keeps no longer, unless the clock may be wrong: what is still there would be fetched and sent
     * once more.
     *
     * @throws IOException if an old report cannot be deleted
     */
    void forgetWhatIsTooOld() throws IOException {
        if (!trust.check(clock.instant(), System.nanoTime())) {
            return;
        }
        ledger.loseOldJobs();
        if (swept == null || swept.plus(SWEEP).isBefore(clock.instant())) {
            swept = clock.instant();
            reports.forgetOld(swept);
        }
    }

    /** @param most the longest wait before something is tried again */
    void setMostWait(Duration most) {
        mostWait = most;
        waits.setMost(most);
    }

    /** @param time how long a job may take, or nothing may go on, before a person has to know */
    void setPatience(Duration time) {
        patience = time;
    }

    Duration patience() {
        return patience;
    }

    /** What a person has to know of it, each on one line. @param running whether its flow runs */
    List<String> concerns(boolean running) {
        List<String> all = new ArrayList<>(ledger.concerns(patience, running));
        if (running) {
            trouble.refused().ifPresent(all::add);
        }
        return all;
    }

    /** What is wrong with People.ai, whatever it is asked. */
    public ApiTrouble trouble() {
        return trouble;
    }
}
