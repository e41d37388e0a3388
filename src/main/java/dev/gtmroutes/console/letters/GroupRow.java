// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import dev.gtmroutes.deadletter.index.ReasonGroup;
import dev.gtmroutes.delivery.outcome.DeadLetterState;

/**
 * A reason as a line of the page.
 *
 * @param vendor title of the vendor that responded; empty if the records were not sent
 * @param href   the address at which its letters are shown
 */
public record GroupRow(ReasonGroup group, String vendor, String href) {

    private static final int HEIGHT = 24;
    private static final int STEP = 7;
    private static final int MOST_FLOWS = 3;

    /** A bar of the picture of its days, in pixels. */
    public record Bar(int x, int y, int height, boolean isZero) {
    }

    public String key() {
        return group.key();
    }

    public long count() {
        return group.count();
    }

    /** The reason, as a sentence begins. */
    public String text() {
        return sentence(group.text());
    }

    static String sentence(String text) {
        int space = text.indexOf(' ');
        boolean isName = text.isEmpty() || !text.substring(0, space < 0 ? text.length() : space).matches("[a-z]+");
        return isName ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    public boolean isHeld() {
        return group.state() == DeadLetterState.HELD;
    }

    /** Whether it is the rest, of which a bulk action cannot choose the letters. */
    public boolean isOther() {
        return ReasonGroup.isOther(group.key());
    }

    public Instant newest() {
        return group.newest();
    }

    /** Such as {@code dialer-calls, 2 other flows}. */
    public String flows() {
        int more = group.flows().size() - MOST_FLOWS;
        String names = group.flows().stream().limit(MOST_FLOWS).collect(Collectors.joining(", "));
        return more <= 0 ? names : names + ", " + more + (more == 1 ? " other flow" : " other flows");
    }

    /** Where it was decided, such as {@code rejected by People.ai (422)}. */
    public String decided() {
        return decided(group.state(), group.status(), vendor);
    }

    static String decided(DeadLetterState state, int status, String vendor) {
        String who = vendor.isEmpty() ? "the API" : vendor;
        return state == DeadLetterState.HELD ? who + " may have processed the records"
                + (status > 0 ? " (" + status + ")" : "")
                : status > 0 ? "rejected by " + who + " (" + status + ")" : "not sent";
    }

    /** A bar for each day, newest at the right. */
    public List<Bar> bars() {
        long most = group.days().stream().mapToLong(Long::longValue).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < group.days().size(); i++) {
            long count = group.days().get(i);
            int height = count == 0 ? 1 : (int) Math.max(2, count * (HEIGHT - 2) / most);
            bars.add(new Bar(i * STEP, HEIGHT - height, height, count == 0));
        }
        return bars;
    }

    /** The bars in words. */
    public String trend() {
        return "Records in " + ReasonGroup.DAYS + " days, newest last: " + group.days().stream().map(String::valueOf)
                .collect(Collectors.joining(", "));
    }
}
