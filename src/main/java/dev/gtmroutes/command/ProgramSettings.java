// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

import dev.gtmroutes.audit.CommandAudit;
import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.sources.StateFolder;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;

/** The settings as the program itself finds them, without starting it. */
final class ProgramSettings {

    private final SmallRyeConfig config = ConfigUtils.configBuilder().build();

    /** The data directory, {@code gtm.data}. */
    Path data() {
        return config.getValue("gtm.data", Path.class);
    }

    /** The audit log, for what commands change. */
    CommandAudit audit() {
        return new CommandAudit(data(), Durations.parse(config.getValue("gtm.audit.keep", String.class)),
                new MemorySizeConverter().convert(config.getValue("gtm.audit.max-bytes", String.class)).asLongValue());
    }

    /** The directory where sources note how far they are: {@code gtm.state}, or state/ in the data directory. */
    Path state() {
        return new StateFolder(value("gtm.state").orElse("")).of(data());
    }

    /** The topic that gets dead letters in the place of files; empty for files. */
    Optional<String> deadLettersTopic() {
        return value("gtm.dead-letters.topic").filter(each -> !each.isBlank());
    }

    /** The directory of the routes, {@code gtm.routes}. */
    Path routes() {
        return config.getValue("gtm.routes", Path.class);
    }

    /** The names of all settings. Asked as a whole for them, this configuration fails: it has no Quarkus around it. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        config.getConfigSources().forEach(each -> names.addAll(each.getPropertyNames()));
        return names;
    }

    /** A setting; empty where there is none, or where it is made of one that there is not, such as {@code ${ACME_KEY}}. */
    Optional<String> value(String name) {
        try {
            return config.getOptionalValue(name, String.class);
        } catch (NoSuchElementException e) {
            return Optional.empty();
        }
    }
}
