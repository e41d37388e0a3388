// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;
import dev.gtmroutes.lint.kamelet.PasswordMarks;
import dev.gtmroutes.lint.yaml.Placeholder;
import dev.gtmroutes.lint.yaml.Report;
import org.apache.camel.util.SensitiveUtils;

/** Files of flows are copied, shown and kept in version control: no secret may stand in them. */
final class SecretLiterals {

    private static final Pattern SECRET_NAME = Pattern
            .compile(".*(password|passphrase|passcode|secret|token|key|credential|jaasconfig|signature)$");
    private static final Pattern CREDENTIAL_HEADER = Pattern
            .compile("(proxy-?)?authori[sz]ation|authentication|cookie|(x-)?(api-?key|auth-?token|access-?token)");
    private static final Pattern SCHEME_AND_TOKEN = Pattern.compile("(?i)(bearer|basic|token|accesstoken:)\\s+\\S.*");
    private static final Pattern TOKEN = Pattern.compile("(?=.*\\d)(?=.*[A-Za-z])[\\w.~+/=-]{16,}");
    private static final Pattern QUERY_PAIR = Pattern.compile("[?&]([^=&#]+)=([^&#]*)");
    private static final Pattern USER_INFO = Pattern.compile("^\\w+://[^/@?]+:[^/@?]+@.*");

    /** @param kamelet that is called; null where it is unknown, or the endpoint is none */
    void check(EndpointCall call, KameletDefinition kamelet, Report report) {
        if (USER_INFO.matcher(call.uri()).matches() && isLiteral(call.uri())) {
            tell(call.line(), "the password in the URI", report);
        }
        for (Argument each : call.arguments()) {
            Parameter parameter = kamelet == null ? null : kamelet.parameter(each.name()).orElse(null);
            if (each.name().equals("requestHeaders")) {
                headers(each, report);
            } else if (isUrl(each)) {
                url(each, report);
            } else if (isLiteral(each.plain()) && (isSecretName(each.name()) || parameter != null
                    && parameter.isPassword() && !PasswordMarks.isWebhook(parameter))) {
                tell(each.line(), each.name(), report);
            }
        }
    }

    private static boolean isUrl(Argument argument) {
        return argument.plain().matches("(?s)\\w+://.*");
    }

    private static void url(Argument argument, Report report) {
        if (USER_INFO.matcher(argument.plain()).matches() && isLiteral(argument.plain())) {
            tell(argument.line(), "the password in the URL of " + argument.name(), report);
        }
        Matcher pair = QUERY_PAIR.matcher(argument.plain());
        while (pair.find()) {
            if (isLiteral(pair.group(2)) && (isSecretName(pair.group(1)) || pair.group(1).matches("(?i)key|sig"))) {
                tell(argument.line(), pair.group(1) + " in the URL of " + argument.name(), report);
            }
        }
    }

    /** Headers are written name1:value1,name2:value2, with \, for a comma in a value. */
    private static void headers(Argument argument, Report report) {
        for (String each : argument.plain().split("(?<!\\\\),")) {
            int colon = each.indexOf(':');
            String name = colon < 0 ? "" : each.substring(0, colon).strip();
            String value = each.substring(colon + 1).strip();
            boolean credential = CREDENTIAL_HEADER.matcher(name.toLowerCase(Locale.ROOT)).matches();
            boolean token = SCHEME_AND_TOKEN.matcher(value).matches()
                    || isSecretName(name) && TOKEN.matcher(value).matches();
            if (isLiteral(value) && (credential || token)) {
                tell(argument.line(), "the header " + name, report);
            }
        }
    }

    private static void tell(int line, String what, Report report) {
        report.tell(line, "secret", what + " contains a secret as plain text. Write {{my.setting}}, and set the secret as "
                + "the environment variable MY_SETTING");
    }

    /** Camel masks a few names that are no secrets by themselves, such as user and realm. */
    private static boolean isSecretName(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return SECRET_NAME.matcher(letters).matches()
                && (SensitiveUtils.containsSensitive(letters) || letters.matches(".*(apikey|token|secret|password)"));
    }

    /** A default in a placeholder is written out as well. */
    private static boolean isLiteral(String value) {
        return !value.isBlank() && (!Placeholder.anyIn(value) || Placeholder.in(value).stream()
                .anyMatch(each -> each.defaultValue() != null && !each.defaultValue().isBlank()));
    }
}
