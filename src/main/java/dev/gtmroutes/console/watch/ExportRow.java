// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.watch;

import java.util.List;
import java.util.Locale;

import dev.gtmroutes.export.ExportReport;

/**
 * An export as its page shows it.
 *
 * @param isHere whether its flow is; otherwise it was deleted, or another program works on the same state
 */
public record ExportRow(ExportReport export, boolean isHere) {

    private static final int MOST_DELIVERED = 5;

    /** A window, its numbers as a person reads them. */
    public record Window(ExportReport.Window window) {

        public String bytes() {
            return number(window.bytes());
        }

        public String allBytes() {
            return number(window.allBytes());
        }

        /** How the bytes compare with what People.ai states, for a person; empty as long as that is open. */
        public String sum() {
            return switch (window.sum()) {
                case "equal" -> "complete";
                case "less" -> "too few";
                case "more" -> "too many";
                case "not-compared" -> "not compared";
                default -> "";
            };
        }

        public String records() {
            return number(window.records());
        }

        private static String number(long number) {
            return String.format(Locale.ROOT, "%,d", number);
        }
    }

    /** Those that are not delivered, and some before them. */
    public List<Window> windows() {
        return export.windows().stream().skip(leftOut()).map(Window::new).toList();
    }

    /** So many windows, the oldest, are delivered and not shown. */
    public int leftOut() {
        int delivered = 0;
        while (delivered < export.windows().size() && export.windows().get(delivered).isDelivered()) {
            delivered++;
        }
        return Math.max(0, delivered - MOST_DELIVERED);
    }

    /** How many windows are delivered. */
    public long delivered() {
        return export.windows().stream().filter(ExportReport.Window::isDelivered).count();
    }
}
