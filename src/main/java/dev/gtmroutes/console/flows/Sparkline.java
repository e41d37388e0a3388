// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

import dev.gtmroutes.history.Slice;

/**
 * The records that a flow delivered in each hour of a day, as a line 96 wide and 24 high.
 *
 * @param points of the line, as SVG has them
 * @param total  records in all hours together
 */
public record Sparkline(String points, long total) {

    private static final double WIDTH = 96;
    private static final double BOTTOM = 22;
    private static final double TOP = 3;

    static Sparkline of(List<Slice> hours) {
        long most = Math.max(1, hours.stream().mapToLong(Slice::delivered).max().orElse(0));
        StringJoiner points = new StringJoiner(" ");
        for (int i = 0; i < hours.size(); i++) {
            points.add(String.format(Locale.ROOT, "%.1f,%.1f", hours.size() == 1 ? 0 : WIDTH * i / (hours.size() - 1),
                    BOTTOM - (BOTTOM - TOP) * hours.get(i).delivered() / most));
        }
        return new Sparkline(points.toString(), hours.stream().mapToLong(Slice::delivered).sum());
    }

    public boolean isIdle() {
        return total == 0;
    }
}
