// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.sources.LedgerFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The reads of one flow and the page that is between People.ai and the sink. A page stays until the sink has accepted it;
 * only then the progress on the disk moves on. Before the sink gets it, its records are on the disk, and so is, from then
 * on, which of them have an outcome: after a crash the same page goes on. It is used by one exchange at a time, the one that
 * has claimed it.
 */
final class PagedRead {

    private static final Logger LOG = LoggerFactory.getLogger(PagedRead.class);

    private final ReadOrder order;
    private final int overlapDays;
    private final Clock clock;
    private final LedgerFile file;
    private final SeenRecords seen;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final PageFile pageFile;
    private ReadProgress progress;
    private ReadProgress.Page page;
    private List<byte[]> news = List.of();

    /** @param base the files of this flow, without what their names end with */
    PagedRead(ReadOrder order, int overlapDays, Path base, Clock clock) {
        this.order = order;
        this.overlapDays = overlapDays;
        this.clock = clock;
        Disk disk = new Disk();
        this.file = new LedgerFile(base.resolveSibling(base.getFileName() + ".json"), disk);
        this.seen = new SeenRecords(base.resolveSibling(base.getFileName() + ".seen"), disk);
        this.pageFile = new PageFile(base.resolveSibling(base.getFileName() + ".page.ndjson"), disk);
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
        byte[] bytes = file.read();
        ReadProgress found = bytes == null ? ReadProgress.none(order) : ReadProgress.read(bytes);
        if (found.order().equals(order.toString())) {
            seen.read();
            progress = takeUp(found.with(overlapDays));
        } else {
            seen.forget();
            progress = takeUp(ReadProgress.none(order));
        }
    }

    /** Goes on with the page that an earlier run had in work, if there is one. */
    private ReadProgress takeUp(ReadProgress found) throws IOException {
        if (found.page() == null) {
            pageFile.forget();
            return found;
        }
        List<byte[]> records = pageFile.read();
        if (records == null) {
            // Somebody deleted it. What is noted of it stays: it tells which records of the next one were sent.
            return found.withPage(null);
        }
        news = records;
        page = found.page();
        return found;
    }

    /** Whether there is something in work, and the next version of the flow is to read the same. */
    boolean goesOnWith(ReadOrder nextOrder, int nextOverlapDays) {
        return (claimed.get() || page != null) && order.equals(nextOrder) && overlapDays == nextOverlapDays;
    }

    /** @return false if another exchange has it: one of the route before, which did not end in time */
    boolean claim() {
        return claimed.compareAndSet(false, true);
    }

    void release() {
        claimed.set(false);
    }

    ReadProgress progress() {
        return progress;
    }

    /** Where the progress is kept. */
    Path path() {
        return file.path();
    }

    boolean isDue(Duration period) {
        return progress.isDue(period, clock.instant());
    }

    /** Begins a read if none is under way. @return whether it did */
    boolean begin() {
        boolean begins = progress.begun() == null;
        if (begins) {
            progress = progress.begin(clock.instant(), overlapDays);
        }
        return begins;
    }

    /** Only what People.ai got to know since this day is asked for; null for all. */
    LocalDate ingestedFrom() {
        return progress.since();
    }

    String url(int pageSize) {
        return order.url(progress.offset(), pageSize, ingestedFrom());
    }

    boolean hasPage() {
        return page != null;
    }

    /** A page has come. */
    void take(ActivityPage taken) {
        page = ReadProgress.Page.of(taken);
        news = taken.records().stream().filter(each -> !seen.contains(each)).toList();
    }

    /** Whether the page holds records that the sink has not seen. */
    boolean hasNews() {
        // A page that an earlier run had in work may have been accepted just before the crash.
        return news.stream().anyMatch(each -> !seen.contains(each));
    }

    /** These records, each on a line. */
    byte[] chunk() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (byte[] each : news) {
            lines.writeBytes(each);
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /**
     * Which of them have an outcome at the sink by now. Returns when they are on the disk.
     *
     * @throws IOException if they are not; the page must not be handed on then
     */
    InputProgress settled() throws IOException {
        if (progress.page() == null) {
            pageFile.write(news);
            // A crash in between leaves records that nobody asks for.
            ReadProgress kept = progress.withPage(page);
            file.write(kept.write());
            progress = kept;
        }
        return pageFile.settled();
    }

    /** Nothing of the page is in flight: returns when its progress is on the disk. */
    void rest() throws IOException {
        pageFile.rest();
    }

    /** Another read, or another instance of the cluster, goes on from what is on the disk. */
    void leave() {
        pageFile.leave();
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
        if (hasNews()) {
            seen.add(news);
        }
        // Should the progress not be written, the records are not noted a second time.
        news = List.of();
        ReadProgress next = progress.accepted(page, clock.instant());
        file.write(next.write());
        progress = next;
        page = null;
        forgetPage();
        return progress.begun() == null;
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
