package dev.gtmroutes.console;

import java.util.HashSet;
import java.util.Set;

import dev.gtmroutes.delivery.Preview;
import dev.gtmroutes.lint.KameletDefinition;
import dev.gtmroutes.lint.Kamelets;
import dev.gtmroutes.lint.Outline;

/** Which templates can be run for a preview: those of which all that has an effect leaves it out then. */
final class PreviewedTemplates {

    private static final String DELIVERY = "http-delivery-sink";

    private final Kamelets known;

    PreviewedTemplates(Kamelets known) {
        this.known = known;
    }

    /** Whether it ends in the delivery, and calls nothing else but Kamelets that know of previews. */
    boolean has(KameletDefinition template) {
        Set<String> called = new HashSet<>();
        collect(template.fileName(), called);
        called.remove(template.fileName());
        return Outline.callsOnlyKamelets(template) && called.remove(DELIVERY)
                && called.stream().allMatch(this::knowsPreviews);
    }

    private boolean knowsPreviews(String kamelet) {
        return known.find(kamelet).map(each -> each.file().text())
                .filter(each -> each.contains(Preview.PROPERTY) || each.contains("kafka.TopicSender")).isPresent();
    }

    private void collect(String kamelet, Set<String> called) {
        if (called.add(kamelet)) {
            known.find(kamelet).ifPresent(each -> Outline.of(each).calls().forEach(call -> collect(call, called)));
        }
    }
}
