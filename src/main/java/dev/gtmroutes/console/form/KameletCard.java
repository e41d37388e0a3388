// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.util.regex.Pattern;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.yaml.YamlNode;

/**
 * A source or template as a card that a person chooses.
 *
 * @param kamelet  what it is about
 * @param isChosen whether the form has it
 */
public record KameletCard(KameletDefinition kamelet, boolean isChosen) {

    /** The request in a description, which the card shows by itself. */
    private static final Pattern REQUEST = Pattern.compile("\\s*\\([A-Z]+ /[^)]*\\)");
    private static final Pattern METHOD = Pattern.compile("[A-Z]+");

    public String name() {
        return kamelet.fileName();
    }

    /** Of the element in the page. */
    public String id() {
        return "card-" + name();
    }

    public String title() {
        return KameletMenu.title(kamelet);
    }

    public String vendor() {
        return KameletMenu.vendor(kamelet);
    }

    /** Method and path of its requests, such as {@code PUT /activities/call}; empty for what the flow itself decides. */
    public String request() {
        YamlNode call = kamelet.template().get("from").get("steps").items().stream()
                .map(each -> each.get("to").get("parameters")).filter(each -> each.get("method").exists()).findFirst()
                .orElse(kamelet.template());
        String method = call.get("method").text();
        String path = call.get("path").text().replaceFirst("^RAW\\((.*)\\)$", "$1");
        return METHOD.matcher(method).matches() && path.startsWith("/") ? method + " " + path : "";
    }

    /** What it does. */
    public String effect() {
        String text = kamelet.description().strip().replaceAll("\\s+", " ");
        return request().isEmpty() ? text : REQUEST.matcher(text).replaceFirst("");
    }

    /** Whether one request may carry several records. */
    public boolean isBatch() {
        return kamelet.parameter("batchSize").isPresent();
    }

    /** Whether a record of unknown outcome is held rather than sent twice, unless the flow says otherwise. */
    public boolean isOnceOnly() {
        return kamelet.parameter("onceOnly").map(Parameter::defaultValue).filter("true"::equals).isPresent();
    }

    public boolean isIrreversible() {
        return kamelet.isIrreversible();
    }

    /** Whether the flow itself says which request is sent. */
    public boolean isManual() {
        return KameletMenu.isManual(kamelet);
    }
}
