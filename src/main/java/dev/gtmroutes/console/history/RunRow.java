// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.history;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.gtmroutes.history.Run;
import dev.gtmroutes.inbox.arrival.Intake;

/** A run as a line of the page. @param now the time of the page */
public record RunRow(Run run, Instant now) {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    /** The same for as long as the run stands on a page. */
    public String id() {
        return "run-" + run.begin().toEpochMilli() + "-"
                + Integer.toHexString((run.destination() + '\n' + run.input()).hashCode());
    }

    public Instant begin() {
        return run.begin();
    }

    public String input() {
        return run.input();
    }

    public String destination() {
        return run.destination();
    }

    /** Whether it stands for inputs that have no line of their own. */
    public boolean isFurther() {
        return run.input().isEmpty();
    }

    /** Whether the records came in requests to the intake, which makes a file of them. */
    public boolean isRequest() {
        return run.input().startsWith("intake-") && Intake.isNameOfArrival(Path.of(run.input()));
    }

    public long inputs() {
        return run.inputs();
    }

    public String state() {
        return switch (run.state()) {
            case IN_WORK -> "Running";
            case WAITING -> "Waiting";
            case DONE -> "Done";
        };
    }

    /** Style of the chip. */
    public String style() {
        return switch (run.state()) {
            case IN_WORK -> "running";
            case WAITING -> "queued";
            case DONE -> "done";
        };
    }

    public String icon() {
        return switch (run.state()) {
            case IN_WORK -> "loader";
            case WAITING -> "hourglass";
            case DONE -> "check";
        };
    }

    /** What the state means, where that is not plain. */
    public String meaning() {
        return run.state() == Run.State.WAITING
                ? "Some records have no outcome. The flow sends them when the source brings the input again." : "";
    }

    public long read() {
        return run.read();
    }

    /** Null if it is not known. */
    public Long delivered() {
        return run.delivered();
    }

    public long unchanged() {
        return run.unchanged();
    }

    /** Null if it is not known. */
    public Long rejected() {
        return run.rejected();
    }

    /** Null if it is not known. */
    public Long held() {
        return run.held();
    }

    public String duration() {
        return text(run.took(now)) + switch (run.state()) {
            case IN_WORK -> ", still running";
            case WAITING -> " so far";
            case DONE -> "";
        };
    }

    static String text(Duration took) {
        long seconds = took.toSeconds();
        if (seconds < 10) {
            return Math.max(1, took.toMillis() / 100) / 10.0 + " s";
        }
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + " min" + rest(seconds % MINUTE, " s");
        }
        return seconds < 2 * DAY ? seconds / HOUR + " h" + rest(seconds % HOUR / MINUTE, " min")
                : seconds / DAY + " d" + rest(seconds % DAY / HOUR, " h");
    }

    private static String rest(long number, String unit) {
        return number == 0 ? "" : " " + number + unit;
    }
}
