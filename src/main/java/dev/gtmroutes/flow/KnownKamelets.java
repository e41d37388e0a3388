// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.stream.Stream;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.flow.files.LoadProblem;
import dev.gtmroutes.flow.files.RouteFiles;
import dev.gtmroutes.lint.flow.Outline;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.KameletLint;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * The Kamelets that flows can call: of each the newest version without a mistake, those on the disk before those that are
 * packaged with the program. A mistake keeps the version before it in place until it is mended.
 */
final class KnownKamelets {

    private final CamelContext camel;
    private final Kamelets packaged;
    private final Map<String, KameletDefinition> good = new TreeMap<>();
    private final Map<String, List<String>> problems = new TreeMap<>();
    private final Map<String, String> refused = new HashMap<>();
    private final Map<YamlFile, Outline> outlines = new WeakHashMap<>();
    /** Those that are good; null when they have changed since somebody asked. */
    private Kamelets all;

    KnownKamelets(CamelContext camel, Kamelets packaged) {
        this.camel = camel;
        this.packaged = packaged;
    }

    /** Takes over what is on the disk now. */
    synchronized void update(Iterable<RouteFiles.Source> onDisk) {
        List<KameletDefinition> files = new ArrayList<>();
        onDisk.forEach(each -> files.add(KameletDefinition.of(each.yaml())));
        Kamelets wanted = Kamelets.of(files).or(packaged);
        if (good.keySet().removeIf(name -> wanted.find(name).isEmpty())) {
            all = null;
        }
        problems.clear();
        for (String name : wanted.names()) {
            KameletDefinition kamelet = wanted.find(name).orElseThrow();
            KameletDefinition known = good.get(name);
            if (known != null && known.file() == kamelet.file() && missing(outline(known), wanted).findAny().isEmpty()) {
                continue;
            }
            List<String> mistakes = check(kamelet, wanted, known);
            if (!mistakes.isEmpty()) {
                problems.put(name, mistakes);
            } else {
                put(name, kamelet);
            }
        }
    }

    private void put(String name, KameletDefinition kamelet) {
        good.put(name, kamelet);
        all = null;
    }

    /** Also those that a parameter names, as the API of a template. */
    private static Stream<String> missing(Outline outline, Kamelets wanted) {
        return outline.calls().stream().filter(each -> wanted.find(each).isEmpty());
    }

    private Outline outline(KameletDefinition kamelet) {
        return outlines.computeIfAbsent(kamelet.file(), each -> Outline.of(kamelet));
    }

    private List<String> check(KameletDefinition kamelet, Kamelets wanted, KameletDefinition known) {
        String text = kamelet.file().text();
        String failed = refused.get(kamelet.fileName() + "\n" + text);
        if (failed != null) {
            return List.of(failed);
        }
        if (packaged.find(kamelet.fileName()).filter(each -> each.file().text().equals(text)).isPresent()) {
            return List.of();
        }
        List<String> mistakes = new ArrayList<>();
        KameletLint.check(kamelet, wanted).stream().filter(each -> !each.isWarning()).map(Finding::toString)
                .forEach(mistakes::add);
        if (mistakes.isEmpty()) {
            missing(outline(kamelet), wanted).map(new LoadProblem(kamelet.path(), Secrets.of(camel))::noKamelet)
                    .forEach(mistakes::add);
        }
        return mistakes.isEmpty() ? parse(kamelet) : mistakes;
    }

    /** What Camel itself cannot make sense of. */
    private List<String> parse(KameletDefinition kamelet) {
        try {
            for (RoutesBuilder each : PluginHelper.getRoutesLoader(camel).findRoutesBuilders(
                    ResourceHelper.fromString("file:" + kamelet.path(), kamelet.file().text()))) {
                ((RouteBuilder) each).configure();
            }
            return List.of();
        } catch (Exception e) {
            return List.of(new LoadProblem(kamelet.path(), Secrets.of(camel)).explain(e));
        }
    }

    /** Notes that routes could not be made of a Kamelet: the version before it stays in place. */
    synchronized void refuse(String name, String text, String before, String problem) {
        KameletDefinition kamelet = good.get(name);
        if (kamelet != null && kamelet.file().text().equals(text)) {
            refused.put(name + "\n" + text, problem);
            problems.put(name, List.of(problem));
            put(name, KameletDefinition.of(YamlFile.of(kamelet.path(), before)));
        }
    }

    /** Those that flows can call now; the same object until one of them changes. */
    synchronized Kamelets all() {
        if (all == null) {
            all = Kamelets.of(good.values());
        }
        return all;
    }

    /** The text of one; empty if there is none. */
    synchronized Optional<String> text(String name) {
        return Optional.ofNullable(good.get(name)).map(each -> each.file().text());
    }

    /** All texts by name. */
    synchronized Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        good.forEach((name, kamelet) -> texts.put(name, kamelet.file().text()));
        return texts;
    }

    /** What is wrong with the Kamelets on the disk, by name, a line each. */
    synchronized Map<String, List<String>> problems() {
        return new TreeMap<>(problems);
    }

    /** The version that a file of flows would have with the Kamelets as they are now. */
    synchronized FlowVersion version(YamlFile file) {
        Map<String, String> own = new TreeMap<>();
        Map<String, String> shared = new TreeMap<>();
        Outline flows = Outline.ofFlows(file);
        flows.own().forEach(each -> add(each, own, shared));
        flows.shared().forEach(each -> add(each, shared, shared));
        // It is made by the outbox, which no YAML names.
        if (file.text().contains("responseWebhook")) {
            add("response-outbox-action", own, shared);
        }
        shared.keySet().removeAll(own.keySet());
        return new FlowVersion(file.path(), file.text(), flows.routes(), own, shared);
    }

    /** What a shared route calls belongs to it, and is shared with it. */
    private void add(String name, Map<String, String> into, Map<String, String> shared) {
        KameletDefinition kamelet = good.get(name);
        if (kamelet == null || into.putIfAbsent(name, kamelet.file().text()) != null) {
            return;
        }
        Outline calls = outline(kamelet);
        calls.own().forEach(each -> add(each, into, shared));
        calls.shared().forEach(each -> add(each, shared, shared));
    }
}
