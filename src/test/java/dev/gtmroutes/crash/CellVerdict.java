// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what was given to the flow of a cell with what its destination saw and its dead letters hold, record by record.
 *
 * <p>A cell passes if no record is lost, none is carried out twice where a request must be sent once, exactly those are
 * rejected that the destination refuses, and no more come again after a fault than were in flight. Without a fault none
 * does.
 */
final class CellVerdict {

    /**
     * A response written so shortly before a fault may not have reached the program: its request is still in flight for the
     * program, though not for the destination.
     */
    static final long ON_ITS_WAY = 1_000_000_000L;

    private final List<MatrixFault.Happened> faults;
    private final List<Arrived<String>> arrived;
    private final Map<String, List<Arrived<String>>> carriedOut = new LinkedHashMap<>();
    private final CellResult result;
    private final MatrixCell cell;

    /**
     * @param faults  in the order in which they happened
     * @param arrived requests of this cell's flow, or its files
     */
    CellVerdict(MatrixCell cell, MatrixFault fault, List<MatrixFault.Happened> faults, List<Arrived<String>> arrived) {
        this.cell = cell;
        this.faults = faults;
        this.arrived = arrived;
        this.result = new CellResult(cell, fault);
        arrived.stream().filter(request -> request.carriedOut > 0)
                .sorted(Comparator.comparingLong(request -> request.carriedOut)).forEach(request -> request.ids
                        .forEach(id -> carriedOut.computeIfAbsent(id, any -> new ArrayList<>()).add(request)));
    }

    /**
     * @param given   records that the source has: acknowledged, or the sandbox's
     * @param letters the dead letters of this cell's flow
     * @param wrong   requests that should not have been sent, each with the reason
     */
    CellResult of(List<String> given, DeadLetterFiles<String> letters, List<String> wrong) {
        given.forEach(id -> outcome(id, letters));
        repeated();
        if (cell.destination().isOnceOnly() && !faults.isEmpty() && result.held > result.inFlight) {
            result.broken("more records were held than were in flight", result.held + ", where " + result.inFlight
                    + " were in flight");
        }
        Set<String> own = new HashSet<>(cell.ids());
        carriedOut.keySet().stream().filter(id -> !own.contains(id))
                .forEach(id -> result.broken("records of another flow, or of none, were sent", id));
        wrong.forEach(request -> result.broken("wrong requests were sent", request));
        return result;
    }

    private void outcome(String id, DeadLetterFiles<String> letters) {
        boolean there = carriedOut.containsKey(id);
        result.in++;
        if (letters.isHeld(id)) {
            held(id);
        } else if (there) {
            result.delivered++;
        } else if (letters.isRejected(id)) {
            result.rejected++;
        } else {
            result.lost++;
            result.broken("records were lost", id + (cell.refuses(id)
                    ? " was refused, and is in no dead letter" : " was not carried out, and is in no dead letter"));
        }
        if (letters.isRejected(id) && (there || !cell.refuses(id))) {
            result.broken("records were rejected that were " + (there ? "carried out" : "never refused"), id);
        }
    }

    private void held(String id) {
        result.held++;
        if (!cell.destination().isOnceOnly()) {
            result.broken("records were held, though they may be sent again", id);
        } else if (faults.isEmpty()) {
            result.broken("records were held, though each request was answered", id);
        }
    }

    private void repeated() {
        Map<MatrixFault.Happened, Set<String>> again = new HashMap<>();
        carriedOut.forEach((id, times) -> {
            for (int i = 1; i < times.size(); i++) {
                repeated(id, times.get(i - 1), times.get(i), again);
            }
        });
        for (MatrixFault.Happened fault : faults) {
            int most = mostAgain(fault);
            Set<String> records = again.getOrDefault(fault, Set.of());
            result.inFlight += most;
            if (records.size() > most) {
                result.broken("more records were carried out again than were in flight", records.size()
                        + " after the fault number " + (faults.indexOf(fault) + 1) + ", where " + most
                        + " were in flight; one is " + records.iterator().next());
            }
        }
    }

    private void repeated(String id, Arrived<String> before, Arrived<String> after,
            Map<MatrixFault.Happened, Set<String>> again) {
        if (cell.destination().isOnceOnly()) {
            result.onceOnlyDuplicates++;
            result.broken("records were carried out twice that must be sent once only", id + moment(before));
            return;
        }
        result.duplicates++;
        MatrixFault.Happened cause = faults.stream().filter(fault -> fault.end() >= before.begun).findFirst().orElse(null);
        if (cause == null || after.begun < cause.start()) {
            result.broken("records were carried out twice without a fault", id + moment(before));
        } else {
            again.computeIfAbsent(cause, any -> new HashSet<>()).add(id);
        }
    }

    private static String moment(Arrived<String> before) {
        return before.answered > 0 ? ", the first time with a response" : ", the first time without a response";
    }

    /** The maximum number of records that a fault may bring again. */
    private int mostAgain(MatrixFault.Happened fault) {
        MatrixSource source = cell.source();
        return switch (fault.fault()) {
            case NONE, EDIT, SIGTERM -> 0;
            case KILL9 -> Math.max(inFlight(fault), source.inWork());
            case RESTART -> inFlight(fault) + source.inWork();
        };
    }

    private int inFlight(MatrixFault.Happened fault) {
        int records = arrived.stream().filter(request -> request.begun <= fault.end()
                && (request.answered == 0 || request.answered > fault.start() - ON_ITS_WAY))
                .mapToInt(request -> request.ids.size()).sum();
        // A vendor that ends takes a moment: a request that it cut off may be followed by another one that it cuts off, too.
        return fault.fault() == MatrixFault.RESTART ? records : Math.min(records, cell.destination().mostInFlight());
    }
}
