// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.upkeep;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.gtmroutes.api.ContextService;
import dev.gtmroutes.delivery.outcome.DataClaims;
import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.history.History;
import dev.gtmroutes.history.HistoryLimits;
import dev.gtmroutes.history.HistoryRecorder;
import dev.gtmroutes.thread.OutOfMemory;
import dev.gtmroutes.thread.VitalTask;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Lets the program have its {@link History}, and write it every 10 seconds for as long as Camel runs. */
@Singleton
public class HistorySchedule {

    private static final Logger LOG = Logger.getLogger(HistorySchedule.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final CamelContext camel;
    private final HistoryLimits limits;
    private final HistoryRecorder recorder;

    /** @throws ConfigurationException if a setting has no possible value */
    HistorySchedule(CamelContext camel, @ConfigProperty(name = "gtm.history.days") int days,
            @ConfigProperty(name = "gtm.history.runs") int runs) {
        this.camel = camel;
        try {
            limits = HistoryLimits.of(days, runs);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(e.getMessage());
        }
        recorder = new HistoryRecorder(DataClaims.usual(camel), limits, DestinationRegistry.of(camel)::all);
    }

    @Produces
    @Singleton
    History history() {
        return recorder.history();
    }

    /** @throws ConfigurationException if another program has the data directory, or it cannot be written */
    void start(@Observes StartupEvent started) {
        if (!limits.isOff()) {
            try {
                DataClaims.claim(camel, DataClaims.usual(camel));
            } catch (IllegalStateException e) {
                throw new ConfigurationException(e.getMessage() + " (gtm.data)");
            }
            ContextService.of(camel, Recording.class, () -> new Recording(recorder));
            DestinationRegistry.of(camel).watchInputs(recorder.inputs());
        }
    }

    /** Ends behind the routes of Camel, so that nothing they do is missing. */
    private static final class Recording extends ServiceSupport {

        private final HistoryRecorder recorder;
        private ScheduledExecutorService ticks;
        private VitalTask watched;

        private Recording(HistoryRecorder recorder) {
            this.recorder = recorder;
        }

        @Override
        protected void doStart() {
            ticks = new ScheduledThreadPoolExecutor(1, task -> {
                Thread thread = new Thread(task, "history");
                thread.setDaemon(true);
                return thread;
            });
            ticks.execute(recorder::start);
            Future<?> repeated = ticks.scheduleWithFixedDelay(this::tick, PERIOD.toMillis(), PERIOD.toMillis(),
                    TimeUnit.MILLISECONDS);
            watched = VitalTask.watch("history", () -> !repeated.isDone());
        }

        /** What is thrown here would end all later ticks. */
        private void tick() {
            try {
                recorder.tick();
            } catch (Throwable e) {
                OutOfMemory.check(e);
                LOG.errorf("The history misses some seconds: %s", e);
            }
        }

        @Override
        protected void doStop() throws InterruptedException {
            watched.release();
            ticks.shutdown();
            if (ticks.awaitTermination(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                recorder.close();
            }
        }
    }
}
