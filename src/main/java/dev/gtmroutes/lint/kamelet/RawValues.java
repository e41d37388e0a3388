package dev.gtmroutes.lint.kamelet;

import dev.gtmroutes.lint.flow.Argument;
import dev.gtmroutes.lint.flow.EndpointCall;
import dev.gtmroutes.lint.yaml.Placeholder;
import dev.gtmroutes.lint.yaml.Report;

/** A Kamelet hands a user's text on unharmed: Camel would cut it off at its first {@code &}. */
final class RawValues implements KameletRule {

    @Override
    public void check(KameletDefinition kamelet, Report report) {
        for (EndpointCall call : EndpointCall.in(kamelet.template())) {
            if (call.kamelet().isPresent()) {
                call.arguments().stream().filter(each -> !each.isRaw()).forEach(each -> check(each, kamelet, report));
            }
        }
    }

    private static void check(Argument argument, KameletDefinition kamelet, Report report) {
        for (Placeholder each : Placeholder.in(argument.value())) {
            boolean freeText = kamelet.parameter(each.name()).filter(Parameter::isFreeText).isPresent();
            if (freeText && !namesCredentialInPath(argument.value(), each.name())) {
                report.tell(argument.line(), "raw", "{{" + each.name() + "}} can be any text, and Camel cuts it off at an "
                        + "&. Write " + argument.name() + ": \"RAW(" + argument.value() + ")\"");
            }
        }
    }

    /** The credential is part of the route id in an endpoint that is handed on, where RAW means nothing. */
    private static boolean namesCredentialInPath(String value, String name) {
        return name.equals("credential") && value.matches("[a-z][\\w+.-]*:[^?]*\\{\\{" + name + "}}.*");
    }
}
