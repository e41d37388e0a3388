// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.flow.files.LoadProblem;
import dev.gtmroutes.flow.settings.DrySettings;
import dev.gtmroutes.lint.Lint;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.parameter.Opening;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupSummaryLevel;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Makes the routes of flows as the program does, in a Camel of its own, but starts none: nothing is read and nothing sent.
 * What is made may look at its data directory already, so it gets an empty one that is deleted afterwards.
 */
public final class DryLoad implements AutoCloseable {

    private static final String DATA = "gtm.data";

    private final CamelContext camel = new DefaultCamelContext();
    private final Path data;
    private final FlowLoader loader;
    private final Map<String, String> kamelets;

    /** @param lint knows the Kamelets */
    public DryLoad(Lint lint, DrySettings settings) throws IOException {
        this(lint.kamelets(), settings);
    }

    /**
     * @param known    the Kamelets that flows can call
     * @param settings as the program would find them
     * @throws IOException if there can be no temporary directory
     */
    public DryLoad(Kamelets known, DrySettings settings) throws IOException {
        this.data = Files.createTempDirectory("gtm-validate");
        Properties own = new Properties();
        own.setProperty(DATA, data.toString());
        // Settings that are system properties come from the source below: by itself, Camel would ask them before its
        // overrides.
        if (camel.getPropertiesComponent() instanceof PropertiesComponent component) {
            component.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
        }
        camel.getPropertiesComponent().setOverrideProperties(own);
        camel.getPropertiesComponent().addPropertiesSource(settings);
        camel.setAutoStartup(false);
        Opening.atOnce(camel);
        // Camel would tell of its start and end as if the program had started and ended.
        camel.setStartupSummaryLevel(StartupSummaryLevel.Off);
        camel.start();
        Templates templates = new Templates();
        templates.serve(camel);
        this.loader = new FlowLoader(camel, templates);
        this.kamelets = known.all().stream().collect(
                Collectors.toMap(KameletDefinition::fileName, each -> each.file().text()));
    }

    /** @return why the flows in this file cannot be loaded, a line each; none if they can */
    public List<String> problems(Path file) {
        try {
            loader.load(new FlowVersion(file, Files.readString(file), Set.of(), kamelets, Map.of()), null, Map.of());
            return List.of();
        } catch (Exception e) {
            return List.of(new LoadProblem(file).explain(e));
        }
    }

    @Override
    public void close() throws IOException {
        camel.stop();
        try (Stream<Path> files = Files.walk(data)) {
            files.sorted((one, other) -> other.compareTo(one)).forEach(DryLoad::delete);
        }
    }

    private static void delete(Path each) {
        try {
            Files.deleteIfExists(each);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
