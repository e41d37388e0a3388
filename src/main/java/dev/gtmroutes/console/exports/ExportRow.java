// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.exports;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import dev.gtmroutes.console.web.TimedText;
import dev.gtmroutes.export.ExportReport;

/**
 * An export as its page shows it.
 *
 * @param export  its report
 * @param source  the flow that it belongs to
 * @param windows all of its windows
 */
public record ExportRow(ExportReport export, SourceFlow source, List<WindowRow> windows) {

    /** So many windows are in the timeline. */
    private static final int MOST_IN_STRIP = 30;
    private static final int MOST_DELIVERED = 5;

    static ExportRow of(ExportReport export, SourceFlow source, Instant now) {
        Duration patience = Duration.ofSeconds(export.patience());
        return new ExportRow(export, source, export.windows().stream()
                .map(each -> new WindowRow(each, patience, source.isRunning(), now)).toList());
    }

    /** The last windows, for the timeline. */
    public List<WindowRow> strip() {
        return windows.subList(Math.max(0, windows.size() - MOST_IN_STRIP), windows.size());
    }

    /** So many windows, the oldest, are not in the timeline. */
    public int leftOutOfStrip() {
        return Math.max(0, windows.size() - MOST_IN_STRIP);
    }

    /** Those that are not delivered, and some before them; the newest first. */
    public List<WindowRow> listed() {
        return windows.stream().skip(leftOut()).sorted(Comparator.comparing((WindowRow each) -> each.window().start())
                .reversed()).toList();
    }

    /** So many windows, the oldest, are delivered and not listed. */
    public int leftOut() {
        int delivered = 0;
        while (delivered < windows.size() && windows.get(delivered).window().isDelivered()) {
            delivered++;
        }
        return Math.max(0, delivered - MOST_DELIVERED);
    }

    /** How many windows are delivered. */
    public long delivered() {
        return windows.stream().filter(each -> each.window().isDelivered()).count();
    }

    public long records() {
        return windows.stream().mapToLong(each -> each.window().records()).sum();
    }

    public String bytes() {
        return Amounts.bytes(windows.stream().mapToLong(each -> each.window().bytes()).sum());
    }

    /** From the first to the last day in the timeline; empty if there is no window. */
    public String days() {
        List<WindowRow> shown = strip();
        return shown.isEmpty() ? "" : Amounts.day(shown.get(0).window().start()) + " to "
                + Amounts.day(shown.get(shown.size() - 1).window().end());
    }

    /** Windows of which nothing has gone on for too long. */
    public List<WindowRow> stalled() {
        return windows.stream().filter(WindowRow::isStalled).limit(3).toList();
    }

    /** What a person has to know, but for what the notes about stalled windows say. */
    public List<List<TimedText.Part>> concerns() {
        List<WindowRow> stalled = windows.stream().filter(WindowRow::isStalled).toList();
        return export.concerns().stream().filter(concern -> stalled.stream()
                .noneMatch(each -> concern.contains("job " + each.window().job() + " has "))).map(TimedText::of).toList();
    }

    /** Why the vendor is left alone for a while; empty if it is not. */
    public List<TimedText.Part> trouble() {
        return TimedText.of(export.trouble());
    }

    /** The window whose job has been pending for the longest time; null if none is. */
    public WindowRow oldestJob() {
        return windows.stream().filter(each -> !each.window().isDelivered() && each.window().jobCreated() != null)
                .min(Comparator.comparing(each -> each.window().jobCreated())).orElse(null);
    }

    /** The window that is fetched now, or was fetched last with a known rate; null if there is none. */
    public WindowRow fetched() {
        return windows.stream().filter(each -> !each.bytesPerSecond().isEmpty())
                .max(Comparator.comparing(each -> each.window().progress())).orElse(null);
    }

    /** Such as {@code 12 min to 25 min}: how long jobs of this export took; empty if that is not known. */
    public String usualJob() {
        List<Duration> took = windows.stream().filter(each -> each.window().isDelivered()).map(WindowRow::jobTook)
                .filter(Objects::nonNull).sorted().toList();
        return took.isEmpty() ? "" : took.size() == 1 ? Amounts.time(took.get(0))
                : Amounts.time(took.get(0)) + " to " + Amounts.time(took.get(took.size() - 1));
    }

    /** How long the windows that are fetched now will take yet, such as {@code about 4 min left}; empty if unknown. */
    public String left() {
        return windows.stream().map(WindowRow::left).filter(Objects::nonNull).max(Comparator.naturalOrder())
                .map(each -> "about " + Amounts.time(each) + " left").orElse("");
    }

    public String patience() {
        return Amounts.time(Duration.ofSeconds(export.patience()));
    }

    /** How it is, at a glance. */
    public StateChip chip() {
        return export.problem() != null ? StateChip.BROKEN : !stalled().isEmpty() ? StateChip.late("Export late")
                : export.trouble() != null || !export.concerns().isEmpty() ? StateChip.late("Needs a look")
                : isComplete() ? StateChip.COMPLETE : !source.isRunning() ? StateChip.PAUSED
                : delivered() == windows.size() ? StateChip.WAITING
                : isStuck() ? StateChip.late("Cannot start") : StateChip.running("Exporting");
    }

    /** Whether the start of a job was refused, and no other job is in work. */
    private boolean isStuck() {
        return windows.stream().anyMatch(each -> each.strip().equals("late"))
                && windows.stream().noneMatch(each -> each.strip().equals("running"));
    }

    /** Whether all of it is delivered, and nothing more will come. */
    private boolean isComplete() {
        return export.end() != null && !windows.isEmpty() && delivered() == windows.size();
    }

    /** What is exported, such as {@code snapshot of email activities, from 2 Nov 2026 on}. */
    public String order() {
        return export.problem() != null ? ""
                : "%s of %s activities, %s".formatted(export.exportType(), export.activityType(),
                        export.end() == null ? "from " + Amounts.day(export.start()) + " on"
                                : Amounts.days(export.start(), export.end()));
    }
}
