// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.export.fragment.Fragment;

/** All that an export remembers: what was ordered, and its windows. Not safe for use by many threads. */
final class ExportState {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** So many windows that are over stay in the document, for a person to look at. */
    private static final int MOST_DELIVERED = 100;

    private final ExportOrder order;
    private final Instant begun;
    private final List<ExportWindow> windows = new ArrayList<>();
    /** The last day up to which windows were planned; null if there are none. */
    private LocalDate plannedUntil;
    private LocalDate watermark;

    ExportState(ExportOrder order, Instant begun) {
        this.order = order;
        this.begun = begun;
    }

    ExportOrder order() {
        return order;
    }

    /** When it was ordered. */
    Instant begun() {
        return begun;
    }

    /** In the order of their days; the oldest that are over may be left out. */
    List<ExportWindow> windows() {
        return windows;
    }

    /** The last day up to which all windows were delivered; null if there is none. */
    LocalDate watermark() {
        return watermark;
    }

    /** Adds the windows that are due by now. @return the new ones */
    List<ExportWindow> plan(int overlapDays, LocalDate today) {
        List<ExportWindow> more = order.windows(plannedUntil, overlapDays, today);
        if (!more.isEmpty()) {
            windows.addAll(more);
            plannedUntil = more.get(more.size() - 1).days().last();
        }
        return more;
    }

    /** Moves the watermark over all that was delivered. @return whether it moved */
    boolean advance() {
        LocalDate before = watermark;
        int delivered = 0;
        while (delivered < windows.size() && windows.get(delivered).state() == ExportWindow.State.DELIVERED) {
            watermark = windows.get(delivered).days().last();
            delivered++;
        }
        if (delivered > MOST_DELIVERED) {
            windows.subList(0, delivered - MOST_DELIVERED).clear();
        }
        return watermark != null && !watermark.equals(before);
    }

    /** Fragments that have to be fetched, in the order of their days. */
    List<Fragment> fragments() {
        List<Fragment> left = new ArrayList<>();
        for (ExportWindow each : windows) {
            if (isFetched(each)) {
                left.addAll(each.data().left(first(each)));
            }
        }
        return left;
    }

    /** Fragments whose tasks were handed over, and of which nothing is reported so far. */
    List<Fragment> reportsToCome() {
        return windows.stream().filter(ExportState::isFetched)
                .flatMap(each -> each.data().reportsToCome(first(each)).stream())
                .toList();
    }

    private static boolean isFetched(ExportWindow window) {
        return window.state() == ExportWindow.State.DOWNLOADING || window.state() == ExportWindow.State.CHECKING;
    }

    private Fragment first(ExportWindow window) {
        return new Fragment(window.name(), window.type(), window.days(), order.activityType(), window.job(), 0, false, 0);
    }

    /**
     * Jobs that were started before this do not have all the data of the window: what is processed from the day of the order
     * on comes with the deltas, so a snapshot must not be older.
     */
    Instant earliestJob(ExportWindow window) {
        return window.type() == ExportType.SNAPSHOT && order.isEndless()
                ? LocalDate.ofInstant(begun, ZoneOffset.UTC).atStartOfDay(ZoneOffset.UTC).toInstant() : Instant.EPOCH;
    }

    /** Names of the windows, but this one, that have a day in common with it. */
    List<String> overlapping(ExportWindow window) {
        return windows.stream().filter(each -> each != window && each.days().overlap(window.days()))
                .map(ExportWindow::name).toList();
    }

    /** The window before this one with a day in common that has to be behind the sink first, if there is one. */
    Optional<ExportWindow> waitsFor(ExportWindow window) {
        return windows.stream().takeWhile(each -> each != window).filter(each -> isFetched(each)
                && each.days().overlap(window.days()) && !each.data().left(first(each)).isEmpty()).findFirst();
    }

    /** Names of the windows that have a day in common with another one, planned by now or next. */
    Set<String> overlapped(int overlapDays) {
        return windows.stream().filter(each -> !overlapping(each).isEmpty()
                || order.isEndless() && each.days().last().isAfter(plannedUntil.minusDays(overlapDays)))
                .map(ExportWindow::name).collect(Collectors.toSet());
    }

    /** @throws IllegalArgumentException if these are not the bytes of a state */
    static ExportState of(byte[] json) {
        try {
            JsonNode all = JSON.readTree(json);
            JsonNode order = all.path("order");
            ExportState state = new ExportState(ExportOrder.of(order.path("startDate").asText(""),
                    order.path("endDate").asText(""), order.path("exportType").asText(),
                    order.path("activityType").asText()), Instant.parse(all.path("begun").asText()));
            state.plannedUntil = day(all.path("plannedUntil"));
            state.watermark = day(all.path("watermark"));
            all.path("windows").forEach(each -> state.windows.add(WindowNote.read(each)));
            return state;
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("its content was not written by this program", e);
        }
    }

    byte[] json(String flow, Instant now) {
        ObjectNode all = JSON.createObjectNode().put("flow", flow);
        all.putObject("order").put("startDate", order.startDate().toString())
                .put("endDate", order.isEndless() ? "" : order.endDate().toString())
                .put("exportType", order.type().toString()).put("activityType", order.activityType());
        all.put("begun", begun.toString()).put("written", now.toString())
                .put("plannedUntil", plannedUntil == null ? null : plannedUntil.toString())
                .put("watermark", watermark == null ? null : watermark.toString());
        ArrayNode list = all.putArray("windows");
        for (ExportWindow each : windows) {
            WindowNote.write(each, list.addObject());
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can always be written", e);
        }
    }

    private static LocalDate day(JsonNode text) {
        return text.isTextual() ? LocalDate.parse(text.asText()) : null;
    }
}
