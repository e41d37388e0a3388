// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.inbox.Backlog.InboxFile;
import dev.gtmroutes.record.read.NotRecordsException;
import dev.gtmroutes.record.read.RecordReader;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

/**
 * How many records are in files that wait. They are counted beside the delivery, one file at a time, and only files that a
 * person looks at; of a file with more than 200,000 records the number stays unknown.
 */
@Singleton
public class RecordCounts {

    private static final long MOST = 200_000;
    private static final int MOST_FILES = 2000;
    private static final long UNKNOWN = -1;
    private static final long COUNTING = -2;

    private final Map<InboxFile, Long> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InboxFile, Long> eldest) {
            return size() > MOST_FILES;
        }
    };
    private final ThreadPoolExecutor counter = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_FILES), task -> {
                Thread thread = new Thread(task, "gtm-record-counts");
                thread.setDaemon(true);
                thread.setPriority(Thread.MIN_PRIORITY);
                return thread;
            });

    RecordCounts() {
        counter.allowCoreThreadTimeOut(true);
    }

    /** Empty if it is not known, or not yet. */
    OptionalLong of(InboxFile file) {
        synchronized (counts) {
            Long count = counts.get(file);
            if (count != null) {
                return count < 0 ? OptionalLong.empty() : OptionalLong.of(count);
            }
            counts.put(file, COUNTING);
        }
        try {
            counter.execute(() -> put(file, count(file.path())));
        } catch (RejectedExecutionException e) {
            synchronized (counts) {
                counts.remove(file);
            }
        }
        return OptionalLong.empty();
    }

    private void put(InboxFile file, long count) {
        synchronized (counts) {
            counts.put(file, count);
        }
    }

    private static long count(Path file) {
        long found = 0;
        try (RecordReader reader = RecordReader.open(file, file.getFileName().toString(), null)) {
            while (reader.hasNext()) {
                reader.next();
                if (++found > MOST) {
                    return UNKNOWN;
                }
            }
        } catch (IOException | UncheckedIOException | NotRecordsException e) {
            // Its flow tells what is wrong with it.
            return UNKNOWN;
        }
        return found;
    }

    @PreDestroy
    void stop() {
        counter.shutdownNow();
    }
}
