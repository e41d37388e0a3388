package dev.gtmroutes.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The settings of the demo, {@code demo/demo.properties} on the class path. They go before environment variables, so that
 * nothing of the demo reaches a vendor. No settings unless the command {@code demo} was given.
 *
 * <p>Not a profile of Quarkus: a native program warns at each start with another profile than it was built with.
 */
public final class DemoSettings implements ConfigSource {

    /** System property that turns them on. */
    static final String ENABLED = "gtm.demo.enabled";

    private static final String FILE = "/demo/demo.properties";
    /** Environment variables have 300, system properties 400. */
    private static final int ORDINAL = 350;

    private final Map<String, String> values = Boolean.getBoolean(ENABLED) ? read() : Map.of();

    private static Map<String, String> read() {
        Properties properties = new Properties();
        try (InputStream file = DemoSettings.class.getResourceAsStream(FILE)) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE + " cannot be read", e);
        }
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }

    @Override
    public Set<String> getPropertyNames() {
        return values.keySet();
    }

    @Override
    public String getValue(String name) {
        return values.get(name);
    }

    @Override
    public String getName() {
        return "demo";
    }
}
