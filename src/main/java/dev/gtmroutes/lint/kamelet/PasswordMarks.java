// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import dev.gtmroutes.lint.yaml.Report;

/** Forms hide what is marked as a password; Camel hides what has the name of one. A secret needs both. */
public final class PasswordMarks implements KameletRule {

    private static final String RULE = "password-mark";
    private static final String CREDENTIALS = "urn:camel:group:credentials";

    @Override
    public void check(KameletDefinition kamelet, Report report) {
        for (Parameter each : kamelet.parameters()) {
            boolean described = each.schema().get("x-descriptors").items().stream()
                    .anyMatch(item -> item.text().equals(CREDENTIALS));
            boolean webhook = isWebhook(each);
            boolean secret = each.isMaskedByCamel() || webhook;
            if (secret && !each.isPassword()) {
                report.tell(each.line(), RULE, "parameter " + each.name() + (webhook ? " can contain a secret in its query"
                        : " has a name of a secret") + ". Add format: password, and x-descriptors with " + CREDENTIALS);
            } else if (each.isPassword() && !described) {
                report.tell(each.line(), RULE, "parameter " + each.name() + " is a password. Add x-descriptors with "
                        + CREDENTIALS);
            } else if (described && !each.isPassword()) {
                report.tell(each.line(), RULE, "parameter " + each.name()
                        + " is one of the credentials. Add format: password");
            } else if (each.isPassword() && !secret) {
                report.tell(each.line(), "password-name", "parameter " + each.name() + " is a password, but Camel masks "
                        + "parameters by name and would log it. Use a name that Camel masks, such as apiKey or accessToken");
            }
        }
    }

    /** The URL of a webhook may carry a secret in its query, but it is not one, and has the name of none. */
    public static boolean isWebhook(Parameter parameter) {
        return parameter.name().equals("responseWebhook");
    }
}
