// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.names;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.flow.DestinationNames;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/**
 * Gives each call of a Kamelet its own route. Camel makes one for each different URI, so flows that call the same template
 * with the same settings would share it, and with it their requests in flight and their name. The route is called by the
 * name of the destination, such as {@code calls:crm}, and that of the source {@code calls:0}.
 */
public final class OwnKamelets {

    /** No id of a flow has this in it, so no route made here can take a flow's place. */
    public static final char OWN = ':';
    private static final Pattern UNNAMED = Pattern.compile("^kamelet:([^/?]+)(\\?.*)?$", Pattern.DOTALL);

    private static final Pattern NAMED = Pattern.compile("^kamelet:[^/?]+/([^?]+)(?:\\?.*)?$", Pattern.DOTALL);

    private OwnKamelets() {
    }

    /** @throws IllegalArgumentException if the ids of the steps cannot be names; the message says why */
    public static void name(RouteDefinition flow) {
        flow.getInput().setUri(named(flow.getInput().getUri(), flow.getId() + OWN + 0));
        List<ToDefinition> steps = new ArrayList<>();
        steps(flow).values().forEach(steps::add);
        List<String> names = DestinationNames.of(steps.stream().map(ToDefinition::getId).toList(),
                steps.stream().map(each -> unnamed(each.getUri()).group(1)).toList());
        for (int i = 0; i < names.size(); i++) {
            String id = flow.getId() + OWN + names.get(i);
            steps.get(i).setUri(named(steps.get(i).getUri(), id));
            if (steps.get(i).getId() != null) {
                // Ids of steps are those of all flows to Camel, and names are those of one.
                steps.get(i).setId(id);
            }
        }
    }

    /** The steps that call Kamelets without saying how their routes are called, by their numbers among all such steps. */
    private static Map<Integer, ToDefinition> steps(RouteDefinition flow) {
        Map<Integer, ToDefinition> steps = new LinkedHashMap<>();
        int number = 0;
        for (ToDefinition each : ProcessorDefinitionHelper.filterTypeInOutputs(flow.getOutputs(), ToDefinition.class)) {
            number++;
            if (unnamed(each.getUri()) != null) {
                steps.put(number, each);
            }
        }
        return steps;
    }

    /** The names that {@link #name} gave, by the numbers of the steps, from 1. */
    public static Map<Integer, String> names(RouteDefinition flow) {
        Map<Integer, String> names = new LinkedHashMap<>();
        Pattern ours = Pattern.compile("kamelet:[^/?]+/" + Pattern.quote(flow.getId() + OWN) + "([^?]+)(\\?.*)?",
                Pattern.DOTALL);
        int number = 0;
        for (ToDefinition each : ProcessorDefinitionHelper.filterTypeInOutputs(flow.getOutputs(), ToDefinition.class)) {
            number++;
            Matcher named = ours.matcher(each.getUri());
            if (named.matches()) {
                names.put(number, named.group(1));
            }
        }
        return names;
    }

    /** What the routes of all Kamelets that a flow calls are called, whether {@link #name} named them or their URIs did. */
    public static Set<String> routeIds(RouteDefinition flow) {
        List<String> uris = new ArrayList<>();
        ProcessorDefinitionHelper.filterTypeInOutputs(flow.getOutputs(), ToDefinition.class)
                .forEach(each -> uris.add(each.getUri()));
        ProcessorDefinitionHelper.filterTypeInOutputs(flow.getOutputs(), ToDynamicDefinition.class)
                .forEach(each -> uris.add(each.getUri()));
        ProcessorDefinitionHelper.filterTypeInOutputs(flow.getOutputs(), KameletDefinition.class)
                .forEach(each -> uris.add("kamelet:" + each.getName()));
        Set<String> ids = new LinkedHashSet<>();
        uris.stream().map(NAMED::matcher).filter(Matcher::matches).forEach(each -> ids.add(each.group(1)));
        return ids;
    }

    private static Matcher unnamed(String uri) {
        Matcher parts = UNNAMED.matcher(uri);
        return parts.matches() ? parts : null;
    }

    private static String named(String uri, String routeId) {
        Matcher parts = unnamed(uri);
        return parts == null ? uri
                : "kamelet:" + parts.group(1) + "/" + routeId + (parts.group(2) == null ? "" : parts.group(2));
    }
}
