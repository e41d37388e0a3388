// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.apache.camel.PropertyBindingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every setting that docs/settings.md names has an environment variable. */
class EnvironmentTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    /** What stands for the patterns of the page. */
    private static final Map<String, List<String>> EXAMPLES = Map.ofEntries(
            Map.entry("people-ai.<name>.<secret>", List.of("people-ai.acme.api-key", "people-ai.acme-eu.api-key")),
            Map.entry("customerly.<name>.<secret>", List.of("customerly.eu.access-token")),
            Map.entry("salesloft.<name>.<secret>", List.of("salesloft.eu.client-secret")),
            Map.entry("<vendor>.<secret>-file",
                    List.of("people-ai.api-key-file", "salesloft.eu.client-secret-file",
                            "people-ai.acme.access-token-file")),
            Map.entry("gtm.intake.tokens.<flow>", List.of("gtm.intake.tokens.calls-2")),
            Map.entry("gtm.intake.token-files.<flow>", List.of("gtm.intake.token-files.calls-2")),
            Map.entry("gtm.keep-done.<flow>", List.of("gtm.keep-done.calls-2")),
            Map.entry("gtm.keep-failed.<flow>", List.of("gtm.keep-failed.calls-2")),
            Map.entry("gtm.keep-dead-letters.<flow>", List.of("gtm.keep-dead-letters.calls-2")),
            Map.entry("gtm.keep-open-dead-letters.<flow>", List.of("gtm.keep-open-dead-letters.calls-2")),
            Map.entry("gtm.keep-responses.<flow>", List.of("gtm.keep-responses.calls-2")),
            Map.entry("camel.kamelet.<template>.<parameter>",
                    List.of("camel.kamelet.people-ai-push-call-activity-sink.maxInFlight")),
            Map.entry("camel.kamelet.<vendor>-api-action.<vendor>-<name>.<parameter>",
                    List.of("camel.kamelet.people-ai-api-action.people-ai-acme.rateLimit")),
            Map.entry("camel.component.kafka.*", List.of("camel.component.kafka.security-protocol",
                    "camel.component.kafka.sasl-mechanism", "camel.component.kafka.sasl-jaas-config",
                    "camel.component.kafka.ssl-truststore-location", "camel.component.kafka.ssl-keystore-password")),
            Map.entry("camel.component.kamelet.location", List.of("camel.component.kamelet.location")),
            Map.entry("camel.main.run-controller", List.of("camel.main.run-controller")),
            Map.entry("camel.ssl.*", List.of("camel.ssl.trust-store")),
            Map.entry("quarkus.http.ssl.certificate.*", List.of("quarkus.http.ssl.certificate.key-files")),
            Map.entry("quarkus.http.proxy.proxy-address-forwarding",
                    List.of("quarkus.http.proxy.proxy-address-forwarding")));

    @TempDir
    Path directory;

    private static List<String> documented() throws Exception {
        String page = Files.readString(Path.of("docs/settings.md"));
        List<String> names = new ArrayList<>();
        ROW.matcher(page).results().map(each -> each.group(1)).forEach(name -> {
            if (name.contains("<") || name.contains("*") || EXAMPLES.containsKey(name)) {
                assertThat(EXAMPLES).as("an example of each pattern of the page").containsKey(name);
                names.addAll(EXAMPLES.get(name));
            } else {
                names.add(name);
            }
        });
        assertThat(names).hasSizeGreaterThan(80).contains("gtm.data", "quarkus.http.port");
        return names;
    }

    /** As the page says: capital letters, and an underscore for every other character. */
    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    @Test
    void everySettingOfThePageArrives() throws Exception {
        Map<String, String> environment = new TreeMap<>();
        List<String> expected = new ArrayList<>();
        for (String name : documented()) {
            // Of this one, Quarkus checks the value whenever settings are read.
            String value = name.equals("quarkus.log.level") ? "DEBUG" : "value of " + name;
            environment.put(variable(name), value);
            expected.add(name + "=" + value);
        }
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), PrintedSettings.class.getName()));
        command.addAll(documented());
        ProcessBuilder program = new ProcessBuilder(command).directory(directory.toFile())
                .redirectErrorStream(true);
        program.environment().putAll(environment);
        Process process = program.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output.lines()).containsAll(expected);
    }

    @Test
    void optionsOfComponentsGetTheNamesThatCamelKnows() {
        assertThat(CamelVariables.settings(Map.of("CAMEL_COMPONENT_KAFKA_SECURITY_PROTOCOL", "SASL_SSL",
                "CAMEL_COMPONENT_HTTPS_MAX_TOTAL_CONNECTIONS", "7", "CAMEL_COMPONENT_KAMELET_LOCATION", "x",
                "CAMEL_COMPONENT_",
                "1", "PATH", "/bin"))).isEqualTo(Map.of("camel.component.kafka.security-protocol", "SASL_SSL",
                        "camel.component.https.max-total-connections", "7", "camel.component.kamelet.location", "x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
            "The config property quarkus.http.port with the config value \"abc\" threw an Exception whilst being converted "
                    + "SRCFG00029: Expected an integer value, got \"abc\"|quarkus.http.port: 'abc' cannot be used",
            "Failed to load config value of type class io.quarkus.MemorySize for: gtm.intake.max-bytes"
                    + "|gtm.intake.max-bytes: the value cannot be used"})
    void aWrongValueIsOneLine(String message, String line) {
        assertThat(StartFailure.lines(new RuntimeException(new IllegalArgumentException(message)))).singleElement()
                .asString()
                .startsWith("Not started: " + line);
    }

    /** Someone may have misspelt the name of a password. */
    @Test
    void anOptionThatCamelDoesNotKnowIsOneLineWithoutItsValue() {
        Exception misspelt = new PropertyBindingException("a bean", "saslJaasConfg", "s3cret", "camel.component.kafka",
                "saslJaasConfg", new IllegalArgumentException("s3cret"));

        assertThat(StartFailure.lines(new RuntimeException(misspelt))).singleElement().asString()
                .startsWith("Not started: camel.component.kafka.sasl-jaas-confg: ").doesNotContain("s3cret");
    }

    @Test
    void aFaultOfTheProgramKeepsItsTrace() {
        assertThat(StartFailure.lines(new IllegalStateException("a fault", new NullPointerException()))).isEmpty();
    }
}
