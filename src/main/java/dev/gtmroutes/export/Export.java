// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.export.fragment.Fragment;
import dev.gtmroutes.export.fragment.FragmentCache;
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

    private static final Logger LOG = LoggerFactory.getLogger(Export.class);
    /** What waits where People.ai itself does not do what it should. */
    private static final String PEOPLE_AI = "";

    private final String flow;
    private final BooleanSupplier ours;
    private final Ledger ledger;
    private final FragmentCache spool;
    private final HandedOn handedOn;
    /** By the names of windows and fragments. */
    private final FailureDelays<String> waits;
    private final Set<Fragment> underWay = new HashSet<>();
    private final ProgressJournals journals = new ProgressJournals(new Disk());
    private final AtomicBoolean ticking = new AtomicBoolean();
    private final AtomicBoolean fetching = new AtomicBoolean();

    /**
     * @param folder where state documents are
     * @param ours   whether this instance of a cluster exports, and may write there
     */
    Export(String flow, Path folder, Clock clock, BooleanSupplier ours) {
        this.flow = flow;
        this.ours = ours;
        this.ledger = new Ledger(flow, new LedgerFile(folder.resolve(flow + ".json"), new Disk(), ours), clock);
        this.spool = new FragmentCache(folder.resolve(flow + ".fragments"), new Disk());
        this.handedOn = new HandedOn(folder.resolve(flow + ".handed-on"), new Disk());
        this.waits = new FailureDelays<>();
    }

    public String flow() {
        return flow;
    }

    public Ledger ledger() {
        return ledger;
    }

    public FragmentCache spool() {
        return spool;
    }

    /** The file that the sink gets of a fragment that was fetched: without records that another window has brought. */
    public Path chunk(Fragment fragment) throws IOException {
        List<String> others = ledger.overlapping(fragment);
        Path file = spool.file(fragment);
        Path chunk = spool.newRecords(fragment);
        if (Files.exists(chunk)) {
            return chunk;
        }
        // Records of which something is noted keep their ordinals.
        if (others.isEmpty() || Files.size(file) == 0 || Files.exists(ProgressName.beside(file))) {
            return file;
        }
        long leftOut = handedOn.copyNew(file, chunk, others);
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
        Optional<Fragment> next = mustWait() ? Optional.empty() : ledger.fragments().stream()
                .filter(each -> !underWay.contains(each) && !waits.isWaiting(each.toString())).findFirst();
        next.ifPresent(underWay::add);
        return next;
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

    /** The sink has accepted the fragment. */
    public void accepted(Fragment fragment, long bytes, long records) throws IOException {
        if (!ours.getAsBoolean()) {
            throw new IOException(LedgerFile.NOT_OURS);
        }
        if (bytes > 0 && ledger.overlapped().contains(fragment.window())) {
            handedOn.note(fragment, spool.file(fragment));
        }
        ledger.accepted(fragment, bytes, records);
        journals.leave(spool.file(fragment));
        journals.leave(spool.newRecords(fragment));
        spool.forget(fragment);
        waits.worked(fragment.toString());
    }

    /** Whether People.ai is left alone for a while. */
    boolean mustWait() {
        return waits.isWaiting(PEOPLE_AI);
    }

    /**
     * People.ai did not do what it should, whatever it was asked: it is left alone for a while.
     *
     * @param asked how long it asks to be left alone, null if it does not
     */
    public void troubled(String why, Duration asked) {
        FailureDelays.Wait wait = waits.failed(PEOPLE_AI, why, asked);
        if (wait.isNews()) {
            LOG.warn("{}: {}. The export tries again in {} s, then at growing "
                    + "intervals", flow, why, wait.length().toSeconds());
        }
    }

    /** What is wrong with People.ai, whatever it is asked: one line for a person; empty if it answers. */
    Optional<String> trouble() {
        return waits.last(PEOPLE_AI).map(each -> each.why() + ". The next attempt is at "
                + each.shown().truncatedTo(ChronoUnit.SECONDS));
    }

    /** People.ai did what it should. */
    public void worked() {
        if (waits.worked(PEOPLE_AI)) {
            LOG.info("{}: People.ai works again", flow);
        }
    }
}
