// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.util.List;

/**
 * What a replay came to.
 *
 * @param records how many records were handed to the flow
 * @param held    how many of them were held, and may arrive twice
 * @param leftOut how many others are held and were left out for that
 * @param files   in which they were handed over; their names tell what came of them
 */
public record Replayed(long records, long held, long leftOut, List<String> files) {

    public Replayed {
        files = List.copyOf(files);
    }
}
