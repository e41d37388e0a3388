// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * What people do with many dead letters, one thing after another in the background. The end of the program ends
 * it, too: what was marked by then is completed at the next start, the rest is still open.
 */
@Singleton
public class LetterTasks {

    private static final int MOST_SHOWN = 3;
    private static final long PATIENCE_MILLIS = 1500;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread each = new Thread(task, "gtm-dead-letter-tasks");
        each.setDaemon(true);
        return each;
    });
    private final Deque<LetterTask> recent = new ConcurrentLinkedDeque<>();

    /** Begins it, and returns when it is over or when a person would not wait any longer. */
    void begin(LetterTask task) throws InterruptedException {
        synchronized (recent) {
            while (recent.size() >= MOST_SHOWN && recent.peekLast().isEnded()) {
                recent.removeLast();
            }
            recent.addFirst(task);
        }
        Future<?> running = thread.submit(task);
        try {
            running.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Its page tells how far it is.
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest first: those that are not over, and a few that are. */
    List<LetterTask> recent() {
        return List.copyOf(recent);
    }

    void stop(@Observes ShutdownEvent stopping) {
        thread.shutdown();
    }
}
