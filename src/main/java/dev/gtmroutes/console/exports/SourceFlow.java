// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.exports;

import dev.gtmroutes.console.state.VendorMark;

/**
 * The flow of an export or a read.
 *
 * @param id        of it
 * @param isHere    whether it exists; otherwise it was deleted, or another program works on the same state
 * @param isRunning whether it reads here and now
 * @param mark      of the vendor that the records come from
 * @param title     what is read, such as {@code Export activities}
 * @param to        where the records go, such as {@code Customerly, Create user}; empty if that is not known
 * @param unchanged records that were not sent again since the program's start
 */
public record SourceFlow(String id, boolean isHere, boolean isRunning, VendorMark mark, String title, String to,
        long unchanged) {
}
