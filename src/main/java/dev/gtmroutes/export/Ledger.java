// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.gtmroutes.export.fragment.Fragment;
import dev.gtmroutes.sources.LedgerFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done and what is left of an export. Each change is on the disk when its method returns, and told in one line.
 * Safe for use by many threads.
 *
 * <p>A change that cannot be written is not made: the method throws {@link UncheckedIOException}, and what is on the disk
 * counts from then on.
 */
public final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
    /** A job that failed is started again so many times, then once a day. */
    private static final int MOST_RESTARTS = 3;
    /** So many jobs are started, in all, because the data of the one before was not there. */
    private static final int MOST_REPLACED = 3;
    private static final Duration LONG_REST = Duration.ofDays(1);

    private final String flow;
    private final ExportDocument document;
    private final Clock clock;
    private int overlapDays;
    private boolean compare = true;

    Ledger(String flow, LedgerFile file, Clock clock) {
        this.flow = flow;
        this.document = new ExportDocument(flow, file, clock);
        this.clock = clock;
    }

    /**
     * To be called before anything else: reads the document, or begins a new one where there is none for this order.
     * Then adds the windows that are due.
     *
     * @param  compare     whether the bytes of a job's fragments are compared with what People.ai says
     * @throws IOException if the document cannot be read, or does not hold what was once written
     */
    synchronized void open(ExportOrder order, int overlapDays, boolean compare) throws IOException {
        this.overlapDays = overlapDays;
        this.compare = compare;
        document.open(order);
        List<ExportWindow> more = document.state().plan(overlapDays, today());
        more.forEach(each -> each.progressed(clock.instant()));
        if (!more.isEmpty()) {
            document.save();
            LOG.info("{}: planned {}", flow, more.stream().map(ExportWindow::name).collect(Collectors.joining(", ")));
        }
    }

    /** Whoever starts a flow again wants to see at once whether it works now. */
    synchronized void forgetRests() {
        windows().forEach(ExportWindow::forgetRest);
    }

    /** Windows for which this holds. */
    synchronized List<ExportWindow> windows(Predicate<ExportWindow> wanted) {
        return windows().stream().filter(wanted).toList();
    }

    /** Whether a job has to be asked about, or started. */
    synchronized boolean needsJobs() {
        return windows().stream().anyMatch(each -> each.isJobPending() || mayStart(each));
    }

    /** The first window for which a job may be started, if there is one. */
    synchronized Optional<ExportWindow> nextToStart() {
        return windows().stream().filter(this::mayStart).findFirst();
    }

    /** A day can be exported when it is over: a job exports it once. */
    private boolean mayStart(ExportWindow window) {
        return window.mayStart(clock.instant()) && window.days().last().isBefore(today());
    }

    /** A job that somebody started before, perhaps this program before a crash, and that does for the window. */
    synchronized Optional<ExportJob> existing(ExportWindow window, ExportJobs jobs) {
        Set<String> used = windows().stream().map(ExportWindow::job).collect(Collectors.toSet());
        used.addAll(window.lostJobs());
        return jobs.like(window, activityType(), used, document.state().earliestJob(window), clock.instant());
    }

    /** Email, meeting, call or all. */
    synchronized String activityType() {
        return document.state().order().activityType();
    }

    /** The window has a job. */
    synchronized void took(ExportWindow window, ExportJob job, String how) {
        progress(window, () -> window.take(job, clock.instant()),
                () -> tell(window, "job " + job.id() + " was " + how + ", its state is " + job.state()));
    }

    /** The window's job is in this state. */
    synchronized void follow(ExportWindow window, ExportJob job) {
        if (!window.hasJob(job.id())) {
            return;
        }
        if (job.isLost()) {
            lost(window, "job " + job.id() + " is " + job.state());
        } else if (!job.state().equals(window.jobState())) {
            String before = window.jobState();
            progress(window, () -> window.follow(job), () -> tell(window, "job " + job.id() + " is " + job.state()
                    + (isKnown(job) ? ", before: " + before
                            : ", a state that this program does not know; it continues to ask")));
        }
    }

    private static boolean isKnown(ExportJob job) {
        return job.isQueued() || job.isRunning() || job.isCompleted();
    }

    /** The data of the window's job is lost; it has to be exported again. */
    synchronized void lost(ExportWindow window, String why) {
        int delivered = delivered(window);
        boolean patient = window.failures() >= MOST_RESTARTS;
        change(window, () -> {
            window.lost(why);
            window.rest(patient ? clock.instant().plus(LONG_REST) : clock.instant(), why);
        }, () -> LOG.warn("{}: {}: {}. {}{}", flow, window.name(), why, patient
                ? "This failed " + window.failures() + " times, so the next job starts in a day, or when the flow is "
                        + "restarted"
                : "A new job starts",
                delivered == 0 ? "" : "; " + delivered + " delivered fragments will be sent again"));
    }

    private static int delivered(ExportWindow window) {
        return window.data() == null ? 0 : window.data().accepted();
    }

    /**
     * The data of the window's job is not there, although the job is completed. Some jobs more are started for it, in all.
     *
     * @param rest how long to wait at most before another one is started
     */
    synchronized void replace(ExportWindow window, String why, Duration rest) {
        boolean enough = window.replaced() >= MOST_REPLACED;
        Duration wait = rest.dividedBy(1L << Math.max(0, MOST_REPLACED - 1 - window.replaced()));
        int delivered = delivered(window);
        progress(window, () -> window.replace(enough ? null : clock.instant().plus(wait), why), () -> LOG.warn(
                "{}: {}: {}. {}{}", flow, window.name(), why, enough
                        ? "This happened to " + (MOST_REPLACED + 1) + " jobs, so no other job is started. To export these "
                                + "days, use a flow with another id"
                        : "A new job starts in " + wait.toSeconds() + " s",
                delivered == 0 || enough ? "" : "; " + delivered + " delivered fragments will be sent again"));
    }

    /** Jobs whose data is not kept any longer have to be started anew, unless all fragments that they had are here. */
    synchronized void loseOldJobs() {
        Instant oldest = clock.instant().minus(ExportJobs.RETENTION);
        for (ExportWindow each : List.copyOf(windows())) {
            boolean old = each.created() != null && each.created().isBefore(oldest);
            if (old && each.state() == ExportWindow.State.DOWNLOADING) {
                lost(each, "job " + each.job() + " is older than " + ExportJobs.RETENTION.toDays()
                        + " days, and People.ai deletes the data of a job after this time");
            } else if (old && each.state() == ExportWindow.State.CHECKING) {
                change(each, each::giveUp, () -> {});
            } else if (old && each.state() == ExportWindow.State.INCOMPLETE && each.retryAt() != null) {
                change(each, () -> each.lookAt(null), () -> {});
            }
        }
    }

    /** Looks for missing data once more where it is time for it, and for nothing more where a person does not want it. */
    synchronized void checkAgain() {
        for (ExportWindow each : List.copyOf(windows())) {
            if (each.isLookedForAgain(clock.instant())) {
                change(each, each::lookAgain, () -> {});
            } else if (!compare && each.hasJobData()) {
                change(each, () -> {}, () -> {});
            }
        }
    }

    /** No job could be started for the window. */
    synchronized void notStarted(ExportWindow window, String why, Duration rest) {
        boolean news = !window.lastError().equals(why);
        change(window, () -> window.rest(clock.instant().plus(rest), why), () -> {
            if (news) {
                LOG.warn("{}: {}: {}. The export tries again", flow, window.name(), why);
            }
        });
    }

    /** Fragments that have to be fetched, in the order of their days. */
    synchronized List<Fragment> fragments() {
        return document.state() == null ? List.of() : document.state().fragments();
    }

    /** What there is to worry about, see {@link ExportConcerns}. @param running whether its flow runs here */
    synchronized List<String> concerns(Duration patience, boolean running) {
        return document.state() == null ? List.of()
                : new ExportConcerns(patience, clock.instant()).of(document.state(), compare, running);
    }

    /** What is left of it. */
    synchronized ExportProgress progress() {
        long days = windows().stream().filter(each -> each.state() != ExportWindow.State.DELIVERED)
                .mapToLong(each -> each.days().count()).sum();
        Instant oldest = windows().stream().filter(ExportWindow::isJobPending).map(ExportWindow::created)
                .min(Comparator.naturalOrder()).orElse(null);
        return new ExportProgress(flow, days, fragments().size(),
                oldest == null ? 0 : Math.max(0, Duration.between(oldest, clock.instant()).toSeconds()),
                windows().stream().filter(each -> each.differs() && compare
                        || each.state() == ExportWindow.State.INCOMPLETE).count());
    }

    /** Fragments whose tasks were handed over, and of which nothing is reported so far. */
    synchronized List<Fragment> reportsToCome() {
        return document.state() == null ? List.of() : document.state().reportsToCome();
    }

    /** A window that has got another job meanwhile does not count what came of the one before. */
    Optional<ExportWindow> find(Fragment fragment) {
        return windows().stream()
                .filter(each -> each.name().equals(fragment.window()) && each.hasJob(fragment.job())).findFirst();
    }

    /** Whether all records of the fragment's window were accepted. */
    synchronized boolean isDelivered(Fragment fragment) {
        return find(fragment).filter(each -> each.state() == ExportWindow.State.DELIVERED).isPresent();
    }

    void tell(ExportWindow window, String what) {
        LOG.info("{}: {}: {}", flow, window.name(), what);
    }

    /** Makes a change by which the export goes on, see {@link #change}. */
    void progress(ExportWindow window, Runnable change, Runnable tell) {
        change(window, () -> {
            change.run();
            window.progressed(clock.instant());
        }, tell);
    }

    /** Makes a change, and tells of it once it is on the disk. A window of an earlier order is not changed any more. */
    void change(ExportWindow window, Runnable change, Runnable tell) {
        if (windows().contains(window)) {
            ExportWindow.State before = window.state();
            change.run();
            window.settle(compare);
            if (window.state() == ExportWindow.State.INCOMPLETE && before != window.state() && window.hasJobData()) {
                window.lookAt(clock.instant().plus(LONG_REST));
            }
            boolean moved = document.state().advance();
            document.save();
            tell.run();
            if (window.state() != before) {
                tellState(window);
            }
            if (moved) {
                LOG.info("{}: all days up to {} are delivered", flow, document.state().watermark());
            }
        }
    }

    private void tellState(ExportWindow window) {
        if (window.state() == ExportWindow.State.DELIVERED) {
            tell(window, "delivered, %d records in %d bytes".formatted(window.data().records(), window.data().bytes()));
        }
        if (window.differs()) {
            LOG.warn("{}: {}: {}", flow, window.name(), window.lastError());
        } else if (window.state() == ExportWindow.State.CHECKING) {
            tell(window, "all fragments are handed on; next: " + WindowNote.nextAction(window));
        }
    }

    /** None while what is on the disk has to be read again. */
    private List<ExportWindow> windows() {
        return document.state() == null ? List.of() : document.state().windows();
    }

    /** Names of the windows that may hold the same records as the fragment. */
    synchronized List<String> overlapping(Fragment fragment) {
        return find(fragment).map(each -> document.state().overlapping(each)).orElse(List.of());
    }

    /** Names of the windows whose records may come again with another window. */
    synchronized Set<String> overlapped() {
        return document.state() == null ? Set.of() : document.state().overlapped(overlapDays);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }
}
