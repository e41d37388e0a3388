// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.exports;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.gtmroutes.console.web.TimedText;
import dev.gtmroutes.export.ExportReport.Window;

/**
 * A window of an export as its page shows it.
 *
 * @param window    its report
 * @param patience  how long its job may take, or nothing may go on
 * @param isRunning whether its flow runs; one that is paused need not go on
 * @param now       the time
 */
public record WindowRow(Window window, Duration patience, boolean isRunning, Instant now) {

    private static final Set<String> PENDING = Set.of("queued", "running");
    private static final Set<String> FETCHED = Set.of("downloading", "checking");

    /** Such as {@code 2 Nov 2026}. */
    public String days() {
        return Amounts.days(window.start(), window.end());
    }

    /** Whether nothing has gone on for longer than the flow has patience. */
    public boolean isStalled() {
        Instant since = stalledSince();
        return since != null && since.plus(patience).isBefore(now);
    }

    /** Since when nothing went on; null if nothing has to. A job that is not completed is no progress. */
    public Instant stalledSince() {
        return PENDING.contains(window.state()) ? window.jobCreated()
                : isRunning && FETCHED.contains(window.state()) ? window.progress() : null;
    }

    /** Such as {@code 7 h 31 min}. */
    public String stalledFor() {
        return Amounts.time(Duration.between(stalledSince(), now));
    }

    /** The state in a word or two. */
    public String state() {
        return isStalled() ? "No progress" : switch (window.state()) {
            case "queued" -> "Job queued";
            case "running" -> "Job running";
            case "downloading" -> "Downloading";
            case "checking" -> "Checking";
            case "incomplete" -> "Incomplete";
            case "delivered" -> isDiffering() ? "Complete, size differs" : "Complete";
            default -> window.lastError().isEmpty() ? "Not started" : "Cannot start";
        };
    }

    private boolean isDiffering() {
        return window.sum().equals("more") || window.sum().equals("less");
    }

    /** The end of the name of the style of its chip. */
    public String chip() {
        return switch (strip()) {
            case "ok" -> "complete";
            case "diff" -> "failing";
            default -> strip();
        };
    }

    /** Its style in the timeline: ok, running, late, diff or queued. */
    public String strip() {
        return isStalled() ? "late" : switch (window.state()) {
            case "delivered" -> isDiffering() ? "diff" : "ok";
            case "incomplete" -> "diff";
            case "waiting" -> window.lastError().isEmpty() ? "queued" : "late";
            default -> "running";
        };
    }

    public String icon() {
        return switch (strip()) {
            case "ok" -> "circle-check";
            case "diff" -> "alert-triangle";
            case "late" -> "hourglass";
            case "running" -> "loader";
            default -> "clock";
        };
    }

    /** What stands in its place of the timeline, beside the colour. */
    public String sign() {
        return switch (strip()) {
            case "late", "diff" -> "!";
            case "running" -> window.state().equals("downloading") ? "↓" : "…";
            default -> "";
        };
    }

    /** From the start of the job until its data was delivered, or until now; empty without a job. */
    public String jobAge() {
        Instant end = window.isDelivered() && window.progress() != null ? window.progress() : now;
        return window.jobCreated() == null ? "" : Amounts.time(Duration.between(window.jobCreated(), end));
    }

    /** How long the job took at the vendor; null if that is not known. */
    Duration jobTook() {
        return window.jobCreated() == null || window.jobCompleted() == null ? null
                : Duration.between(window.jobCreated(), window.jobCompleted());
    }

    /** Such as {@code 3 of 8 fragments, 96 MB of 251 MB}. */
    public String progress() {
        if (window.fragments() == 0) {
            return window.isDelivered() ? "No data" : window.job().isEmpty() ? "" : "No fragments yet";
        }
        return window.fragmentsDone() + " of " + window.fragments() + " fragments, " + Amounts.bytes(window.bytes())
                + (window.allBytes() > 0 && !window.isDelivered() ? " of " + Amounts.bytes(window.allBytes()) : "");
    }

    /** How the bytes compare with what the vendor states, for a person; empty as long as that is open. */
    public String sum() {
        return switch (window.sum()) {
            case "equal" -> "complete";
            case "less" -> "too few bytes";
            case "more" -> "too many bytes";
            case "not-compared" -> "not compared";
            default -> "";
        };
    }

    /** Per second while its data is fetched; 0 if that is not known. */
    private double rate(long amount) {
        if (window.jobCompleted() == null || window.progress() == null || amount <= 0) {
            return 0;
        }
        long millis = Duration.between(window.jobCompleted(), window.progress()).toMillis();
        return millis < 1000 ? 0 : amount * 1000.0 / millis;
    }

    /** Records per second while its data is fetched; 0 if that is not known. */
    public long recordsPerSecond() {
        return Math.round(rate(window.records()));
    }

    /** Such as {@code 1.4 MB}; empty if that is not known. */
    public String bytesPerSecond() {
        double rate = rate(window.bytes());
        return rate <= 0 ? "" : Amounts.bytes(Math.round(rate));
    }

    /** Empty if nothing went wrong. */
    public List<TimedText.Part> lastError() {
        return TimedText.of(window.lastError());
    }

    /** How long its data will be fetched yet; null if that cannot be said. */
    Duration left() {
        double perSecond = window.allBytes() > 0 ? rate(window.bytes()) : rate(window.fragmentsDone());
        long left = window.allBytes() > 0 ? window.allBytes() - window.bytes() : window.fragments() - window.fragmentsDone();
        return !window.state().equals("downloading") || perSecond <= 0 || isStalled() ? null
                : Duration.ofMillis(Math.round(Math.max(0, left) * 1000 / perSecond));
    }

    /** Such as {@code Done in about 4 min}; what is done next where there is no estimate. */
    public List<TimedText.Part> next() {
        return TimedText.of(nextStep());
    }

    private String nextStep() {
        Duration left = left();
        return left != null ? "Done in about " + Amounts.time(left)
                : window.nextAction().isEmpty() || window.nextAction().equals("none") ? "None"
                : window.nextAction().substring(0, 1).toUpperCase(Locale.ROOT) + window.nextAction().substring(1);
    }
}
