// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.kamelet.ParameterValue;
import dev.gtmroutes.lint.yaml.Placeholder;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.apache.camel.CamelContext;

/**
 * What is wrong with the settings from which the Kamelets of a flow take values, such as {@code gtm.request-timeout}. Start,
 * {@code validate}, save and preview all ask here before Camel gets the values, because Camel names beans and their
 * properties. For any number of threads.
 */
public final class SettingValues {

    /** Camel's own way to set a parameter of a Kamelet, for all its routes or, with an id in between, for one. */
    private static final String OF_KAMELETS = "camel.kamelet.";
    private static final String CREDENTIAL = "credential";
    private static final Pattern WHOLE = Pattern.compile("\\{\\{[^{}]+}}");
    /** No YAML names it; the outbox makes it. */
    private static final String OUTBOX = "response-outbox-action";
    private static final String TAPPED = "responseWebhook";

    private final Function<String, Optional<String>> settings;
    private final Supplier<Set<String>> names;
    private volatile Set<String> ofKamelets;
    private final Map<YamlFile, Uses> seen = new WeakHashMap<>();

    /**
     * What a tree does.
     *
     * @param kamelets names of those that it calls, directly or by naming them to others
     * @param calls    those with arguments
     * @param usual    settings that are defaults of its parameters, where it is a Kamelet
     */
    private record Uses(List<String> kamelets, List<EndpointCall> calls, List<Value> usual) {
    }

    /** A parameter, and the name of the setting that gives its value. */
    private record Value(Parameter parameter, String setting) {
    }

    /**
     * @param settings values by the names of settings; empty where there is none
     * @param names    of all settings; asked for once, because settings are read once
     */
    public SettingValues(Function<String, Optional<String>> settings, Supplier<Set<String>> names) {
        this.settings = settings;
        this.names = names;
    }

    /** As a Camel resolves them. */
    public static SettingValues of(CamelContext camel) {
        return new SettingValues(name -> camel.getPropertiesComponent().resolveProperty(name),
                () -> camel.getPropertiesComponent()
                        .loadProperties(name -> name.startsWith(OF_KAMELETS)).stringPropertyNames());
    }

    /**
     * @param flows a file of flows
     * @param known the Kamelets that it can call
     * @return what is wrong, a line each that begins with the setting; none if all is well
     */
    public List<String> problems(YamlFile flows, Kamelets known) {
        Outline outline = Outline.ofFlows(flows);
        List<String> calls = new ArrayList<>(outline.calls());
        if (flows.text().contains(TAPPED)) {
            calls.add(OUTBOX);
        }
        return problems(new Uses(calls, EndpointCall.in(flows.root()), List.of()), known);
    }

    /** The same of one Kamelet and those that it calls. */
    public List<String> problems(String kamelet, Kamelets known) {
        return problems(new Uses(List.of(kamelet), List.of(), List.of()), known);
    }

    private List<String> problems(Uses start, Kamelets known) {
        Map<String, KameletDefinition> used = new LinkedHashMap<>();
        List<EndpointCall> calls = new ArrayList<>();
        follow(start, known, used, calls);
        Set<String> problems = new LinkedHashSet<>();
        used.values().forEach(each -> {
            List<Value> given = ofKamelets(each, calls);
            Set<String> own = given.stream().map(value -> value.parameter.name()).collect(Collectors.toSet());
            given.forEach(value -> tell(each, value, calls, problems));
            uses(each).usual.stream().filter(value -> !own.contains(value.parameter.name()))
                    .forEach(value -> tell(each, value, calls, problems));
        });
        return List.copyOf(problems);
    }

    private void tell(KameletDefinition kamelet, Value value, List<EndpointCall> calls, Set<String> problems) {
        problem(value).filter(each -> !isGiven(kamelet, value.parameter, calls)).ifPresent(problems::add);
    }

    /** Camel's own settings of a Kamelet, by the parameters that they set. */
    private List<Value> ofKamelets(KameletDefinition kamelet, List<EndpointCall> calls) {
        List<Value> given = new ArrayList<>();
        for (String name : ofKamelets()) {
            kamelet.parameter(name.substring(name.lastIndexOf('.') + 1)).filter(each -> !each.isPassword())
                    .filter(each -> isFor(name, kamelet, each, calls))
                    .ifPresent(each -> given.add(new Value(each, name)));
        }
        return given;
    }

    private Set<String> ofKamelets() {
        if (ofKamelets == null) {
            ofKamelets = names.get().stream().filter(each -> each.startsWith(OF_KAMELETS))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
        return ofKamelets;
    }

    /** Ids of routes that others share end with the credential. */
    private static boolean isFor(String setting, KameletDefinition kamelet, Parameter parameter, List<EndpointCall> calls) {
        String prefix = OF_KAMELETS + kamelet.fileName() + ".";
        String ending = "." + parameter.name();
        if (!setting.startsWith(prefix) || !setting.endsWith(ending)) {
            return false;
        }
        if (setting.length() < prefix.length() + ending.length()) {
            return true;
        }
        String route = setting.substring(prefix.length(), setting.length() - ending.length());
        Set<String> credentials = calls.stream().flatMap(each -> each.argument(CREDENTIAL).stream()).map(Argument::plain)
                .filter(each -> !Placeholder.anyIn(each)).collect(Collectors.toSet());
        return (credentials.isEmpty() ? Set.of("default") : credentials).stream()
                .anyMatch(each -> route.endsWith("-" + each));
    }

    private void follow(Uses uses, Kamelets known, Map<String, KameletDefinition> used, List<EndpointCall> calls) {
        calls.addAll(uses.calls);
        for (String each : uses.kamelets) {
            KameletDefinition kamelet = known.find(each).orElse(null);
            if (kamelet != null && used.putIfAbsent(each, kamelet) == null) {
                follow(uses(kamelet), known, used, calls);
            }
        }
    }

    private Uses uses(KameletDefinition kamelet) {
        synchronized (seen) {
            return seen.computeIfAbsent(kamelet.file(),
                    file -> new Uses(Outline.of(kamelet).calls(), EndpointCall.in(kamelet.template()), usual(kamelet)));
        }
    }

    private static List<Value> usual(KameletDefinition kamelet) {
        List<Value> usual = new ArrayList<>();
        for (Parameter each : kamelet.parameters()) {
            String text = each.defaultValue();
            if (!each.isPassword() && text != null && WHOLE.matcher(text).matches()
                    && Placeholder.in(text).get(0).isName()) {
                usual.add(new Value(each, Placeholder.in(text).get(0).name()));
            }
        }
        return usual;
    }

    /** Whether all calls give it, so that its default does not matter. */
    private static boolean isGiven(KameletDefinition kamelet, Parameter parameter, List<EndpointCall> calls) {
        List<EndpointCall> own = calls.stream()
                .filter(each -> each.kamelet().filter(kamelet.fileName()::equals).isPresent()).toList();
        return !own.isEmpty() && own.stream().allMatch(each -> each.argument(parameter.name()).isPresent());
    }

    private Optional<String> problem(Value value) {
        return settings.apply(value.setting).map(String::strip).filter(each -> !each.isEmpty() && !Placeholder.anyIn(each))
                .flatMap(each -> new ParameterValue(value.parameter).refusesSetting(value.setting, each));
    }
}
