package dev.gtmroutes.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import io.quarkus.test.junit.QuarkusTestProfile;

/** A program of its own with an empty data folder and flows that exist. */
public class IntakeProfile implements QuarkusTestProfile {

    static final int MAX_BYTES = 60 << 20;

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path data = Files.createTempDirectory("intake-test");
            return Map.of("gtm.data", data.toString(), "gtm.intake.max-bytes", String.valueOf(MAX_BYTES),
                    "quarkus.http.test-port", "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(KnownFlows.class);
    }
}
