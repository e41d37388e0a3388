// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.gtmroutes.lint.kamelet.BeanParameters;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.CanonicalYaml;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlFile;

/** Checks files of flows: their form, and how they call Kamelets. */
public final class FlowLint {

    private static final Set<String> ABOUT_BATCHES = Set.of("batchSize", "maxBatchBytes", "groupBy", "batchTimeout");

    private final Kamelets known;
    private final Settings settings;
    private final SampleFiles samples;

    /**
     * @param known    the Kamelets that a flow can call
     * @param settings those that a flow can name in double braces
     * @param samples  records as the flow gets them
     */
    public FlowLint(Kamelets known, Settings settings, SampleFiles samples) {
        this.known = known;
        this.settings = settings;
        this.samples = samples;
    }

    private KameletCalls calls(YamlFile flows) {
        return new KameletCalls(known, List.of(new KnownParameters(), new RequiredParameters(settings),
                new ValueTypes(), new CutValues(new BeanParameters(known)), FlowLint::effectiveSettings,
                FlowLint::batchingOff, new IrreversibleCalls(), new RecordVariables(settings, samples.with(added(flows)))));
    }

    /** The attributes that lookups add to the records of a flow. */
    private static Set<String> added(YamlFile flows) {
        return EndpointCall.in(flows.root()).stream()
                .filter(each -> each.kamelet().filter(LookupFlows.LOOKUP::equals).isPresent())
                .flatMap(each -> each.argument("as").stream()).map(Argument::plain).collect(Collectors.toSet());
    }

    public List<Finding> check(YamlFile flows) {
        Report report = new Report(flows.path());
        if (flows.root().exists()) {
            new FlowRoutes().check(flows.root(), report);
            new CanonicalYaml().check(flows.root(), report);
            calls(flows).check(flows.root(), report);
            new FlowLinks(known).check(flows.root(), report);
            for (EndpointCall each : EndpointCall.in(flows.root())) {
                new SecretLiterals().check(each, each.kamelet().flatMap(known::find).orElse(null), report);
            }
        }
        List<Finding> all = new ArrayList<>(flows.problems());
        all.addAll(report.findings());
        all.sort(Finding.IN_ORDER);
        return List.copyOf(all);
    }

    /** Settings of a call have an effect together. */
    private static void effectiveSettings(EndpointCall call, KameletDefinition kamelet, Report report) {
        Map<String, String> given = new LinkedHashMap<>();
        call.arguments().stream().filter(Argument::text).forEach(each -> given.put(each.name(), each.plain()));
        for (SettingChecks.Problem each : SettingChecks.together(kamelet, given)) {
            report.tell(call.argument(each.parameter()).map(Argument::line).orElse(call.line()), "no-effect",
                    each.message());
        }
    }

    /** Where batching is a choice, what is said about batches means nothing until it is switched on. */
    private static void batchingOff(EndpointCall call, KameletDefinition kamelet, Report report) {
        boolean off = kamelet.parameter("batch").filter(each -> !"true".equals(each.defaultValue())).isPresent()
                && call.argument("batch").isEmpty();
        call.arguments().stream().filter(each -> off && ABOUT_BATCHES.contains(each.name())).findFirst()
                .ifPresent(each -> report.tell(each.line(), "batch-off", each.name() + " has no effect while "
                        + kamelet.name()
                        + " sends one record per request. Add batch: true, or remove it"));
    }
}
