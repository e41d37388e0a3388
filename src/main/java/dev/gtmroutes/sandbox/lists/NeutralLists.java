// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.sandbox.server.Arrival;
import dev.gtmroutes.sandbox.server.Handler;
import dev.gtmroutes.sandbox.server.SandboxResponse;

/** Plays lists of no vendor in particular, one for each way in which a page says where the next one is. */
public final class NeutralLists implements Handler {

    private static final int REFUSED = 422;
    private static final long DEFAULT_SIZE = 100;
    private static final long LARGEST = 1000;
    /** Which page it is for, and the last id of the page before. */
    private static final Pattern CURSOR = Pattern.compile("p(\\d{1,9})-(\\d{1,18})");

    private final SimulatedLists lists;

    public NeutralLists(SimulatedLists lists) {
        this.lists = lists;
    }

    @Override
    public SandboxResponse answer(Arrival arrival) {
        SimulatedList list = lists.list(arrival.match().endpointName());
        ListParameters parameters = new ListParameters(arrival.request().uri(), REFUSED);
        return switch (list.name()) {
            case "lists-offset" -> OffsetLists.answer(list, parameters, DEFAULT_SIZE, LARGEST);
            case "lists-page", "lists-changed" -> page(list, parameters);
            case "lists-cursor" -> cursor(list, parameters, null);
            case "lists-link" -> cursor(list, parameters, arrival);
            default -> id(list, parameters);
        };
    }

    private static SandboxResponse page(SimulatedList list, ListParameters parameters) {
        ListSelection selection = list.selection().read(parameters, "sort_by", "sort_direction");
        since(selection, parameters);
        list.faults().begin();
        long asked = parameters.number("page", 1, 1, Integer.MAX_VALUE);
        long page = list.faults().ignoresPage() ? 1 : asked;
        long perPage = parameters.number("per_page", DEFAULT_SIZE, 1, LARGEST);
        return list.send(selection, rows -> {
            long size = list.faults().size(perPage);
            List<SimulatedRecord> records = list.faults().page(rows.from((page - 1) * size, size), page == 1);
            return PagedBody.of(list, records, "{\"data\":[", "],\"meta\":{\"page\":%d,\"per_page\":%d%s}}".formatted(
                    page, list.faults().told(perPage), OffsetLists.total(list, rows)));
        });
    }

    private static void since(ListSelection selection, ListParameters parameters) {
        if (parameters.has("updated_since")) {
            selection.bound("updated_at", "gte", parameters.time("updated_since"));
        }
        if (parameters.has("updated_until")) {
            selection.bound("updated_at", "lte", parameters.time("updated_until"));
        }
    }

    /** A cursor stands behind an id, so that it stays right whatever becomes of the list. In a link it is a part of it. */
    private static SandboxResponse cursor(SimulatedList list, ListParameters parameters, Arrival linked) {
        ListSelection selection = list.selection().read(parameters, "sort_by", "sort_direction");
        list.faults().begin();
        long page = 1;
        long after = 0;
        if (parameters.has("cursor")) {
            Matcher cursor = CURSOR.matcher(parameters.text("cursor"));
            if (!cursor.matches()) {
                throw parameters.refused("cursor", "must be the cursor of a page");
            }
            page = Long.parseLong(cursor.group(1));
            after = list.faults().ignoresPage() ? 0 : Long.parseLong(cursor.group(2));
            list.faults().cursor(page);
        }
        CursorPage asked = new CursorPage(page, after, parameters.number("limit", DEFAULT_SIZE, 1, LARGEST));
        return list.send(selection.behind(after), rows -> linked == null ? asked.withCursor(list, rows)
                : asked.withLink(list, rows, linked));
    }

    private static SandboxResponse id(SimulatedList list, ListParameters parameters) {
        ListSelection selection = list.selection().read(parameters, "sort_by", "sort_direction");
        list.faults().begin();
        long after = parameters.number("id[gt]", 0, 0, Long.MAX_VALUE);
        if (!list.faults().ignoresPage()) {
            selection.behind(after);
        }
        long limit = parameters.number("limit", DEFAULT_SIZE, 1, LARGEST);
        return list.send(selection, rows -> PagedBody.of(list,
                list.faults().page(rows.from(0, list.faults().size(limit)), after == 0), "{\"data\":[", "]}"));
    }
}
