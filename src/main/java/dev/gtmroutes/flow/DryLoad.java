package dev.gtmroutes.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.lint.FlowLint;
import dev.gtmroutes.lint.Lint;
import dev.gtmroutes.lint.Samples;
import dev.gtmroutes.lint.Settings;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
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

    /**
     * @param lint     knows the Kamelets
     * @param settings as the program would find them
     * @throws IOException if there can be no temporary directory
     */
    public DryLoad(Lint lint, DrySettings settings) throws IOException {
        this.data = Files.createTempDirectory("gtm-validate");
        settings.set(DATA, data.toString());
        camel.getPropertiesComponent().addPropertiesSource(settings);
        camel.setAutoStartup(false);
        camel.getComponent("kamelet", KameletComponent.class).setLocation(locations(lint));
        camel.start();
        this.loader = new FlowLoader(camel, new FlowLint(lint.kamelets(), Settings.of(settings::has), Samples.NONE));
    }

    private static String locations(Lint lint) {
        return Stream.concat(lint.kameletFiles().stream().map(each -> "file:" + each.getParent()).distinct(),
                Stream.of("classpath:kamelets")).collect(Collectors.joining(","));
    }

    /** @return why the flows in this file cannot be loaded, a line each; none if they can */
    public List<String> problems(Path file) {
        return loader.load(file).problems();
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
