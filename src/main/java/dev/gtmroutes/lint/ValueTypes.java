package dev.gtmroutes.lint;

/** A value is of the type, in the range and among the choices of its parameter. */
final class ValueTypes implements CallRule {

    @Override
    public void check(EndpointCall call, KameletDefinition kamelet, Report report) {
        for (Argument each : call.arguments()) {
            kamelet.parameter(each.name()).filter(parameter -> !parameter.isPassword())
                    .flatMap(parameter -> parameter.refuses(each.plain()))
                    .ifPresent(why -> report.tell(each.line(), "value", why));
        }
    }
}
