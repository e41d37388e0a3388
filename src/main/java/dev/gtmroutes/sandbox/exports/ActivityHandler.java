// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.gtmroutes.sandbox.checks.RequestRefusedException;
import dev.gtmroutes.sandbox.server.ArrayBody;
import dev.gtmroutes.sandbox.server.Arrival;
import dev.gtmroutes.sandbox.server.Handler;
import dev.gtmroutes.sandbox.server.SandboxResponse;
import dev.gtmroutes.sandbox.server.Streamed;
import dev.gtmroutes.sandbox.server.UrlEncoded;

/** Plays People.ai's paged reads of activities and their participants. What it does not know in a query it ignores. */
public final class ActivityHandler implements Handler {

    private static final int DEFAULT_LIMIT = 1000;
    private static final int MOST = 100_000;
    private static final int DEFAULT_DAYS = 30;

    private final Activities activities;
    private final SandboxClock clock;
    private final PageFaults faults;

    public ActivityHandler(Activities activities, SandboxClock clock, PageFaults faults) {
        this.faults = faults;
        this.activities = activities;
        this.clock = clock;
    }

    @Override
    public SandboxResponse answer(Arrival arrival) {
        String path = arrival.request().path();
        Query query = new Query(UrlEncoded.query(arrival.request().uri()));
        String last = path.substring(path.lastIndexOf('/') + 1);
        PageFaults.Next way = faults.next();
        int offset = faults.offset(way == PageFaults.Next.CURSOR ? query.cursor()
                : query.number("offset", 0, 0, Integer.MAX_VALUE));
        int limit = faults.limit(query.number("limit", DEFAULT_LIMIT, 1, MOST), offset);
        boolean participants = last.equals("participants");
        long total = records(query, last, participants).count();
        Iterator<String> data = records(query, last, participants).skip(offset).limit(limit)
                .map(Supplier::get).iterator();
        String next = next(way, arrival.request().uri(), offset + limit, total);
        SandboxResponse page = SandboxResponse.streamed("application/json", Streamed.whole(new ArrayBody("{\"data\":[", data,
                "],\"meta\":{\"limit\":%d,\"offset\":%d".formatted(limit, offset)
                        + (faults.isWithoutTotal() ? "" : ",\"total\":" + total)
                        + (next == null || way == PageFaults.Next.HEADER ? "" : way == PageFaults.Next.CURSOR
                                ? ",\"next_cursor\":\"" + next + "\"" : ",\"next\":\"" + next + "\"")
                        + "}}")));
        return next != null && way == PageFaults.Next.HEADER ? page.with("Link", "<" + next + ">; rel=\"next\"") : page;
    }

    /** What a page says of the next one; null if it says nothing, or there is none. */
    private static String next(PageFaults.Next way, String uri, int behind, long total) {
        if (way == PageFaults.Next.NONE || behind >= total) {
            return null;
        }
        return way == PageFaults.Next.CURSOR ? "c+" + behind
                : uri.replaceAll("[?&]offset=\\d+", "").replaceFirst("(?<=[a-z])&", "?") + "&offset=" + behind;
    }

    /** The records that a query finds; none is made before it is asked for. */
    private Stream<Supplier<String>> records(Query query, String type, boolean participants) {
        int length = activities.recordBytes();
        Stream<Activity> found = query.select(activities, clock.today());
        if (participants) {
            return found.flatMap(each -> IntStream.range(0, each.participants())
                    .mapToObj(index -> () -> each.participant(index)));
        }
        return found.filter(each -> type.equals("activities") || type.equals(each.type()))
                .map(each -> () -> each.json(length));
    }

    /** The parameters of one read. */
    private record Query(Map<String, List<String>> parameters) {

        Stream<Activity> select(Activities activities, LocalDate today) {
            LocalDate from = date("from", null);
            LocalDate to = date("to", null);
            LocalDate ingestedFrom = date("ingested-from", LocalDate.MIN);
            LocalDate ingestedTo = date("ingested-to", LocalDate.MAX);
            boolean ranged = Stream.of("from", "to", "ingested-from", "ingested-to").anyMatch(parameters::containsKey);
            if (parameters.containsKey("last-n-days") || !ranged) {
                from = today.minusDays(number("last-n-days", DEFAULT_DAYS, 1, 10_000));
            }
            return activities.known(from == null ? Activities.FIRST_DAY : from, to == null ? today : to)
                    .filter(each -> !each.ingestedDay().isBefore(ingestedFrom) && !each.ingestedDay().isAfter(ingestedTo));
        }

        /** Where a cursor points; only one of this sandbox is one. */
        private int cursor() {
            if (!parameters.containsKey("cursor")) {
                return 0;
            }
            if (!text("cursor").matches("c\\+\\d{1,9}")) {
                throw new RequestRefusedException(400, "cursor", "the query parameter 'cursor' is not a cursor");
            }
            return Integer.parseInt(text("cursor").substring(2));
        }

        private LocalDate date(String name, LocalDate otherwise) {
            try {
                return parameters.containsKey(name) ? LocalDate.parse(text(name)) : otherwise;
            } catch (DateTimeException e) {
                throw new RequestRefusedException(400, name,
                        "the query parameter '" + name + "' must be a date: yyyy-MM-dd");
            }
        }

        private int number(String name, int otherwise, int least, int most) {
            if (!parameters.containsKey(name)) {
                return otherwise;
            }
            long number = text(name).matches("\\d{1,10}") ? Long.parseLong(text(name)) : -1;
            if (number < least || number > most) {
                throw new RequestRefusedException(400, name,
                        "the query parameter '" + name + "' must be a whole number from " + least + " to " + most);
            }
            return (int) number;
        }

        private String text(String name) {
            return parameters.get(name).get(0);
        }
    }
}
