// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.util.List;

import dev.gtmroutes.history.Slice;

/**
 * The records that a flow delivered in each hour of a day, as a line 92 wide and 24 high with the area below it.
 *
 * @param path  of the line, as SVG has it; its ends and what closes it lie outside
 * @param total records in all hours together
 */
public record Sparkline(String path, long total) {

    private static final int STEP = 4;
    private static final int BOTTOM = 22;
    private static final int HEIGHT = 19;

    static Sparkline of(List<Slice> hours) {
        long total = hours.stream().mapToLong(Slice::delivered).sum();
        long most = Math.max(1, hours.stream().mapToLong(Slice::delivered).max().orElse(0));
        StringBuilder path = new StringBuilder();
        int level = -1;
        int flat = 2;
        for (Slice each : hours) {
            int next = (int) (BOTTOM - HEIGHT * each.delivered() / most);
            if (level < 0) {
                path.append("M-2 26V").append(next);
            } else if (next == level) {
                flat += STEP;
            } else {
                path.append(flat == 0 ? "" : "h" + flat).append('l').append(STEP).append(next > level ? "," : "")
                        .append(next - level);
                flat = 0;
            }
            level = next;
        }
        path.append('h').append(flat + 2).append("V26z");
        return new Sparkline(total == 0 ? "" : path.toString(), total);
    }

    public boolean isIdle() {
        return total == 0;
    }
}
