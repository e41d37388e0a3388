// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

import dev.gtmroutes.delivery.status.LastHour.Minute;

/**
 * A bar for each minute: what went well, and on top of it what did not. It is 600 wide and 100 high.
 *
 * @param most the highest number of a minute, which is 100 high; 0 if there is nothing to be seen
 * @param bars those that can be seen
 */
public record Chart(long most, long well, long bad, List<Bar> bars) {

    private static final int MINUTE_WIDTH = 10;
    private static final int HEIGHT = 100;

    /** One minute; from above, that is from 0, to where they stand. */
    public record Bar(int x, int wellTop, int wellHeight, int badTop, int badHeight) {
    }

    static Chart of(List<Minute> minutes, ToLongFunction<Minute> well, ToLongFunction<Minute> bad) {
        long most = minutes.stream().mapToLong(each -> well.applyAsLong(each) + bad.applyAsLong(each)).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < minutes.size(); i++) {
            int wellHeight = height(well.applyAsLong(minutes.get(i)), most);
            int badHeight = height(bad.applyAsLong(minutes.get(i)), most);
            if (wellHeight + badHeight > 0) {
                // What is too little to be seen is shown all the same, and may push the other one down.
                int wellTop = Math.max(HEIGHT - wellHeight, badHeight);
                bars.add(new Bar(i * MINUTE_WIDTH, wellTop, HEIGHT - wellTop, wellTop - badHeight, badHeight));
            }
        }
        return new Chart(most, minutes.stream().mapToLong(well).sum(), minutes.stream().mapToLong(bad).sum(), bars);
    }

    private static int height(long number, long most) {
        return number <= 0 ? 0 : (int) Math.max(2, number * HEIGHT / most);
    }
}
