package dev.gtmroutes.lint.flow;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.yaml.Report;

/** Settings of a call have an effect together. */
final class EffectiveSettings implements CallRule {

    @Override
    public void check(EndpointCall call, KameletDefinition kamelet, Report report) {
        Map<String, String> given = new LinkedHashMap<>();
        call.arguments().stream().filter(Argument::text).forEach(each -> given.put(each.name(), each.plain()));
        for (SettingChecks.Problem each : SettingChecks.together(kamelet, given)) {
            report.tell(call.argument(each.parameter()).map(Argument::line).orElse(call.line()), "no-effect",
                    each.message());
        }
    }
}
