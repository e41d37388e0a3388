// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.versions;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

/** Which windows of browsers have the form of a flow open. Each says so every 10 seconds; nothing is kept on the disk. */
@Singleton
public class Presence {

    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final int MOST = 1000;

    private final Map<String, Window> windows = new HashMap<>();

    /**
     * A window of a browser.
     *
     * @param flow    whose form is open in it
     * @param account of the person
     * @param since   when the form was opened
     * @param last    when the window was heard of last
     */
    public record Window(String flow, String account, Instant since, Instant last) {
    }

    /** @return the others that have this form open, the first ones first. @param window a name that nobody else has */
    public synchronized List<Window> isOpen(String flow, String window, String account, Instant now) {
        windows.values().removeIf(each -> each.last.plus(PATIENCE).isBefore(now));
        Window before = windows.get(window);
        boolean isSame = before != null && before.flow.equals(flow) && before.account.equals(account);
        if (isSame || windows.size() < MOST) {
            windows.put(window, new Window(flow, account, isSame ? before.since : now, now));
        }
        return windows.entrySet().stream().filter(each -> !each.getKey().equals(window)).map(Map.Entry::getValue)
                .filter(each -> each.flow.equals(flow)).sorted(Comparator.comparing(Window::since)).toList();
    }

    /** The form is not open any more. Only who opened it can say so. */
    public synchronized void isClosed(String window, String account) {
        windows.computeIfPresent(window, (name, each) -> each.account.equals(account) ? null : each);
    }
}
