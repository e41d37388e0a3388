// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.trust;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.flow.SettingChecks.Problem;
import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.lint.kamelet.BeanParameters;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.parameter.ParameterText;

/** What one call of a source or template may be given in the console: its declared parameters, within the limits. */
public final class CallLimits {

    /** All templates, or all sources of lists, are made of it. By itself it would call any endpoint of Camel. */
    private static final Set<String> BUILDING_BLOCKS = Set.of("http-delivery-sink", "rest-records-source");

    /** What means nothing to Camel's URIs and expressions, nor as the name of a class or a bean. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N} ._:,/*+@=|!-]*");

    private final GuardedValues values;
    private final BeanParameters encoded;
    private final ConsoleLimits limits;

    /** @param known the Kamelets that flows can call */
    public CallLimits(Kamelets known, ConsoleLimits limits) {
        this.limits = limits;
        this.values = new GuardedValues(limits);
        this.encoded = new BeanParameters(known);
    }

    /** Whether others are made of it, so that the console does not offer it by itself. */
    public static boolean isBuildingBlock(KameletDefinition kamelet) {
        return BUILDING_BLOCKS.contains(kamelet.fileName());
    }

    /**
     * @param written values by parameter as they are written
     * @param flow    the id of the flow; empty where there is none yet
     * @return what is wrong; nothing where the console may save any flow
     */
    public List<Problem> check(KameletDefinition kamelet, Map<String, String> written, String flow) {
        List<Problem> problems = new ArrayList<>();
        if (!limits.isRestricted()) {
            return problems;
        }
        Map<String, String> given = new LinkedHashMap<>();
        written.forEach((name, value) -> given.put(name, ParameterText.plain(value)));
        given.forEach((name, value) -> {
            Optional<Parameter> parameter = kamelet.parameter(name);
            Optional<String> refusal = parameter.isEmpty() ? Optional.of("is not a parameter of " + kamelet.fileName())
                    : refusal(kamelet, parameter.get(), value, new GuardedValues.Call(flow, given));
            refusal.ifPresent(why -> problems.add(new Problem(name, parameter.map(each -> each.label() + ": ")
                    .orElse(name + " ") + why)));
        });
        return problems;
    }

    private Optional<String> refusal(KameletDefinition kamelet, Parameter parameter, String value,
            GuardedValues.Call call) {
        boolean ends = encoded.has(kamelet.fileName(), parameter.name());
        return (ends ? FlowPlaceholders.refuses(value) : parameter.name().equals("credential") ? credential(value)
                : bare(value))
                .or(() -> values.refuses(parameter, value, call));
    }

    /** A value that ends in the endpoint of a Camel component, or in an expression. */
    private static Optional<String> bare(String value) {
        return FlowPlaceholders.refusesBare(value)
                .or(() -> PLAIN.matcher(FlowPlaceholders.without(value)).matches() ? Optional.empty()
                        : Optional
                                .of("Enter only letters, digits, spaces and . _ : , / * + @ = | ! - here. A Camel component "
                                        + "receives this value."));
    }

    /** It becomes a part of the names of settings and of an endpoint. */
    private static Optional<String> credential(String value) {
        String name = FlowPlaceholders.without(value);
        return name.isEmpty() || VendorApi.isCredential(name) ? Optional.empty()
                : Optional.of("Enter a name of a credential: letters, digits, - and _.");
    }
}
