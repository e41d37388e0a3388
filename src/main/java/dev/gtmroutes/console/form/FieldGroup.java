// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import java.util.Set;

/** The panel of the form that shows a parameter of a template. They are the delivery's parameters, of whatever vendor. */
enum FieldGroup {
    /** What becomes of the attributes of a record, besides the mapping. */
    ATTRIBUTES,
    /** What is sent; whatever only one template has is here. */
    REQUEST,
    /** Which records go together, and in which order. */
    BATCHING,
    /** What the program makes of responses. */
    RESPONSES,
    /** What is rarely looked at. */
    MORE;

    private static final Set<String> OF_ATTRIBUTES = Set.of("mapOthers", "excludeAttributes");
    private static final Set<String> IN_BATCHING = Set.of("batch", "batchSize", "maxBatchBytes", "batchTimeout", "groupBy",
            "orderBy");
    private static final Set<String> IN_RESPONSES = Set.of("retryFor", "maxInFlight", "onceOnly", "failureWhen",
            "itemResults", "responseWebhook", "responseFlow", "recordKey");
    /** Shown also where nothing is typed. */
    private static final Set<String> FIRST = Set.of("mapOthers", "excludeAttributes", "method", "body", "batch",
            "batchSize", "batchTimeout", "groupBy", "orderBy", "retryFor", "maxInFlight", "responseWebhook",
            "responseFlow");

    static FieldGroup of(FormField field) {
        String name = field.parameter().name();
        if (!field.isPlain() && !FIRST.contains(name)) {
            return MORE;
        }
        return OF_ATTRIBUTES.contains(name) ? ATTRIBUTES : IN_BATCHING.contains(name) ? BATCHING
                : IN_RESPONSES.contains(name) ? RESPONSES : REQUEST;
    }
}
