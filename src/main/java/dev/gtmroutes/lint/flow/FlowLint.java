package dev.gtmroutes.lint.flow;

import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.lint.kamelet.BeanParameters;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.CanonicalYaml;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlFile;

/** Checks files of flows: their form, and how they call Kamelets. */
public final class FlowLint {

    private final Kamelets known;
    private final KameletCalls calls;

    /**
     * @param known    the Kamelets that a flow can call
     * @param settings those that a flow can name in double braces
     * @param samples  records as the flow gets them
     */
    public FlowLint(Kamelets known, Settings settings, SampleFiles samples) {
        this.known = known;
        this.calls = new KameletCalls(known, List.of(new KnownParameters(), new RequiredParameters(settings),
                new ValueTypes(), new CutValues(new BeanParameters(known)), new EffectiveSettings(),
                new BatchingOff(), new IrreversibleCalls(), new RecordVariables(settings, samples)));
    }

    public List<Finding> check(YamlFile flows) {
        Report report = new Report(flows.path());
        if (flows.root().exists()) {
            new FlowRoutes().check(flows.root(), report);
            new CanonicalYaml().check(flows.root(), report);
            calls.check(flows.root(), report);
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
}
