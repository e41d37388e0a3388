package dev.gtmroutes.flow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.lint.FlowLint;
import dev.gtmroutes.lint.Kamelets;
import dev.gtmroutes.lint.Samples;
import dev.gtmroutes.lint.Settings;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The flows of this program: the routes in {@code <gtm.routes>/flows/}, one per file. They are loaded when Camel is up,
 * and one by one, so that a bad file keeps nothing but itself from running.
 */
@Singleton
public class Flows {

    private static final Logger LOG = Logger.getLogger(Flows.class);
    private static final long START_UP_SECONDS = 30;

    @Inject
    CamelContext camel;

    @ConfigProperty(name = "gtm.routes")
    Path routes;

    private final Map<Path, FlowFile> files = new ConcurrentSkipListMap<>();
    private final CountDownLatch loaded = new CountDownLatch(1);

    // After the intake, which makes sure that no other program works on the same data.
    void load(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) StartupEvent started) throws IOException {
        camel.setRouteController(new FlowRouteController());
        camel.getComponent("kamelet", KameletComponent.class).setLocation(kameletLocations());
        Kamelets kamelets = Kamelets.in(routes.resolve("kamelets"))
                .or(Kamelets.onClasspath(Thread.currentThread().getContextClassLoader()));
        FlowLoader loader = new FlowLoader(camel, new FlowLint(kamelets, Settings.of(Flows::isSet), Samples.NONE));
        for (Path each : yamlFiles(routes.resolve("flows"))) {
            FlowFile file = loader.load(each);
            files.put(each, file);
            tell(file);
        }
        loaded.countDown();
        if (files.isEmpty()) {
            LOG.warnf("No flows in %s", routes.resolve("flows").toAbsolutePath());
        }
    }

    private static boolean isSet(String setting) {
        return ConfigProvider.getConfig().getOptionalValue(setting, String.class).isPresent();
    }

    private void tell(FlowFile file) {
        file.warnings().forEach(LOG::warn);
        if (!file.isLoaded()) {
            file.problems().forEach(each -> LOG.errorf("Flow not started: %s", each));
            return;
        }
        for (String flow : file.flows()) {
            boolean started = camel.getRouteController().getRouteStatus(flow).isStarted();
            LOG.infof("Flow %s: %s", flow, started ? "started" : "saved, not activated (autoStartup: false)");
        }
    }

    /** Kamelets on disk come before those packaged with the program. */
    private String kameletLocations() throws IOException {
        Path kamelets = routes.resolve("kamelets");
        if (!Files.isDirectory(kamelets)) {
            return "classpath:kamelets";
        }
        try (Stream<Path> directories = Files.walk(kamelets)) {
            return directories.filter(Files::isDirectory).sorted().map(each -> "file:" + each + ",")
                    .collect(Collectors.joining()) + "classpath:kamelets";
        }
    }

    private static List<Path> yamlFiles(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(each -> each.getFileName().toString().matches("[^.].*\\.ya?ml")).sorted().toList();
        }
    }

    /** All files under {@code flows/}, in the order of their names. */
    public List<FlowFile> files() {
        return List.copyOf(files.values());
    }

    /** Whether all files have been read since the program's start. */
    public boolean areLoaded() {
        return loaded.getCount() == 0;
    }

    /**
     * Whether a flow of this id exists here, running or not. A file that could not be loaded counts by its name: its
     * records are kept until it is mended. Waits for the flows to be loaded while the program starts.
     */
    public boolean knows(String id) {
        try {
            loaded.await(START_UP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return files.values().stream().anyMatch(each -> each.flows().contains(id));
    }
}
