// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.trust;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.flow.EndpointCall;
import dev.gtmroutes.lint.flow.Outline;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.lint.yaml.YamlNode;

/**
 * What would run when the routes of a file are only made: constructors, scripts and methods that the file names. Beans of
 * Kamelets that are classes of this program are made when a flow is checked, and nothing else.
 */
public final class ForeignCode {

    private static final Set<String> ITEMS = Set.of("route", "from", "onException");
    private static final Set<String> RUNS = Set.of("beans", "beantype", "builderclass", "constructors", "csimple",
            "factorybean", "factorymethod", "groovy", "initmethod", "java", "joor", "js", "language", "mvel", "ognl",
            "python",
            "rest", "routetemplate", "script", "scriptlanguage", "spel", "templatebean", "templatedroute", "wasm", "xquery");
    private static final Set<String> OF_BEANS = Set.of("name", "type", "properties", "initMethod");
    /** These judge values, and start nothing. */
    private static final Set<String> INIT_METHODS = Set.of("", "routeMade", "check", "open");
    private static final Pattern OWN = Pattern.compile(
            "#class:(dev\\.gtmroutes\\.[\\w.]+|org\\.apache\\.camel\\.util\\.concurrent\\.SynchronousExecutorService)");
    private static final Pattern REFERENCE = Pattern.compile("(?i)#\\s*(class|type|valueAs)|^\\s*resource:");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[^{}:]*:?([^{}]*)}}");

    private final Kamelets known;

    /** @param known the Kamelets that flows can call */
    public ForeignCode(Kamelets known) {
        this.known = known;
    }

    /** @return what would run of a file of flows or of a Kamelet that it calls, as a noun; empty if nothing would */
    public Optional<String> in(YamlFile flows) {
        for (YamlNode each : flows.root().items()) {
            for (YamlNode.Entry entry : each.entries()) {
                if (!ITEMS.contains(entry.key())) {
                    return Optional.of(entry.key());
                }
            }
        }
        return tree(flows.root()).or(() -> called(Outline.ofFlows(flows), new HashSet<>()));
    }

    private Optional<String> called(Outline outline, Set<String> seen) {
        for (String name : outline.calls()) {
            KameletDefinition kamelet = known.find(name).orElse(null);
            if (kamelet == null || !seen.add(name)) {
                continue;
            }
            Optional<String> code = in(kamelet).map(each -> each + " in the Kamelet " + name)
                    .or(() -> called(Outline.of(kamelet), seen));
            if (code.isPresent()) {
                return code;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> in(KameletDefinition kamelet) {
        if (!kamelet.root().exists()) {
            return Optional.of("mistakes");
        }
        for (YamlNode bean : kamelet.template().get("beans").items()) {
            boolean own = OWN.matcher(bean.get("type").text()).matches()
                    && INIT_METHODS.contains(bean.get("initMethod").text())
                    && bean.entries().stream().allMatch(each -> OF_BEANS.contains(each.key()));
            if (!own) {
                return Optional.of("beans of other classes");
            }
            Optional<String> code = tree(bean.get("properties"));
            if (code.isPresent()) {
                return code;
            }
        }
        for (Parameter each : kamelet.parameters()) {
            if (each.defaultValue() != null && refers(each.defaultValue())) {
                return Optional.of("references to classes");
            }
        }
        return kamelet.template().entries().stream().filter(each -> !each.key().equals("beans"))
                .map(each -> tree(each.value())).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> tree(YamlNode node) {
        if (EndpointCall.in(node).stream().anyMatch(each -> each.argument("location").isPresent())) {
            return Optional.of("a Kamelet of another place");
        }
        return walk(node, false);
    }

    /** @param names whether keys are names that an author chose, rather than words of the language of routes */
    private static Optional<String> walk(YamlNode node, boolean names) {
        if (refers(node.text())) {
            return Optional.of("references to classes");
        }
        for (YamlNode.Entry each : node.entries()) {
            String key = each.key().replace("-", "").toLowerCase(Locale.ROOT);
            if (!names && RUNS.contains(key) || refers(each.key())) {
                return Optional.of(each.key());
            }
            Optional<String> code = walk(each.value(), key.equals("parameters") || key.equals("properties"));
            if (code.isPresent()) {
                return code;
            }
        }
        return node.items().stream().map(each -> walk(each, names)).flatMap(Optional::stream).findFirst();
    }

    /** Also if a part of it is the default of a placeholder. */
    private static boolean refers(String text) {
        String resolved = text;
        for (String before = ""; !before.equals(resolved);) {
            before = resolved;
            resolved = PLACEHOLDER.matcher(resolved).replaceAll(each -> Matcher.quoteReplacement(each.group(1)));
        }
        return REFERENCE.matcher(text).find() || REFERENCE.matcher(resolved).find();
    }
}
