// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.delivery.status.RunName;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.paged.page.RecordPage;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.sources.LedgerFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reads of one flow and the page that is between the API and the sink. A page stays until the sink has accepted it;
 * only then the progress on the disk moves on. Before the sink gets it, its records are on the disk, and so is, from then
 * on, which of them have an outcome: after a crash the same page goes on. It is used by one exchange at a time, the one that
 * has claimed it.
 */
final class PagedRead {

    /** What its files have behind the name of the flow. */
    static final String LEDGER = ".json";
    static final String PAGE = ".page.ndjson";

    private static final Logger LOG = LoggerFactory.getLogger(PagedRead.class);
    private static final int MOST_RESTARTS = 3;

    /** Who has the read. */
    enum Claim {
        NEW, OWN, OF_ANOTHER
    }

    private final ReadOrder order;
    private final Clock clock;
    private final LedgerFile file;
    private final HandedRecords handed;
    private final AtomicReference<String> claimed = new AtomicReference<>();
    private final PageFile pageFile;
    private final ReadOpening opening;
    private final PageDoubts doubts;
    private final ReadConcerns concerns = new ReadConcerns();
    private volatile ReadProgress progress;
    private volatile Duration period = Duration.ZERO;
    private ReadProgress.Page page;
    private final PageNews news;
    private ReadConcerns.Oddities odd;
    /** What is read behind the page; null for what follows it in its list. */
    private ReadProgress behind;
    private ReadStoppedException stop;

    /** @param base the files of this flow, without what their names end with */
    PagedRead(ReadOrder order, Path base, Clock clock) {
        this.order = order;
        this.clock = clock;
        this.doubts = new PageDoubts(order);
        Disk disk = new Disk();
        this.file = new LedgerFile(base.resolveSibling(base.getFileName() + LEDGER), disk);
        this.handed = new HandedRecords(base, order, disk);
        this.news = new PageNews(handed, order.form());
        this.pageFile = new PageFile(base.resolveSibling(base.getFileName() + PAGE), disk);
        this.opening = new ReadOpening(order, file, handed, pageFile);
    }

    /**
     * Reads how far it is, the first time.
     *
     * @throws IOException if the files cannot be read
     */
    void open() throws IOException {
        if (progress != null) {
            return;
        }
        ReadOpening.Found found = opening.open();
        if (found.lines() != null) {
            news.takeUp(found.lines());
            page = found.progress().page();
        }
        behind = found.behind();
        progress = found.progress();
    }

    /** Whether it is to read this. */
    boolean reads(ReadOrder wanted) {
        return order.equals(wanted);
    }

    /** Whether there is something in work that the next version of the flow goes on with, before it reads what it wants. */
    boolean goesOnWith(ReadOrder nextOrder, String exchange) {
        String by = claimed.get();
        return page != null || by != null && (reads(nextOrder) || !by.equals(exchange));
    }

    /** @param exchange its id; the other one may be of the route before, which did not end in time */
    Claim claim(String exchange) {
        return claimed.compareAndSet(null, exchange) ? Claim.NEW
                : exchange.equals(claimed.get()) ? Claim.OWN : Claim.OF_ANOTHER;
    }

    void release() {
        claimed.set(null);
    }

    ReadProgress progress() {
        return progress;
    }

    /** Where the progress is kept. */
    Path path() {
        return file.path();
    }

    /** The time from the end of a read to the next; zero for one read only, and as long as nobody asked. */
    Duration period() {
        return period;
    }

    boolean isDue(Duration wanted) {
        period = wanted;
        return progress.isDue(wanted, clock.instant());
    }

    /** Begins a read if none is under way. @return whether it did */
    boolean begin() {
        boolean begins = progress.begun() == null;
        if (begins) {
            progress = progress.begin(clock.instant(), order.changes());
            concerns.begun();
        }
        return begins;
    }

    /** @throws IOException if the last page says that the next one is elsewhere */
    String url(int pageSize) throws IOException {
        return order.url(progress, pageSize);
    }

    boolean hasPage() {
        return page != null;
    }

    /** A page has come. */
    void take(RecordPage taken) throws IOException {
        stop = null;
        try {
            doubts.look(progress, taken, clock.instant());
        } catch (ReadStoppedException e) {
            stop = e;
        }
        news.take(taken.records());
        odd = ReadConcerns.Oddities.of(order, taken);
        page = ReadProgress.Page.of(taken);
    }

