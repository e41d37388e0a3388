// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.retention;

import java.util.Optional;

import org.apache.camel.CamelContext;

/** How long each kind of file is kept: the settings of a Camel context. */
final class KeepSettings {

    /**
     * What holds for a flow.
     *
     * @param setting its name: all flows with the same setting share its size
     */
    record Found(String setting, Keep keep) {
    }

    private final CamelContext camel;

    KeepSettings(CamelContext camel) {
        this.camel = camel;
    }

    /** @throws IllegalArgumentException if the setting cannot be read; the message is one line */
    Found of(Kept kind, String flow) {
        String own = kind.setting() + "." + flow;
        Optional<String> value = value(own);
        return value.isPresent() ? found(own, value.get())
                : found(kind.setting(), value(kind.setting()).orElse(kind.usual()));
    }

    private static Found found(String setting, String value) {
        try {
            return new Found(setting, Keep.parse(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage());
        }
    }

    private Optional<String> value(String name) {
        return camel.getPropertiesComponent().resolveProperty(name).filter(each -> !each.isBlank());
    }
}
