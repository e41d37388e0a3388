// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.api.OutcomePolicy;
import dev.gtmroutes.credential.ApiAddress;
import dev.gtmroutes.credential.RateLimit;

/** Reads what a catalogue file says about a vendor's API. */
final class ApiReader {

    /** The settings that can make up a credential, in the order in which forms show them. */
    private static final List<String> SECRETS = List.of("api-key", "access-token", "client-id", "client-secret",
            "refresh-token");
    private static final List<String> CREDENTIAL = with(List.of("header", "prefix"), SECRETS);
    private static final List<String> SHARED = List.of("name", "title", "baseUrl", "connectionTest", "credential");
    private static final List<String> KEYS = List.of("baseUrl", "connectionTest", "credential", "rateLimit", "costHeader",
            "remainingHeader", "outcomes", "failureWhen");
    private static final String HEADER = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    private static final String HEADER_ALLOWED = "the name of an HTTP header, such as Authorization";

    private static List<String> with(List<String> some, List<String> others) {
        List<String> all = new ArrayList<>(some);
        all.addAll(others);
        all.add("tokenUrl");
        return List.copyOf(all);
    }

    /** The vendor's own API. */
    ApiEntry read(Section all) throws CatalogueException {
        Section api = all.section("api", KEYS);
        Section credential = api.section("credential", CREDENTIAL);
        Map<String, String> secrets = secrets(credential);
        boolean fetched = secrets.containsKey("client-id");
        if (fetched != credential.has("tokenUrl")) {
            throw credential.wrong(fetched ? "client-id needs a tokenUrl, from which access tokens are fetched"
                    : "tokenUrl has no effect without client-id and client-secret");
        }
        ApiEntry entry = new ApiEntry("", "", url(api, "baseUrl"), test(api), header(credential, "header"),
                prefix(credential), secrets, fetched ? url(credential, "tokenUrl") : "", rate(api),
                api.has("costHeader") ? header(api, "costHeader") : "",
                api.has("remainingHeader") ? header(api, "remainingHeader") : "", outcomes(api), failureWhen(api));
        if (entry.costHeader().isEmpty() != entry.remainingHeader().isEmpty()) {
            throw api.wrong("costHeader and remainingHeader belong together: give both or none");
        }
        return entry;
    }

    /** One that shares the vendor's credentials, tokens, rate limit and meaning of responses. */
    ApiEntry readShared(Section all, ApiEntry own) throws CatalogueException {
        Section api = all.section("readApi", SHARED);
        Section credential = api.section("credential", CREDENTIAL.subList(0, CREDENTIAL.size() - 1));
        Map<String, String> secrets = secrets(credential);
        if (!own.secrets().keySet().containsAll(secrets.keySet())) {
            throw credential.wrong("it shares the settings of api. Allowed: "
                    + String.join(", ", own.secrets().keySet()));
        }
        return new ApiEntry(api.matching("name", CatalogueReader.nameForm(), CatalogueReader.nameAllowed()),
                api.matching("title", CatalogueReader.titleForm(), CatalogueReader.titleAllowed()), url(api, "baseUrl"),
                test(api), header(credential, "header"), prefix(credential), secrets,
                secrets.containsKey("client-id") ? own.tokenUrl() : "", own.rateLimit(), "", "", "", "");
    }

    private Map<String, String> secrets(Section credential) throws CatalogueException {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String each : SECRETS) {
            if (credential.has(each)) {
                String text = credential.required(each);
                secrets.put(each, text.endsWith(".") ? text : text + ".");
            }
        }
        if (!secrets.containsKey("api-key") && !secrets.containsKey("access-token") && !secrets.containsKey("client-id")) {
            throw credential.wrong("it has no secret. Add one or more of " + String.join(", ", SECRETS)
                    + ", each with a description");
        }
        if (secrets.containsKey("client-id") != secrets.containsKey("client-secret")
                || secrets.containsKey("refresh-token") && !secrets.containsKey("client-id")) {
            throw credential.wrong("client-id and client-secret belong together, and refresh-token needs both");
        }
        return secrets;
    }

    private static String header(Section section, String key) throws CatalogueException {
        return section.matching(key, HEADER, HEADER_ALLOWED);
    }

    private static String prefix(Section credential) throws CatalogueException {
        String prefix = credential.text("prefix", "none");
        if (!prefix.matches("[!-~ ]*") || prefix.contains("{") || prefix.contains("}")) {
            throw credential.wrong("prefix", "is '" + prefix + "'. Allowed: a word such as Bearer, or none");
        }
        return prefix.equals("none") ? "" : prefix;
    }

    private static String test(Section api) throws CatalogueException {
        String path = api.matching("connectionTest", "/[!-~]*",
                "the path of a small GET request that changes nothing, beginning with /");
        api.plain("connectionTest", path);
        return path;
    }

    private String url(Section section, String key) throws CatalogueException {
        String url = section.matching(key, "https?://[^\\s{}?#]+", "an absolute URL such as https://api.example.com/v1, "
                + "without a query");
        ApiAddress address = new ApiAddress();
        address.setBaseUrl(url);
        try {
            address.check();
        } catch (IllegalArgumentException e) {
            throw section.wrong(key, "cannot be used: " + e.getMessage());
        }
        return url;
    }

    private static String rate(Section api) throws CatalogueException {
        String rate = api.text("rateLimit", "none");
        try {
            RateLimit.parse(rate);
        } catch (IllegalArgumentException e) {
            throw api.wrong("rateLimit", "cannot be used: " + e.getMessage());
        }
        return rate;
    }

    private static String outcomes(Section api) throws CatalogueException {
        String outcomes = api.text("outcomes", "");
        try {
            OutcomePolicy.parse(outcomes);
        } catch (IllegalArgumentException e) {
            throw api.wrong("outcomes", "cannot be used: " + e.getMessage());
        }
        return withoutBraces(api, "outcomes", outcomes);
    }

    private static String failureWhen(Section api) throws CatalogueException {
        String pointer = api.text("failureWhen", "");
        if (!pointer.isEmpty() && !pointer.startsWith("/")) {
            throw api.wrong("failureWhen", "is '" + pointer + "'. Allowed: a JSON pointer, such as /errors");
        }
        return withoutBraces(api, "failureWhen", pointer);
    }

    private static String withoutBraces(Section api, String key, String text) throws CatalogueException {
        if (text.contains("{{") || text.contains("}}")) {
            throw api.wrong(key, "has two braces together, which Camel reads as a setting: remove them");
        }
        return text;
    }
}