    /**
     * Looks at the page that has come, and drops it unless it can be handed on.
     *
     * @param  next        what the header of the answer says of the next page; null if it says nothing
     * @param  answered    the time of the answer, as the API says; null if it does not
     * @throws IOException as {@link PageDoubts} says
     */
    PageDoubts.Verdict check(int pageSize, String next, Instant answered) throws IOException {
        boolean header = page.next() == null && next != null && order.looksAtHeader();
        ReadProgress.Page came = header ? page.with(next) : page;
        page = null;
        if (stop != null) {
            throw stop;
        }
        PageDoubts.Verdict verdict = doubts.of(progress, came, pageSize);
        if (verdict != PageDoubts.Verdict.ASK_AGAIN) {
            // Where it leads elsewhere, it is told before its records count.
            order.check(came.next(), progress, pageSize);
            concerns.looked(order, progress, came, odd, pageSize);
            progress = progress.answeredAt(answered);
            page = came;
        }
        return verdict;
    }

    /**
     * Whether a refused page means that what leads to it has expired, so that the list has to begin anew. What was handed
     * over is not handed over again.
     *
     * @throws ReadStoppedException if that happened too often without anything new in between
     * @throws IOException          if it cannot be noted
     */
    boolean expires(int status) throws IOException {
        Paging.Style style = order.paging().style();
        boolean leads = progress.place().next() != null && style.follows();
        if (!leads || status != 400 && status != 404 && status != 410 && status != 422) {
            return false;
        }
        ReadProgress.Sweep sweep = progress.sweep();
        if (sweep.restarts() >= MOST_RESTARTS) {
            throw new ReadStoppedException(
                    "the list was begun again %d times without a new record, because %s responded with %d "
                            .formatted(MOST_RESTARTS, order.api(), status) + "to what leads to the next page");
        }
        ReadProgress anew = progress.anew(progress.since(), 0, new ReadProgress.Sweep(sweep.number(), sweep.news(),
                sweep.restarts() + 1, false), clock.instant());
        file.write(ProgressDocument.write(anew, order.changes().precision()));
        progress = anew;
        return true;
    }

    /** What a person has to know of the read. */
    ReadConcerns concerns() {
        return concerns;
    }

    /** The same as lines. @param running whether its flow runs here */
    List<String> concerns(boolean running) {
        return concerns.of(progress, running, clock.instant());
    }

    /** The id of the flow. */
    String flow() {
        return file.path().getFileName().toString().replaceFirst("\\.json$", "");
    }

    /** Whether the page holds records that the sink has not seen. */
    boolean hasNews() {
        return news.isOpen();
    }

    /** These records, each on a line. */
    byte[] chunk() {
        return news.chunk();
    }

    /**
     * Which of them have an outcome at the sink by now. Returns when they are on the disk.
     *
     * @throws IOException if they are not; the page must not be handed on then
     */
    InputProgress settled() throws IOException {
        if (progress.page() == null) {
            pageFile.write(news.lines());
            // A crash in between leaves records that nobody asks for.
            ReadProgress kept = progress.withPage(page);
            file.write(ProgressDocument.write(kept, order.changes().precision()));
            progress = kept;
        }
        return pageFile.settled();
    }

    /** Nothing of the page is in flight: returns when its progress is on the disk. */
    void rest() throws IOException {
        pageFile.rest();
    }

    /** So many reads share the memory for what was handed over. */
    void share(int reads) {
        handed.share(reads);
    }

    /** Another read, or another instance of the cluster, goes on from what is on the disk. */
    void leave() {
        pageFile.leave();
        handed.close();
    }

    /** The read that the page belongs to, for those who list runs. */
    RunName run() {
        return RunName.parts(order.name(), order.name() + " " + progress.begun());
    }

    /** What the page is called: no other page of this flow has that name. */
    String name() {
        String begun = progress.begun().toString().replaceAll("[-:]", "");
        return "%s-%s-p%06d.ndjson".formatted(order.name(), begun, progress.pages());
    }

    /**
     * The sink has accepted the page. The records are noted before the progress: a crash in between reads the page again,
     * and finds nothing new in it.
     *
     * @return whether that was the last page of the read
     * @throws IOException if that cannot be noted; it has to be called again then
     */
    boolean accepted() throws IOException {
        news.accepted();
        boolean isNews = news.isThere(!order.changes().areAskedFor());
        ReadProgress next = behind != null ? behind : order.after(progress, page, isNews, clock.instant());
        file.write(ProgressDocument.write(next, order.changes().precision()));
        if (behind != null) {
            opening.leavePage(progress, next);
            behind = null;
        }
        boolean isOver = next.ended() != null && next.begun() == null;
        news.forget();
        progress = next;
        page = null;
        concerns.worked();
        forgetPage();
        return isOver;
    }

    private void forgetPage() {
        try {
            pageFile.forget();
        } catch (IOException e) {
            // The next page takes its place.
            LOG.warn("Cannot delete the records of a delivered page: {}", Exceptions.text(e));
        }
    }
}
