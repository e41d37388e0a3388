// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.parameter.DidYouMean;

/** Whether a flow fills the store in which another one looks records up, by the files of all flows. */
public final class LookupFlows {

    static final String LOOKUP = "lookup-store-action";

    /** The rule about a store that no flow fills: inputs wait until there is one. */
    private static final String RULE = "lookup-store-missing";
    private static final String SINK = "lookup-store-sink";
    private static final String STORE = "store";

    private final Set<String> filled;
    private final boolean isSure;

    /** @param files all files of flows */
    public LookupFlows(Collection<YamlFile> files) {
        List<Argument> stores = files.stream().flatMap(each -> stores(each, SINK)).toList();
        this.filled = stores.stream().map(each -> each.plain().strip()).collect(Collectors.toCollection(TreeSet::new));
        this.isSure = stores.stream().allMatch(Argument::isLiteral);
    }

    private static Stream<Argument> stores(YamlFile file, String kamelet) {
        return EndpointCall.in(file.root()).stream().filter(each -> each.kamelet().filter(kamelet::equals).isPresent())
                .flatMap(each -> each.argument(STORE).stream()).filter(Argument::text);
    }

    /** @return what is wrong in one of the files */
    public List<Finding> check(YamlFile file) {
        Report report = new Report(file.path());
        stores(file, LOOKUP).filter(each -> isSure && each.isLiteral() && !filled.contains(each.plain().strip()))
                .forEach(each -> report.tell(each.line(), RULE, "no flow writes to the store "
                        + each.plain().strip() + DidYouMean.suggestion(each.plain().strip(), filled, ".")
                        + " Records wait until the store exists"));
        return report.findings();
    }
}
