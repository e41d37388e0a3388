// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.gtmroutes.delivery.status.DestinationRegistry;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.flow.files.FlowEdits;
import dev.gtmroutes.flow.files.FlowFile;
import dev.gtmroutes.flow.files.RouteFileWatcher;
import dev.gtmroutes.flow.files.RouteFiles;
import dev.gtmroutes.flow.files.RouteProblem;
import dev.gtmroutes.lint.kamelet.Kamelets;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.apache.camel.CamelContext;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The flows of this program: the routes in {@code <gtm.routes>/flows/}, one or more per file. They are loaded when Camel
 * is up, each file by itself, so that a bad one keeps nothing but itself from running. From then on what changes on the
 * disk is taken over while all others run on.
 */
@Singleton
public class Flows {

    private static final Logger LOG = Logger.getLogger(Flows.class);
    private static final long START_UP_SECONDS = 30;

    @Inject
    CamelContext camel;

    @Inject
    FlowSwitch switches;

    @Inject
    Event<FlowEdits> edits;

    @ConfigProperty(name = "gtm.routes")
    Path routes;

    @ConfigProperty(name = "gtm.routes.strict")
    boolean strict;

    private final CountDownLatch loaded = new CountDownLatch(1);
    private volatile FlowReloader swaps;
    private RouteFileWatcher lookout;
    private RouteFiles last = RouteFiles.EMPTY;

    // After the intake, which makes sure that no other program works on the same data.
    void load(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent started) {
        camel.setRouteController(new FlowRouteController());
        KnownKamelets kamelets = new KnownKamelets(camel,
                Kamelets.onClasspath(Thread.currentThread().getContextClassLoader()));
        swaps = new FlowReloader(camel, kamelets, switches);
        lookout = new RouteFileWatcher(routes, this::changed);
        last = lookout.start();
        swaps.start(last, loaded::countDown);
        edits.fire(new FlowEdits(null, last));
        if (strict && !problems().isEmpty()) {
            // Each was told when it was found. Without a cause, Quarkus prints the message alone.
            throw new ConfigurationException("Not started: " + routes + " contains mistakes (" + problems().size()
                    + "), and gtm.routes.strict is true");
        }
        lookout.watch();
        if (swaps.isEmpty()) {
            LOG.warnf("No flows in %s", routes.resolve("flows").toAbsolutePath());
        }
    }

    private void changed(RouteFiles now) {
        RouteFiles before = last;
        last = now;
        swaps.take(now);
        edits.fire(new FlowEdits(before, now));
    }

    void stop(@Observes ShutdownEvent stopping) {
        if (lookout != null) {
            lookout.stop();
            swaps.stop();
        }
    }

    /**
     * All files under {@code flows/}, in the order of their names. While the program starts, it waits for the last of them.
     */
    public List<FlowFile> files() {
        awaitLoaded();
        FlowReloader now = swaps;
        return now == null ? List.of() : now.files();
    }

    /**
     * Ends the flows of a file, has a change made, and takes over what is there then. All that is stored of the flows
     * stays as it is: it is for the change. Meanwhile no other edit is taken over. If the change fails, the flows come back
     * as they were, paused or not.
     *
     * @param file a file of flows
     * @throws E if the change throws it
     */
    public <E extends Exception> void release(Path file, RouteFileWatcher.Change<E> change) throws E {
        lookout.hold(() -> {
            Runnable back = swaps.release(file);
            boolean isMade = false;
            try {
                change.make();
                isMade = true;
            } finally {
                if (!isMade) {
                    back.run();
                }
            }
        });
    }

    private void awaitLoaded() {
        try {
            loaded.await(START_UP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What is wrong with the files under {@code routes/} as they are now. It does not keep flows that ran before from
     * running: these go on by the version before it.
     */
    public List<RouteProblem> problems() {
        Stream<RouteProblem> ofFlows = files().stream()
                .flatMap(file -> file.problems().stream().map(each -> RouteProblem.of(file.path(), each)));
        return Stream.concat(kameletProblems().stream(), ofFlows).distinct().toList();
    }

    /** What is wrong with Kamelets, among {@link #problems}. */
    List<RouteProblem> kameletProblems() {
        FlowReloader now = swaps;
        return now == null ? List.of() : now.kameletProblems();
    }

    /** The Kamelets that flows can call now: of each the newest version without a mistake. */
    public Kamelets kamelets() {
        FlowReloader now = swaps;
        return now == null ? Kamelets.of(List.of()) : now.kamelets();
    }

    /**
     * Makes the route of a vendor API as the first flow that uses it would.
     *
     * @param endpoint by which flows call it
     * @throws Exception if it cannot be made; the innermost message says why
     */
    public void share(String endpoint) throws Exception {
        swaps.share(endpoint);
    }

    /**
     * A person stored or deleted a credential. Flows that wait for it go on at once, and flows that could not be loaded
     * without one are loaded.
     *
     * @param using ids of the flows that use it
     */
    public void credentialChanged(Set<String> using) {
        DestinationRegistry.of(camel).all().stream().filter(each -> using.contains(each.flow()))
                .forEach(DestinationStatus::credentialReplaced);
        swaps.credentialChanged();
    }

    /** Whether all files have been read since the program's start. */
    public boolean areLoaded() {
        return loaded.getCount() == 0;
    }

    /**
     * Whether a flow of this id exists here, running or not. A file that could not be loaded counts by its name: its
     * records are kept until it is mended. While the program starts, it waits for one that it does not know yet.
     */
    public boolean knows(String id) {
        FlowReloader now = swaps;
        return now != null && isIn(now.files(), id) || isIn(files(), id);
    }

    private static boolean isIn(List<FlowFile> files, String id) {
        return files.stream().anyMatch(each -> each.flows().contains(id));
    }
}
