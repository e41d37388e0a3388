package dev.gtmroutes.lint.kamelet;

import dev.gtmroutes.lint.flow.EndpointCall;
import dev.gtmroutes.lint.yaml.Report;

/** A template only says what is sent; how it gets there is the delivery's. So it is about 60 lines long. */
final class TemplateLength implements KameletRule {

    private static final int MOST_LINES = 75;

    @Override
    public void check(KameletDefinition kamelet, Report report) {
        long lines = kamelet.file().linesOfContent();
        boolean template = EndpointCall.in(kamelet.template()).stream()
                .anyMatch(each -> each.kamelet().filter("http-delivery-sink"::equals).isPresent());
        if (template && lines > MOST_LINES) {
            report.tell(1, "length", lines + " lines; a template has at most " + MOST_LINES
                    + " lines. Leave the common parts to http-delivery-sink");
        }
    }
}
