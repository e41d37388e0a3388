// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the records of a cell under one kind of fault. */
final class CellResult {

    final MatrixCell cell;
    final MatrixFault fault;
    /** Numbers of records. */
    int in;
    int delivered;
    int rejected;
    int held;
    int lost;
    /** Records that were carried out again, where a request may be. */
    int duplicates;
    int onceOnlyDuplicates;
    /** The maximum number of records that may be carried out again, because they were in flight at a fault. */
    int inFlight;
    private final Map<String, List<String>> broken = new TreeMap<>();

    CellResult(MatrixCell cell, MatrixFault fault) {
        this.cell = cell;
        this.fault = fault;
    }

    void broken(String promise, String seen) {
        broken.computeIfAbsent(promise, any -> new ArrayList<>()).add(seen);
    }

    boolean passed() {
        return broken.isEmpty();
    }

    /** By broken promise, each case that was seen; empty if the cell passed. */
    Map<String, List<String>> broken() {
        return broken;
    }
}
