// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The Kamelet of a vendor API: it knows the address, adds the credential, and lets nothing of it out again. */
final class ApiKamelet {

    private static final Map<String, String> TITLES = Map.of("api-key", "API Key", "access-token", "Access Token",
            "client-id", "Client ID", "client-secret", "Client Secret", "refresh-token", "Refresh Token");

    private final VendorEntry vendor;
    private final ApiEntry api;
    private final String firstLine;

    ApiKamelet(VendorEntry vendor, ApiEntry api, String firstLine) {
        this.vendor = vendor;
        this.api = api;
        this.firstLine = firstLine;
    }

    GeneratedKamelet kamelet() {
        return new GeneratedKamelet(name() + "-api-action", Skeleton.named("api.kamelet.txt").fill(values(), words()));
    }

    private String name() {
        return api.isShared() ? vendor.name() + "-" + api.suffix() : vendor.name();
    }

    private Set<String> words() {
        Set<String> words = new HashSet<>();
        words.add(api.isShared() ? "read" : "own");
        if (!api.tokenUrl().isEmpty()) {
            words.add("tokens");
        }
        if (api.secrets().containsKey("refresh-token")) {
            words.add("refresh");
        }
        if (!api.costHeader().isEmpty()) {
            words.add("costs");
        }
        return words;
    }

    private Map<String, String> values() {
        boolean points = !api.costHeader().isEmpty();
        Map<String, String> values = vendor.values(firstLine);
        values.put("api", name());
        values.put("apiTitle",
                YamlText.title((api.isShared() ? vendor.title() + " " + api.title() : vendor.title()) + " API Action"));
        values.put("connectionTest", YamlText.quoted(api.connectionTest()));
        values.put("sharing", "# " + (api.isShared()
                ? "All flows with the same route id in kamelet:" + name()
                        + "-api-action/<route id> share it: one token, one rate limit."
                : "The route id in kamelet:" + name()
                        + "-api-action/<route id> is the credential: all flows that use it share it."));
        values.put("description", YamlText.wrapped(description()));
        values.put("secrets", api.secrets().entrySet().stream().map(each -> secret(each.getKey(), each.getValue()))
                .collect(Collectors.joining()));
        values.put("given",
                api.secrets().keySet().stream().map(each -> parameter(each) + ": \"{{" + parameter(each) + "}}\"")
                        .collect(Collectors.joining("\n")));
        values.put("header", api.isShared() ? YamlText.scalar(api.header()) : setting("credential-header", api.header()));
        values.put("prefix", api.isShared() ? YamlText.scalar(api.prefix()) : setting("credential-prefix", api.prefix()));
        values.put("baseUrl", setting(api.isShared() ? api.suffix() + "-url" : "base-url", api.baseUrl()));
        values.put("tokenUrl", setting("token-url", api.tokenUrl()));
        values.put("points", points ? "points" : "requests");
        values.put("exampleLimit", points ? "600/1m" : "5/1s");
        values.put("rateLimit", setting("rate-limit", api.rateLimit()));
        values.put("outcomes", setting("outcomes", api.outcomes()));
        values.put("failureWhen", setting("failure-when", api.failureWhen()));
        values.put("costHeader", YamlText.scalar(api.costHeader()));
        values.put("remainingHeader", YamlText.scalar(api.remainingHeader()));
        values.put("credentialBean", api.isShared() ? "token" : "credential");
        values.put("credentialId", api.isShared() ? vendor.name() + "-{{credential}}" : "{{routeId}}");
        return values;
    }

    private String description() {
        String first = api.secrets().keySet().iterator().next();
        if (api.isShared()) {
            return "Sends one HTTP request to the " + api.title().toLowerCase(Locale.ROOT) + " API of " + vendor.title()
                    + ". The message contains method, URL and body; this Kamelet adds the base URL and the credential. Its "
                    + "caller may read the body of a 2xx response of any length. The settings of a named credential have "
                    + "the name in them: " + vendor.name() + ".<name>." + first + ".";
        }
        return "Sends one HTTP request to " + vendor.title() + ". The message contains method, URL and body; this Kamelet "
                + "adds the base URL and the credential. The route id " + vendor.name() + "-<name> names the credential. "
                + "The settings of a named credential have the name in them: " + vendor.name() + ".<name>." + first + ".";
    }

    private String setting(String name, String otherwise) {
        return YamlText.quoted("{{" + vendor.name() + "." + name + ":" + otherwise + "}}");
    }

    private String secret(String setting, String text) {
        return """
                %s:
                  title: %s
                  description: %s
                  type: string
                  format: password
                  x-descriptors:
                    - urn:camel:group:credentials
                  default: ""
                """.formatted(parameter(setting), TITLES.get(setting),
                YamlText.quoted(text + " Default: the setting " + vendor.name() + "." + setting + "."));
    }

    /** api-key is apiKey as a parameter. */
    private static String parameter(String setting) {
        StringBuilder name = new StringBuilder();
        for (String each : setting.split("-")) {
            name.append(name.isEmpty() ? each : Character.toUpperCase(each.charAt(0)) + each.substring(1));
        }
        return name.toString();
    }
}
