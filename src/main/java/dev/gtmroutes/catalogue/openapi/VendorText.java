// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.catalogue.YamlText;

/** The first part of the catalogue file of a vendor that has none: title, API and credential, as the document says. */
final class VendorText {

    private static final List<String> TESTS = List.of("/me", "/users/me", "/user", "/account", "/whoami", "/ping",
            "/status");
    private static final String HEADER = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    private final OpenApiDocument document;
    private final String vendor;
    private final List<String> notes = new ArrayList<>();

    VendorText(OpenApiDocument document, String vendor) {
        this.document = document;
        this.vendor = vendor;
    }

    /** @throws ImportException if the document does not say what a catalogue file needs */
    String text(String baseUrl) throws ImportException {
        if (baseUrl.isEmpty()) {
            throw new ImportException(document.file() + ": servers has no absolute URL. Give it: --base-url https://…");
        }
        String title = EntryNames.plain(document.title()).isEmpty() ? EntryNames.words(vendor)
                : EntryNames.plain(document.title());
        return "# " + title + ": its API and its endpoints, imported from " + document.file().getFileName()
                + ". docs/vendors.md explains each line.\n# After a change, write the Kamelets again with the command "
                + "catalogue.\nvendor: " + vendor + "\ntitle: " + YamlText.title(title) + "\n\napi:\n  baseUrl: "
                + YamlText.scalar(baseUrl).replaceAll("^\"(https?://[A-Za-z0-9._~/:-]+)\"$", "$1") + "\n  connectionTest: "
                + YamlText.scalar(test()) + "\n  credential:\n" + credential(title);
    }

    /** What a person should know of it. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    private String test() {
        String first = "";
        for (DocumentOperation each : document.operations(path -> path.matches("/[!-~&&[^{}]]*") && !path.contains(")&"),
                problem -> {
                    // It is told where the path is imported.
                })) {
            boolean free = each.method().equals("GET") && !each.deprecated()
                    && each.in("query").stream().noneMatch(DocumentOperation.Parameter::required);
            if (free && TESTS.stream().anyMatch(each.path()::endsWith)) {
                return each.path();
            }
            first = free && first.isEmpty() ? each.path() : first;
        }
        notes.add("connectionTest is " + (first.isEmpty() ? "/" : first) + ": check that it is a small request");
        return first.isEmpty() ? "/" : first;
    }

    private String credential(String title) throws ImportException {
        List<String> unsupported = new ArrayList<>();
        for (String name : schemes()) {
            JsonNode scheme = document.resolve(document.root().path("components").path("securitySchemes").path(name));
            String lines = credential(scheme, title);
            if (!lines.isEmpty()) {
                return lines;
            }
            unsupported.add(kind(scheme));
        }
        throw new ImportException(document.file()
                + ": securitySchemes has no bearer token, OAuth token or API key in a header"
                + (unsupported.isEmpty() ? "" : ", but " + String.join(", ", unsupported) + ", which is not supported")
                + ". Write the catalogue file " + vendor + ".yaml with its api first, as docs/vendors.md describes, and "
                + "import again");
    }

    private static String kind(JsonNode scheme) {
        String kind = scheme.path("type").asText("") + " " + scheme.path("scheme").asText(scheme.path("in").asText(""));
        return kind.replaceAll("[^A-Za-z0-9 ]", "").strip();
    }

    /** The names of the schemes, those that all requests use first. */
    private List<String> schemes() {
        List<String> names = new ArrayList<>();
        for (JsonNode each : document.root().path("security")) {
            each.properties().forEach(scheme -> names.add(scheme.getKey()));
        }
        for (Map.Entry<String, JsonNode> each : document.root().path("components").path("securitySchemes").properties()) {
            names.add(each.getKey());
        }
        return names.stream().distinct().toList();
    }

    /** @return blank if it is not supported */
    private String credential(JsonNode scheme, String title) {
        String type = scheme.path("type").asText("");
        String name = scheme.path("name").asText("");
        if (type.equals("apiKey") && scheme.path("in").asText("").equals("header") && name.matches(HEADER)) {
            return "    header: " + YamlText.scalar(name) + "\n" + secret("api-key", "The API key of " + title);
        }
        boolean bearer = type.equals("http") && scheme.path("scheme").asText("").equalsIgnoreCase("bearer");
        if (!bearer && !type.equals("oauth2") && !type.equals("openIdConnect")) {
            return "";
        }
        StringBuilder lines = new StringBuilder("    header: Authorization\n    prefix: Bearer\n")
                .append(secret("access-token", "The access token of " + title));
        JsonNode flow = scheme.path("flows").path("clientCredentials");
        boolean refreshes = flow.isMissingNode();
        flow = refreshes ? scheme.path("flows").path("authorizationCode") : flow;
        String tokenUrl = flow.path("tokenUrl").asText("");
        if (tokenUrl.matches("https://[A-Za-z0-9._~/:-]+")) {
            lines.append(secret("client-id", "The ID of the OAuth client for which the program fetches access tokens"))
                    .append(secret("client-secret", "The secret of the OAuth client"));
            lines.append(refreshes ? secret("refresh-token", "The first refresh token") : "");
            lines.append("    tokenUrl: ").append(tokenUrl).append('\n');
        }
        return lines.toString();
    }

    private static String secret(String name, String text) {
        return "    " + name + ": " + text + ".\n";
    }
}
