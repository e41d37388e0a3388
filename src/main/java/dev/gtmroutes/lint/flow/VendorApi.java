// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;

/**
 * A Kamelet that knows where the API of a vendor is and which credential it wants.
 *
 * @param name     what the ids of its routes begin with, such as {@code people-ai-pull}
 * @param title    for people
 * @param settings what the names of its settings begin with, such as {@code people-ai}
 * @param secrets  the parameters that make up a credential
 * @param test     the path of a small read that changes nothing; {@code {today}} in it stands for the date
 * @param kamelet  what it was read from
 */
public record VendorApi(String name, String title, String settings, List<Parameter> secrets, String test,
        KameletDefinition kamelet) {

    private static final String ENDING = "-api-action";
    private static final Pattern CREDENTIAL = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern SETTING = Pattern.compile("\\{\\{[\\w.:-]+}}");
    private static final String TEST = "gtm.routes/connection-test";

    /** @return empty if the Kamelet is something else */
    public static Optional<VendorApi> of(KameletDefinition kamelet) {
        String test = kamelet.annotations().get(TEST);
        if (test == null || !kamelet.fileName().endsWith(ENDING)) {
            return Optional.empty();
        }
        return kamelet.template().get("beans").items().stream().map(each -> each.get("properties").get("vendor").text())
                .filter(each -> !each.isBlank()).findFirst().map(settings -> new VendorApi(
                        kamelet.fileName().substring(0, kamelet.fileName().length() - ENDING.length()),
                        kamelet.title().replaceFirst(" API Action$", ""), settings,
                        kamelet.parameters().stream().filter(Parameter::isPassword).toList(), test, kamelet));
    }

    /** All of them, in the order of their names. */
    public static List<VendorApi> all(Kamelets known) {
        return known.all().stream().map(VendorApi::of).flatMap(Optional::stream).toList();
    }

    /** Whether a credential can have this name: it becomes part of an endpoint, where others would add parameters. */
    public static boolean isCredential(String name) {
        return CREDENTIAL.matcher(name).matches();
    }

    /**
     * The endpoint that flows call with this credential.
     *
     * @param credential its name, or the one setting that holds it
     * @throws IllegalArgumentException if it can be none
     */
    public String endpoint(String credential) {
        if (!isCredential(credential) && !SETTING.matcher(credential).matches()) {
            throw new IllegalArgumentException("'" + credential + "' is not a valid name of a credential. Use letters, "
                    + "digits, - and _");
        }
        return "kamelet:" + kamelet.fileName() + "/" + route(credential)
                + (kamelet.parameter("credential").isPresent() ? "?credential=RAW(" + credential + ")" : "");
    }

    /**
     * The name of the credential that a setting is about, {@code acme} for {@code people-ai.acme.api-key}.
     *
     * @return empty if it is about none of this API, or about the one without a name
     */
    public Optional<String> credentialIn(String setting) {
        if (!setting.startsWith(settings + ".") && !setting.startsWith(camelSettings())) {
            // As nearly all of the thousands that are asked about.
            return Optional.empty();
        }
        for (Parameter each : secrets) {
            Optional<String> name = between(settings + ".", setting, "." + setting(each))
                    .or(() -> between(camelSettings() + route(""), setting, "." + each.name()));
            if (name.isPresent()) {
                return name;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> between(String start, String text, String end) {
        return Optional.of(text).filter(each -> each.startsWith(start) && each.endsWith(end)
                && each.length() > start.length() + end.length())
                .map(each -> each.substring(start.length(), each.length() - end.length()))
                .filter(VendorApi::isCredential);
    }

    /** What the names of Camel's own settings for the Kamelet begin with. */
    public String camelSettings() {
        return "camel.kamelet." + kamelet.fileName() + ".";
    }

    /** The name of a secret's setting, behind those of the vendor and the credential: apiKey is api-key there. */
    public static String setting(Parameter secret) {
        return secret.name().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The id of the route that all flows with this credential share. */
    public String route(String credential) {
        return name + "-" + credential;
    }
}
