package dev.gtmroutes.flow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.Finding;
import dev.gtmroutes.lint.FlowLint;
import dev.gtmroutes.lint.YamlFile;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Checks one file of flows and loads it into a running Camel: all of it, or nothing. */
final class FlowLoader {

    /** No id of a flow has this in it, so no route made here can take a flow's place. */
    private static final char OWN = ':';
    private static final Pattern UNNAMED_KAMELET = Pattern.compile("^(kamelet:[^/?]+)(\\?|$)");

    private final CamelContext camel;
    private final Model model;
    private final FlowLint lint;

    /** @param lint what a file has to pass before Camel sees it */
    FlowLoader(CamelContext camel, FlowLint lint) {
        this.camel = camel;
        this.lint = lint;
        this.model = camel.getCamelContextExtension().getContextPlugin(Model.class);
    }

    FlowFile load(Path path) {
        List<Finding> findings = lint.check(YamlFile.read(path));
        List<String> warnings = findings.stream().filter(Finding::isWarning).map(Finding::toString).toList();
        List<String> mistakes = findings.stream().filter(each -> !each.isWarning()).map(Finding::toString).toList();
        return mistakes.isEmpty() ? load(path, warnings)
                : new FlowFile(path, List.of(FlowFile.stem(path)), mistakes, warnings);
    }

    private FlowFile load(Path path, List<String> warnings) {
        Set<String> routesBefore = routeIds();
        Set<Endpoint> endpointsBefore = new HashSet<>(camel.getEndpoints());
        try {
            List<String> flows = new ArrayList<>();
            for (RoutesBuilder each : PluginHelper.getRoutesLoader(camel)
                    .findRoutesBuilders(ResourceHelper.resolveMandatoryResource(camel, "file:" + path))) {
                flows.addAll(check((RouteBuilder) each, routesBefore));
                camel.addRoutes(each);
            }
            if (flows.isEmpty()) {
                throw new IllegalArgumentException("there is no route in it");
            }
            return new FlowFile(path, flows, List.of(), warnings);
        } catch (Exception e) {
            undo(routesBefore, endpointsBefore);
            return new FlowFile(path, List.of(FlowFile.stem(path)), List.of(new LoadProblem(path).explain(e)),
                    warnings);
        }
    }

    /** A second route of the same id would replace the first without a word. */
    private List<String> check(RouteBuilder builder, Set<String> taken) throws Exception {
        List<String> ids = new ArrayList<>();
        for (RouteDefinition each : builder.configureRoutes(camel).getRoutes()) {
            if (each.getId() == null) {
                throw new IllegalArgumentException("a route has no id");
            }
            if (taken.contains(each.getId()) || ids.contains(each.getId())) {
                throw new IllegalArgumentException("there is another route with the id " + each.getId());
            }
            ids.add(each.getId());
            ownKamelets(each);
        }
        return ids;
    }

    /**
     * Gives each call of a Kamelet its own route. Camel makes one for each different URI, so flows that call the same
     * template with the same settings would share it, and with it their requests in flight and their name.
     */
    private static void ownKamelets(RouteDefinition flow) {
        flow.getInput().setUri(named(flow.getInput().getUri(), flow.getId() + OWN + 0));
        int calls = 0;
        for (ToDefinition each : ProcessorDefinitionHelper.filterTypeInOutputs(flow.getOutputs(), ToDefinition.class)) {
            calls++;
            each.setUri(named(each.getUri(), flow.getId() + OWN + calls));
        }
    }

    private static String named(String uri, String routeId) {
        return UNNAMED_KAMELET.matcher(uri).replaceFirst("$1/" + Matcher.quoteReplacement(routeId) + "$2");
    }

    private Set<String> routeIds() {
        Set<String> ids = new HashSet<>();
        model.getRouteDefinitions().forEach(each -> ids.add(each.getRouteId()));
        return ids;
    }

    /** Takes away what a failed load left behind: a Kamelet's endpoint that stays would never make its route again. */
    private void undo(Set<String> routesBefore, Set<Endpoint> endpointsBefore) {
        for (RouteDefinition each : List.copyOf(model.getRouteDefinitions())) {
            if (!routesBefore.contains(each.getRouteId())) {
                remove(each);
            }
        }
        for (Endpoint each : List.copyOf(camel.getEndpoints())) {
            if (!endpointsBefore.contains(each)) {
                remove(each);
            }
        }
    }

    private void remove(RouteDefinition each) {
        try {
            camel.getRouteController().stopRoute(each.getRouteId());
            camel.removeRoute(each.getRouteId());
            model.removeRouteDefinition(each);
        } catch (Exception e) {
            throw new IllegalStateException("route " + each.getRouteId() + " cannot be removed", e);
        }
    }

    private void remove(Endpoint each) {
        try {
            camel.removeEndpoint(each);
        } catch (Exception e) {
            throw new IllegalStateException("endpoint " + each.getEndpointBaseUri() + " cannot be removed", e);
        }
    }
}
