// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.samples;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.lint.kamelet.KameletDefinition;

/**
 * A vendor with templates, as the Kamelet of its API describes it.
 *
 * @param title            for people
 * @param name             the directory of its templates, and what the names of its settings begin with
 * @param basePath         what its base URL has below the host
 * @param secretSetting    the setting that holds the credential
 * @param credentialHeader the header that carries the credential
 * @param credentialPrefix what stands before the credential in its header; empty for nothing
 * @param fetchesTokens    whether its credential can be a token that is fetched from a token URL
 */
public record SampleVendor(String title, String name, String basePath, String secretSetting, String credentialHeader,
        String credentialPrefix, boolean fetchesTokens) {

    /** The credential of all vendors. */
    public static final String CREDENTIAL = "sandbox-test-key";

    private static final Pattern DEFAULT = Pattern.compile("\\{\\{[^:}]+:(.*)}}");

    /** @return empty if no vendor has its templates in this directory */
    static Optional<SampleVendor> of(Path directory) {
        String name = directory.getFileName().toString();
        Path api = directory.resolve(name + "-api-action" + KameletDefinition.ENDING);
        return Files.exists(api) ? VendorApi.of(KameletDefinition.read(api)).map(SampleVendor::of) : Optional.empty();
    }

    private static SampleVendor of(VendorApi api) {
        String secret = VendorApi.setting(api.secrets().get(0));
        return new SampleVendor(api.title(), api.settings(), URI.create(defaultOf(api, "baseUrl")).getPath(),
                api.settings() + "." + secret, defaultOf(api, "credentialHeader"), defaultOf(api, "credentialPrefix"),
                api.kamelet().parameter("tokenUrl").isPresent());
    }

    /** What a parameter is without a setting. */
    private static String defaultOf(VendorApi api, String parameter) {
        Matcher withSetting = DEFAULT.matcher(api.kamelet().parameter(parameter).orElseThrow().defaultValue());
        if (!withSetting.matches()) {
            throw new IllegalStateException(api.name() + ": the parameter " + parameter + " has no setting");
        }
        return withSetting.group(1);
    }

    /** The settings with which it is reached on this server. */
    public Map<String, String> settings(String server) {
        return settingsFor(server + basePath);
    }

    /** The settings with which it is reached at this base URL, without a rate limit. */
    public Map<String, String> settingsFor(String baseUrl) {
        return Map.of(name + ".base-url", baseUrl, name + ".rate-limit", "none", secretSetting, CREDENTIAL);
    }

    /** The value of the credential's header for a secret. */
    public String credentialValue(String secret) {
        return credentialPrefix.isEmpty() ? secret : credentialPrefix + " " + secret;
    }
}
