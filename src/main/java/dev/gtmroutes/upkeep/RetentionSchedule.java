// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.upkeep;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.retention.Janitor;
import dev.gtmroutes.retention.Keep;
import dev.gtmroutes.retention.Kept;
import dev.gtmroutes.thread.OutOfMemory;
import dev.gtmroutes.thread.VitalTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Lets the {@link Janitor} run soon after the start of the program, and then four times an hour. */
@Singleton
public class RetentionSchedule {

    private static final Logger LOG = Logger.getLogger(RetentionSchedule.class);
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration PERIOD = Duration.ofMinutes(15);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private VitalTask watched;
    private final ScheduledExecutorService runs = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "retention");
        thread.setDaemon(true);
        return thread;
    });

    /** @throws ConfigurationException if a value is none; without a cause, so that Quarkus prints the message alone */
    void start(@Observes StartupEvent started, CamelContext camel, Config settings) {
        for (Kept each : Kept.values()) {
            check(each.setting(), settings);
            for (String name : settings.getPropertyNames()) {
                if (name.startsWith(each.setting() + ".")) {
                    check(name, settings);
                }
            }
        }
        Janitor janitor = new Janitor(camel, Clock.systemUTC());
        Future<?> repeated = runs.scheduleWithFixedDelay(() -> run(janitor), FIRST.toMillis(), PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
        watched = VitalTask.watch("retention", () -> !repeated.isDone());
    }

    /** What is thrown here would end all later runs. */
    private static void run(Janitor janitor) {
        try {
            janitor.run();
        } catch (Throwable e) {
            OutOfMemory.check(e);
            LOG.errorf("Retention failed: %s", e);
        }
    }

    private static void check(String name, Config settings) {
        try {
            Keep.parse(settings.getOptionalValue(name, String.class).orElse(""));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(name + ": " + e.getMessage());
        }
    }

    /** Before another process may use the data directory. */
    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        if (watched != null) {
            watched.release();
        }
        runs.shutdownNow();
        runs.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
    }
}
