// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.List;
import java.util.Optional;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;
import dev.gtmroutes.parameter.DidYouMean;

/** Checks every call of a Kamelet in a tree: that there is such a Kamelet, and the rules for calls. */
public final class KameletCalls {

    private final Kamelets known;
    private final List<CallRule> rules;

    public KameletCalls(Kamelets known, List<CallRule> rules) {
        this.known = known;
        this.rules = rules;
    }

    public void check(YamlNode tree, Report report) {
        for (EndpointCall call : EndpointCall.in(tree)) {
            call.kamelet().ifPresent(name -> check(call, name, report));
        }
    }

    private void check(EndpointCall call, String name, Report report) {
        Optional<KameletDefinition> kamelet = known.find(name);
        if (kamelet.isEmpty()) {
            report.tell(call.line(), "unknown-kamelet", "unknown Kamelet " + name
                    + DidYouMean.suggestion(name, known.names(), ". The folder kamelets/ contains the names"));
        } else if (!kamelet.get().root().exists()) {
            report.tell(call.line(), "unknown-kamelet", "Kamelet " + name + " cannot be read. Correct its file "
                    + kamelet.get().path() + " first");
        } else {
            rules.forEach(each -> each.check(call, kamelet.get(), report));
        }
    }
}
