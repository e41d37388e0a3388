package dev.gtmroutes.peopleai;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.gtmroutes.delivery.Settled;
import dev.gtmroutes.disk.Disk;

/**
 * The reads of one flow and the page that is between People.ai and the sink. A page stays until the sink has accepted it;
 * only then the progress on the disk moves on. It is used by one exchange at a time, the one that has claimed it.
 */
final class PagedRead {

    private final ReadOrder order;
    private final int overlapDays;
    private final Clock clock;
    private final LedgerFile file;
    private final SeenRecords seen;
    private final AtomicBoolean claimed = new AtomicBoolean();
    private ReadProgress progress;
    private ActivityPage page;
    private List<byte[]> news = List.of();
    private Settled settled;

    /** @param base the files of this flow, without what their names end with */
    PagedRead(ReadOrder order, int overlapDays, Path base, Clock clock) {
        this.order = order;
        this.overlapDays = overlapDays;
        this.clock = clock;
        Disk disk = new Disk();
        this.file = new LedgerFile(base.resolveSibling(base.getFileName() + ".json"), disk);
        this.seen = new SeenRecords(base.resolveSibling(base.getFileName() + ".seen"), disk);
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
            progress = found.with(overlapDays);
        } else {
            seen.forget();
            progress = ReadProgress.none(order);
        }
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
        page = taken;
        news = taken.records().stream().filter(each -> !seen.contains(each)).toList();
        settled = new Settled();
    }

    /** Whether the page holds records that the sink has not seen. */
    boolean hasNews() {
        return !news.isEmpty();
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

    /** Which of them have an outcome at the sink by now. */
    Settled settled() {
        return settled;
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
        seen.add(news);
        // Should the progress not be written, the records are not noted a second time.
        news = List.of();
        ReadProgress next = progress.accepted(page, clock.instant());
        file.write(next.write());
        progress = next;
        page = null;
        return progress.begun() == null;
    }
}
