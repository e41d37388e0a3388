// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

/** Learns which dead letters something could not be done with. */
@FunctionalInterface
public interface Refusals {

    /** @param why and what to do, as the end of a sentence */
    void refused(LetterId letter, String why);

    /** Learns that one more chosen letter was found, refused or not. */
    default void found() {
    }
}
