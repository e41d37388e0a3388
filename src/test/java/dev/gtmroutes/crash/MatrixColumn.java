// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.util.List;

/**
 * The results of all cells under one kind of fault.
 *
 * @param results   one of each cell, in the same order in all columns
 * @param strangers requests that named no flow, or had no credential
 */
record MatrixColumn(MatrixFault fault, List<CellResult> results, List<String> strangers) {

    boolean passed() {
        return strangers.isEmpty() && results.stream().allMatch(CellResult::passed);
    }
}
