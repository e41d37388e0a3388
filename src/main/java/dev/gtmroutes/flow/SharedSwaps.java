// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.flow.files.LoadProblem;
import dev.gtmroutes.flow.files.RouteFiles;
import dev.gtmroutes.thread.OutOfMemory;
import org.jboss.logging.Logger;

/**
 * Has the routes that flows share made anew where the text of their Kamelet is another one than they were made of, or
 * where they were lost: one after the other, and each by the newest text when its turn comes.
 */
final class SharedSwaps {

    private static final Logger LOG = Logger.getLogger(SharedSwaps.class);

    /** What to do about a text that no routes can be made of; those of the text before it are in use. */
    interface Refusal {

        /** @param problem file, line where it is known, and cause: one line */
        void refused(String name, String text, String before, String problem);
    }

    private final SharedRoutes routes;
    private final Secrets secrets;
    private final Refusal refusal;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(FlowReloader::thread);
    /** What the routes are made of, by the name of the Kamelet. */
    private final Map<String, String> made = new ConcurrentHashMap<>();
    /** Why there are no routes of a Kamelet any more. */
    private final Map<String, String> lost = new ConcurrentHashMap<>();
    private volatile Map<String, String> wanted = Map.of();
    private volatile RouteFiles tree = RouteFiles.EMPTY;

    SharedSwaps(SharedRoutes routes, Secrets secrets, Refusal refusal) {
        this.routes = routes;
        this.secrets = secrets;
        this.refusal = refusal;
    }

    /**
     * Notes what the routes should be made of. Those of Kamelets that are new to it are taken to be made of that.
     *
     * @param tree  the files as they are now
     * @param texts by the name of the Kamelet
     */
    void want(RouteFiles tree, Map<String, String> texts) {
        this.tree = tree;
        wanted = texts;
        texts.forEach(made::putIfAbsent);
    }

    /** Begins to make what is not as it should be. Returns at once. */
    void settle() {
        wanted.keySet().stream().filter(this::isDue).forEach(name -> thread.execute(() -> contained(name)));
    }

    /** An older text must not come last. */
    private boolean isDue(String name) {
        String text = wanted.get(name);
        return text != null && (!text.equals(made.get(name)) || routes.areLost(name));
    }

    private void contained(String name) {
        try {
            exchange(name);
        } catch (RuntimeException | Error e) {
            OutOfMemory.check(e);
            LOG.errorf("A Kamelet cannot be exchanged: %s", e);
        }
    }

    private void exchange(String name) {
        if (!isDue(name)) {
            return;
        }
        String from = made.get(name);
        String to = wanted.get(name);
        try {
            routes.exchange(name, from, to);
            made.put(name, to);
        } catch (Exception e) {
            String problem = new LoadProblem(tree.kamelet(name), secrets).explain(e);
            if (routes.areLost(name)) {
                lose(name, problem);
                return;
            }
            if (!to.equals(from)) {
                refusal.refused(name, to, from, problem);
            }
        }
        if (lost.remove(name) != null) {
            LOG.infof("Kamelet %s: works again", name);
        }
    }

    private void lose(String name, String why) {
        String problem = why + ". Its previous version cannot be used either: flows that call " + name
                + " deliver no records until the file is corrected. The program tries again after each edit";
        if (!problem.equals(lost.put(name, problem))) {
            LOG.errorf("Kamelet lost: %s", problem);
        }
    }

    /** Why routes are missing, a line each by the name of their Kamelet. */
    Map<String, String> lost() {
        Map<String, String> now = new TreeMap<>(lost);
        now.keySet().removeIf(each -> !routes.areLost(each));
        return now;
    }

    void stop() {
        thread.shutdown();
    }
}
