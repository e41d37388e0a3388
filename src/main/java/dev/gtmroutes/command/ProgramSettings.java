package dev.gtmroutes.command;

import java.nio.file.Path;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfig;

/** The settings as the program itself finds them, without starting it. */
final class ProgramSettings {

    private final SmallRyeConfig config = ConfigUtils.configBuilder().build();

    /** The data directory, {@code gtm.data}. */
    Path data() {
        return config.getValue("gtm.data", Path.class);
    }
}
