package dev.gtmroutes.lint.kamelet;

import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.lint.flow.CallRule;
import dev.gtmroutes.lint.flow.CutValues;
import dev.gtmroutes.lint.flow.KameletCalls;
import dev.gtmroutes.lint.flow.KnownParameters;
import dev.gtmroutes.lint.flow.RequiredParameters;
import dev.gtmroutes.lint.flow.Settings;
import dev.gtmroutes.lint.flow.ValueTypes;
import dev.gtmroutes.lint.yaml.CanonicalYaml;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.Report;

/** Checks the file of a Kamelet, by the rules of Camel's own catalogue and of this project. */
public final class KameletLint {

    private static final List<KameletRule> RULES = List.of(new Identity(), new SectionOrder(), new TitlesRule(),
            new CatalogueForm(), new ParameterSchemas(), new ParameterUse(), new PasswordMarks(), new Dependencies(),
            new RawValues(), new TemplateLength(), new NestedSteps(), new VendorApiParts(),
            (kamelet, report) -> new CanonicalYaml().check(kamelet.template(), report));

    private static final List<CallRule> CALL_RULES = List.of(new KnownParameters(),
            new RequiredParameters(Settings.UNKNOWN), new ValueTypes(), new CutValues(null));

    private KameletLint() {
    }

    /** Checks what is in the file itself. */
    public static List<Finding> check(KameletDefinition kamelet) {
        Report report = new Report(kamelet.path());
        if (kamelet.root().exists()) {
            RULES.forEach(each -> each.check(kamelet, report));
        }
        return with(kamelet.file().problems(), report);
    }

    /** Checks the file, and how it calls other Kamelets. */
    public static List<Finding> check(KameletDefinition kamelet, Kamelets known) {
        Report report = new Report(kamelet.path());
        new KameletCalls(known, CALL_RULES).check(kamelet.template(), report);
        return with(check(kamelet), report);
    }

    private static List<Finding> with(List<Finding> others, Report report) {
        List<Finding> all = new ArrayList<>(others);
        all.addAll(report.findings());
        all.sort(Finding.IN_ORDER);
        return List.copyOf(all);
    }
}
