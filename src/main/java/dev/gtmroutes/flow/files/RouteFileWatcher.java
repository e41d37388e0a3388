// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.function.Consumer;

import dev.gtmroutes.thread.VitalThread;
import org.jboss.logging.Logger;

/**
 * Notices what changes under {@code routes/}. It looks ten times a second: what a file system tells by itself misses a
 * ConfigMap that is exchanged, and files on a network. A change counts once two looks in a row have seen the same, so
 * that a file is not read while it is being written, and a burst of edits settles on the last.
 */
public final class RouteFileWatcher {

    private static final Logger LOG = Logger.getLogger(RouteFileWatcher.class);
    private static final long MILLIS = 100;

    private final Path routes;
    private final Consumer<RouteFiles> changed;
    private RouteFiles settled = RouteFiles.EMPTY;
    private SortedMap<Path, RouteFiles.Print> settledLook;
    private SortedMap<Path, RouteFiles.Print> lastLook;
    private String trouble = "";
    private volatile VitalThread thread;

    /** @param changed is told the files when they are other ones, or hold something else */
    public RouteFileWatcher(Path routes, Consumer<RouteFiles> changed) {
        this.routes = routes;
        this.changed = changed;
    }

    /** Reads what is there now, and looks for changes of it from now on. Without the directory there is nothing yet. */
    public RouteFiles start() {
        try {
            settledLook = RouteFiles.look(routes);
            settled = RouteFiles.read(routes, settledLook, settled);
        } catch (IOException e) {
            told(e);
            settledLook = null;
        }
        return settled;
    }

    /** Begins to look. */
    public void watch() {
        thread = VitalThread.start("gtm-routes", this::run);
    }

    public void stop() {
        VitalThread looking = thread;
        thread = null;
        if (looking != null) {
            looking.interrupt();
        }
    }

    private void run() throws InterruptedException {
        Thread.sleep(MILLIS);
        try {
            look();
            trouble = "";
        } catch (IOException e) {
            lastLook = null;
            told(e);
        } catch (RuntimeException e) {
            LOG.errorf("Changes in %s cannot be loaded: %s", routes, e);
        }
    }

    /** Does something while nobody looks: what it changes is noticed as a whole, behind it. */
    public synchronized <E extends Exception> void hold(Change<E> change) throws E {
        lastLook = null;
        change.make();
    }

    /** Changes files under {@code routes/}, and what goes with them. */
    public interface Change<E extends Exception> {
        void make() throws E;
    }

    private synchronized void look() throws IOException {
        SortedMap<Path, RouteFiles.Print> look = RouteFiles.look(routes);
        boolean steady = look.equals(lastLook);
        lastLook = look;
        if (!steady || look.equals(settledLook)) {
            return;
        }
        RouteFiles tree = RouteFiles.read(routes, look, settled);
        if (!RouteFiles.look(routes).equals(look)) {
            return;
        }
        settledLook = look;
        if (!tree.isSameAs(settled)) {
            settled = tree;
            changed.accept(tree);
        }
    }

    /** A file that is being replaced is not there for a moment; what lasts is told, once. */
    private void told(IOException e) {
        String now = e.toString();
        if (!now.equals(trouble)) {
            LOG.debugf("Cannot list %s: %s", routes, now);
        }
        trouble = now;
    }
}
