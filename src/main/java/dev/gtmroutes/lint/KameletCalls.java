package dev.gtmroutes.lint;

import java.util.List;
import java.util.Optional;

/** Checks every call of a Kamelet in a tree: that there is such a Kamelet, and the rules for calls. */
final class KameletCalls {

    private final Kamelets known;
    private final List<CallRule> rules;

    KameletCalls(Kamelets known, List<CallRule> rules) {
        this.known = known;
        this.rules = rules;
    }

    void check(YamlNode tree, Report report) {
        for (EndpointCall call : EndpointCall.in(tree)) {
            call.kamelet().ifPresent(name -> check(call, name, report));
        }
    }

    private void check(EndpointCall call, String name, Report report) {
        Optional<KameletDefinition> kamelet = known.find(name);
        if (kamelet.isEmpty()) {
            report.tell(call.line(), "unknown-kamelet", "there is no Kamelet " + name
                    + Nearest.suggestion(name, known.names(), ": look at the names under kamelets/"));
        } else if (!kamelet.get().root().exists()) {
            report.tell(call.line(), "unknown-kamelet", "Kamelet " + name + " cannot be read: mend its file "
                    + kamelet.get().path() + " first");
        } else {
            rules.forEach(each -> each.check(call, kamelet.get(), report));
        }
    }
}
