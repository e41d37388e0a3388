package dev.gtmroutes.lint;

/** Camel cuts a value off at {@code &} without a word and takes the rest for other parameters. */
final class CutValues implements CallRule {

    @Override
    public void check(EndpointCall call, KameletDefinition kamelet, Report report) {
        for (Argument each : call.arguments()) {
            if (!each.inQuery() && !each.isRaw() && each.value().contains("&")) {
                report.tell(each.line(), "cut-value",
                        each.name() + ": Camel cuts the value off at its first &: write RAW(...) around the value");
            }
        }
    }
}
