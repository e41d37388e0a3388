package dev.gtmroutes.peopleai;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.delivery.Settled;
import dev.gtmroutes.disk.Disk;

/**
 * The fragments that a flow has in work by tasks: their data, and which of its records have an outcome. It outlives the
 * flow's route, so what failed goes on inside the fragment when its task comes again. Safe for use by many threads.
 */
final class TaskSpool {

    private final Spool spool;
    private final Set<Path> inWork = new HashSet<>();
    private final Map<Path, Settled> settled = new ConcurrentHashMap<>();

    /** @throws IOException if what an earlier run left, of which nobody knows how far it was, cannot be taken away */
    TaskSpool(Path folder) throws IOException {
        spool = new Spool(folder, new Disk());
        spool.keepOnly(Set.of());
    }

    Spool spool() {
        return spool;
    }

    /** @return false if somebody has the fragment in work: its task came twice. Who gets it has to give it back */
    synchronized boolean take(Fragment fragment) {
        return inWork.add(spool.file(fragment));
    }

    /** Which of its records have an outcome by now. */
    Settled settled(Fragment fragment) {
        return settled.computeIfAbsent(spool.file(fragment), each -> new Settled());
    }

    /** @param over whether its task will not come again */
    synchronized void giveBack(Fragment fragment, boolean over) throws IOException {
        inWork.remove(spool.file(fragment));
        if (over) {
            settled.remove(spool.file(fragment));
            spool.forget(fragment);
        }
    }
}
