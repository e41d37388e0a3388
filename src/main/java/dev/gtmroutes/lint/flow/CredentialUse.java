// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.YamlFile;

/**
 * A flow that sends a credential.
 *
 * @param flow       the id of the flow
 * @param api        name of the {@link VendorApi}
 * @param credential its name, {@code default} where the flow names none
 */
public record CredentialUse(String flow, String api, String credential) {

    private static final String PARAMETER = "credential";

    /** All in some files of flows, without those twice that are the same. */
    public static List<CredentialUse> in(List<YamlFile> files, Kamelets known) {
        Set<CredentialUse> uses = new LinkedHashSet<>();
        Map<String, List<String>> apis = new HashMap<>();
        files.stream().flatMap(each -> each.root().items().stream()).map(each -> each.get("route")).forEach(route -> {
            for (EndpointCall call : EndpointCall.in(route)) {
                call.kamelet().ifPresent(kamelet -> apis
                        .computeIfAbsent(kamelet, each -> apis(each, known, new HashSet<>())).forEach(api -> uses
                                .add(new CredentialUse(route.get("id").text(), api, credential(call, kamelet, known)))));
            }
        });
        return List.copyOf(uses);
    }

    private static String credential(EndpointCall call, String kamelet, Kamelets known) {
        return call.argument(PARAMETER).map(Argument::plain).or(() -> known.find(kamelet)
                .flatMap(each -> each.parameter(PARAMETER)).map(Parameter::defaultValue)).orElse("default");
    }

    /** The vendor APIs that a Kamelet sends to. */
    public static List<VendorApi> apis(String kamelet, Kamelets known) {
        List<String> names = apis(kamelet, known, new HashSet<>());
        return VendorApi.all(known).stream().filter(each -> names.contains(each.name())).toList();
    }

    /** What a Kamelet calls, at whatever depth. */
    private static List<String> apis(String kamelet, Kamelets known, Set<String> seen) {
        List<String> found = new ArrayList<>();
        known.find(kamelet).filter(each -> seen.add(kamelet)).ifPresent(definition -> {
            VendorApi.of(definition).ifPresent(each -> found.add(each.name()));
            Outline.of(definition).calls().forEach(each -> found.addAll(apis(each, known, seen)));
        });
        return found;
    }
}
