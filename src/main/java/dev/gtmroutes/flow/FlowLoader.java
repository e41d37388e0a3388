// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.credential.SettingSecrets;
import dev.gtmroutes.delivery.KameletRoutes;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.flow.names.NumberedDestinations;
import dev.gtmroutes.flow.names.OwnKamelets;
import dev.gtmroutes.lint.flow.SettingValues;
import dev.gtmroutes.lint.kamelet.BeanParameters;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.outbox.Outboxes;
import dev.gtmroutes.parameter.ParameterDecoding;
import dev.gtmroutes.parameter.RouteChanges;
import dev.gtmroutes.parameter.RouteModel;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * Loads files of flows into a running Camel, each as a whole or not at all, and takes them away again. Only one route is
 * made at a time; what takes its time, the draining, is done beside others.
 */
public final class FlowLoader {

    private static final char OWN = OwnKamelets.OWN;

    /**
     * Flows that were loaded.
     *
     * @param version     what they were loaded from
     * @param autoStartup of each by its id, as the file says it
     */
    record Loaded(FlowVersion version, Map<String, String> autoStartup) {

        List<String> flows() {
            return List.copyOf(autoStartup.keySet());
        }
    }

    /** Another route has the id of a flow. */
    static final class TakenException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        TakenException(String message) {
            super(message);
        }
    }

    /** A setting that a flow uses has a value that it cannot have; the message says which, and what is allowed. */
    public static final class SettingException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        SettingException(String message) {
            super(message);
        }
    }

    private final CamelContext camel;
    private final Templates templates;
    private final VersionKamelets kamelets = new VersionKamelets();
    private final SettingValues settings;
    private final NumberedDestinations earlier;
    private final LoadTrace made;

    FlowLoader(CamelContext camel, Templates templates) {
        this(camel, templates, NumberedDestinations.NONE);
    }

    /** @param earlier takes over what earlier versions of the program left of a flow */
    FlowLoader(CamelContext camel, Templates templates, NumberedDestinations earlier) {
        this.camel = camel;
        this.earlier = earlier;
        this.templates = templates;
        this.settings = SettingValues.of(camel);
        this.made = new LoadTrace(camel);
        ParameterDecoding.install(camel);
        SettingSecrets.watch(camel);
    }

    /**
     * Loads the flows of a file.
     *
     * @param before  those that ran instead until now, with whether each did: unless the file says something else about
     *                it than it did then, a flow goes on as it was
     * @param running by the ids of those flows
     * @throws Exception if they cannot be loaded; nothing is left of them then
     */
    synchronized Loaded load(FlowVersion version, Loaded before, Map<String, Boolean> running) throws Exception {
        return RouteChanges.make(camel, () -> loadNow(version, before, running));
    }

    private Loaded loadNow(FlowVersion version, Loaded before, Map<String, Boolean> running) throws Exception {
        Set<String> routesBefore = routeIds();
        Map<String, String> autoStartup = new LinkedHashMap<>();
        Map<String, Collection<String>> called = new LinkedHashMap<>();
        templates.use(version.shared());
        templates.use(version.own());
        made.begin();
        try {
            for (RoutesBuilder each : parse(version)) {
                List<RouteDefinition> routes = check((RouteBuilder) each, routesBefore);
                for (RouteDefinition flow : routes) {
                    earlier.takeOver(flow.getId(), OwnKamelets.names(flow));
                    called.put(flow.getId(), OwnKamelets.routeIds(flow));
                    String wanted = String.valueOf(flow.getAutoStartup());
                    if (before != null && wanted.equals(before.autoStartup.get(flow.getId()))) {
                        flow.setAutoStartup(String.valueOf(running.getOrDefault(flow.getId(), true)));
                    }
                    autoStartup.put(flow.getId(), wanted);
                }
                camel.addRoutes(each);
            }
            if (autoStartup.isEmpty()) {
                throw new IllegalArgumentException("the file contains no route. Add one, beginning with - route:");
            }
            for (Map.Entry<String, Collection<String>> each : called.entrySet()) {
                earlier.forgetOthers(each.getKey(), each.getValue());
            }
            return new Loaded(version, autoStartup);
        } catch (Exception e) {
            undo();
            throw e;
        } finally {
            made.end();
        }
    }

    /**
     * Looks whether Camel can make sense of a file, without loading it.
     *
     * @param instead the flows whose place it would take; null for none
     * @throws Exception if it cannot
     */
    void tryParse(FlowVersion version, Loaded instead) throws Exception {
        Set<String> taken = routeIds();
        if (instead != null) {
            taken.removeAll(instead.flows());
        }
        for (RoutesBuilder each : parse(version)) {
            check((RouteBuilder) each, taken);
        }
    }

    private Iterable<RoutesBuilder> parse(FlowVersion version) throws Exception {
        Kamelets known = kamelets.of(version);
        check(settings.problems(YamlFile.of(version.path(), version.text()), known));
        String text = EncodedFlow.of(version.text(), new BeanParameters(known));
        Resource resource = ResourceHelper.fromString("file:" + version.path(), text);
        return PluginHelper.getRoutesLoader(camel).findRoutesBuilders(resource);
    }

    /** Camel would tell of a bean and its property, and not which setting has the value. */
    private static void check(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new SettingException(String.join("; ", problems));
        }
    }

    /** A second route of the same id would replace the first without a word. */
    private List<RouteDefinition> check(RouteBuilder builder, Set<String> taken) throws Exception {
        List<RouteDefinition> routes = builder.configureRoutes(camel).getRoutes();
        Set<String> ids = new HashSet<>();
        for (RouteDefinition each : routes) {
            if (each.getId() == null) {
                throw new IllegalArgumentException("a route has no id. Add id:");
            }
            if (taken.contains(each.getId()) || !ids.add(each.getId())) {
                throw new TakenException("another route has the id " + each.getId() + ". Choose another");
            }
            refuseDynamicKamelets(each);
            OwnKamelets.name(each);
        }
        return new ArrayList<>(routes);
    }

    /** Its route would be made while messages are in work, for whose end others wait who have what that needs. */
    private static void refuseDynamicKamelets(RouteDefinition flow) {
        for (ToDynamicDefinition each : ProcessorDefinitionHelper.filterTypeInOutputs(flow.getOutputs(),
                ToDynamicDefinition.class)) {
            if (each.getUri() != null && each.getUri().startsWith("kamelet:")) {
                throw new IllegalArgumentException(
                        "toD cannot call a template or another Kamelet. Write to instead; if there "
                                + "are several, one in each branch of a choice");
            }
        }
    }

    private Set<String> routeIds() {
        Set<String> ids = new HashSet<>();
        RouteModel.definitions(camel).forEach(each -> ids.add(each.getRouteId()));
        return ids;
    }

    /** Takes away what a failed load left behind: a Kamelet's endpoint that stays would never make its route again. */
    private void undo() throws Exception {
        KameletRoutes.remove(camel, made.routes()::contains);
        for (Endpoint each : made.endpoints()) {
            camel.removeEndpoint(each);
        }
    }

    /**
     * Makes a route that flows share, if there is none yet.
     *
     * @param endpoint by which they call it
     * @param kamelet  whose route it is
     * @param known    the Kamelets that it can call
     * @throws Exception if it cannot be made; nothing is left of it then
     */
    synchronized void share(String endpoint, String kamelet, Kamelets known) throws Exception {
        check(settings.problems(kamelet, known));
        made.begin();
        try {
            RouteModel.endpoint(camel, endpoint);
        } catch (Exception e) {
            undo();
            throw e;
        } finally {
            made.end();
        }
    }

    /**
     * Stops flows and waits until their requests under way have ended, at most for the shutdown timeout. What is not sent
     * by then stays where it is.
     */
    void drain(Loaded loaded) throws Exception {
        for (String flow : loaded.flows()) {
            camel.getRouteController().stopRoute(flow);
            for (DestinationStatus each : Outboxes.destinations(camel, flow)) {
                camel.getRouteController().stopRoute(each.flow() + OWN + "inbox");
            }
        }
    }

    /** Takes drained flows away. */
    synchronized void remove(Loaded loaded) throws Exception {
        List<String> flows = loaded.flows();
        KameletRoutes.remove(camel, id -> flows.stream().anyMatch(each -> id.equals(each) || id.startsWith(each + OWN)));
    }
}
