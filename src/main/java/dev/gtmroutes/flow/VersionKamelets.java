// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;

/** The Kamelets that a version of flows calls. Many flows call the same ones, so each text is parsed once. */
final class VersionKamelets {

    private static final int MOST = 500;

    private final Map<String, KameletDefinition> byText = new ConcurrentHashMap<>();

    Kamelets of(FlowVersion version) {
        if (byText.size() > MOST) {
            // Each edit of a Kamelet leaves a text behind that nothing uses any more.
            byText.clear();
        }
        List<KameletDefinition> all = new ArrayList<>();
        version.own().forEach((name, text) -> all.add(definition(name, text)));
        version.shared().forEach((name, text) -> all.add(definition(name, text)));
        return Kamelets.of(all);
    }

    private KameletDefinition definition(String name, String text) {
        return byText.computeIfAbsent(name + "\n" + text,
                key -> KameletDefinition.of(YamlFile.of(Path.of(name + KameletDefinition.ENDING), text)));
    }
}
