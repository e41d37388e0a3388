// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.thread;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Something that others depend on while it runs, and of which the health of the program says when it has ended. */
public final class VitalTask {

    private static final Set<VitalTask> RUNNING = ConcurrentHashMap.newKeySet();

    private final String name;
    private final BooleanSupplier isRunning;

    private VitalTask(String name, BooleanSupplier isRunning) {
        this.name = name;
        this.isRunning = isRunning;
    }

    /**
     * Begins to watch it.
     *
     * @param isRunning false once it has ended, for whatever reason
     */
    public static VitalTask watch(String name, BooleanSupplier isRunning) {
        VitalTask watched = new VitalTask(name, isRunning);
        RUNNING.add(watched);
        return watched;
    }

    /** It may end from now on. */
    public void release() {
        RUNNING.remove(this);
    }

    /** The names of those that ended without being released. */
    public static List<String> dead() {
        return RUNNING.stream().filter(each -> !each.isRunning.getAsBoolean()).map(each -> each.name).sorted().toList();
    }
}
