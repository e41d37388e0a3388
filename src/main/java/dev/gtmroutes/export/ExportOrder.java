// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;

/**
 * What a person wants exported.
 *
 * @param startDate    the first day
 * @param endDate      the last day; null to go on for ever
 * @param type         what the days mean; an endless snapshot goes on with deltas
 * @param activityType email, meeting, call or all
 */
record ExportOrder(LocalDate startDate, LocalDate endDate, ExportType type, String activityType) {

    private static final Set<String> ACTIVITY_TYPES = Set.of("email", "meeting", "call", "all");

    /** @throws IllegalArgumentException if it makes no sense; the message is one sentence */
    static ExportOrder of(String startDate, String endDate, String exportType, String activityType) {
        if (startDate.isBlank()) {
            throw new IllegalArgumentException("startDate is missing. Enter a day such as 2025-01-31");
        }
        ExportOrder order = new ExportOrder(day("startDate", startDate), endDate.isBlank() ? null : day("endDate", endDate),
                ExportType.of(exportType), activityType.strip());
        if (!ACTIVITY_TYPES.contains(order.activityType)) {
            throw new IllegalArgumentException("activityType is '" + activityType
                    + "'. Enter email, meeting, call or all");
        }
        if (order.endDate != null && order.endDate.isBefore(order.startDate)) {
            throw new IllegalArgumentException("endDate " + order.endDate + " is before startDate " + order.startDate);
        }
        return order;
    }

    private static LocalDate day(String name, String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(name + " is '" + text + "'. Enter a day such as 2025-01-31");
        }
    }

    /** Whether it goes on for ever. */
    boolean isEndless() {
        return endDate == null;
    }

    /**
     * The windows to add. Only days that are over are planned where the order is endless: a day can be exported once.
     *
     * @param plannedUntil the last day of the windows that there are; null if there are none
     * @param overlapDays  how many days before it are exported again, for data that came late
     * @param today        the day that is not over yet
     */
    List<ExportWindow> windows(LocalDate plannedUntil, int overlapDays, LocalDate today) {
        if (plannedUntil == null) {
            Days all = new Days(startDate, isEndless() ? today.minusDays(1) : endDate);
            return all.cut(type).stream().map(each -> new ExportWindow(type, each)).toList();
        }
        if (!isEndless() || !plannedUntil.plusDays(1).isBefore(today)) {
            return List.of();
        }
        LocalDate first = plannedUntil.plusDays(1).minusDays(overlapDays);
        Days more = new Days(first.isBefore(startDate) ? startDate : first, today.minusDays(1));
        return more.cut(ExportType.DELTA).stream().map(each -> new ExportWindow(ExportType.DELTA, each)).toList();
    }
}
