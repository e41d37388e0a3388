// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import dev.gtmroutes.PlainCamel;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values of settings are hidden as soon as a route uses them, and that the others stay readable. */
class SettingSecretsTest {

    private final CamelContext camel = new DefaultCamelContext();

    @AfterEach
    void close() throws Exception {
        camel.close();
    }

    private String maskedAfterUse(String name, String value) {
        Properties settings = new Properties();
        settings.setProperty(name, value);
        camel.getPropertiesComponent().setInitialProperties(settings);
        SettingSecrets.watch(camel);
        SettingSecrets.watch(camel);

        assertThat(camel.resolvePropertyPlaceholders("{{" + name + "}}")).isEqualTo(value);
        return Secrets.of(camel).mask("<" + value + ">");
    }

    @ParameterizedTest
    @CsvSource({"crm.token, abcd", "crm.api-key, hunter", "acme.password, 12345678", "CRM_SECRET.x, some words",
            "crm.login, b0dy-l0gin", "crm.token-export, word", "flow.api-key-report, word", "crm.password-profile, word",
            "crm.signing-key, 12345678", "CRM_KEY, /abc", "crm.subscription-key, a1b2c", "key.of-crm, 4711",
            "flow.account, AbCdEfGh", "people-ai.api-key, word", "gtm.intake.tokens.calls, word",
            "camel.component.kafka.sasl-jaas-config, org.x.Login required",
            "camel.component.kafka.sslKeystorePassword, word", "quarkus.oidc.credentials.secret, word"})
    void aSecretIsHidden(String name, String value) {
        assertThat(maskedAfterUse(name, value)).isEqualTo("<***>");
    }

    @ParameterizedTest
    @CsvSource({"crm.region, europe", "crm.zone, us-east-1", "crm.author, Anna", "flow.dedupe-key, email",
            "flow.record-key, external_id",
            "flow.order-key, userId", "crm.keyboard, a1b2c", "crm.tokenFile, Data4711", "CRM_SECRET_HOST, Data4711",
            "crm.auth-mode, true", "crm.path, /var/lib/crm-4711",
            "crm.url, https://crm.example.com/v2/records",
            "crm.host, crm-1.example.com:8443", "crm.every, 24h", "crm.rate, 10000/1m", "crm.limit, 123456789",
            "acme.credential-header, X-API-Key-2", "acme.credential-prefix, Token2Token",
            "acme.token-url, https://a.example/t0k",
            "gtm.test.folder, Data4711/Inbox", "people-ai.credential-header, X-API-Key",
            "quarkus.http.auth.test, Basic-4711",
            "camel.component.kafka.brokers, b1.example.com:9092", "crm.team, sales and marketing"})
    void otherValuesStayReadable(String name, String value) {
        assertThat(maskedAfterUse(name, value)).isEqualTo("<" + value + ">");
    }

    @Test
    void ofAWebhooksUrlOnlyTheHostIsShown() {
        String url = "https://hooks.example.com/in/T0000-4711/abcdefgh?team=gtm";

        assertThat(maskedAfterUse("crm.webhook", url)).isEqualTo("<***>");
        assertThat(Secrets.of(camel).mask("cannot POST /in/T0000-4711/abcdefgh?team=xxx at hooks.example.com"))
                .isEqualTo("cannot POST *** at hooks.example.com".replace("POST ***", "POST ***?team=xxx"));
    }

    /** Servers repeat a token without the word in front of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Bearer s3cr3t", "bearer 47114711", "Basic bWU6aHVudGVyMg==", "TOKEN a-t0ken", "AccessToken: t0k3n"})
    void whatStandsBehindASchemeIsHiddenToo(String value) {
        String part = value.replaceAll(".*\\s", "");
        assertThat(maskedAfterUse("crm.login", value)).isEqualTo("<***>");
        assertThat(Secrets.of(camel).mask("not valid: " + part)).isEqualTo("not valid: ***");

        Object user = new Object();
        SettingSecrets.watch(camel).learnHeader("Authorization", value.replace(part, "0ther-" + part), user);
        assertThat(Secrets.of(camel).mask("not valid: 0ther-" + part)).isEqualTo("not valid: ***");
        Reference.reachabilityFence(user);
    }

    @Test
    void wordsAreNoTokens() {
        assertThat(maskedAfterUse("crm.login", "Basic authentication")).isEqualTo("<***>");
        assertThat(Secrets.of(camel).mask("authentication")).isEqualTo("authentication");
    }

    @ParameterizedTest
    @CsvSource({"X-Passport, A1b2c3d4e5", "X-Functions-Key, a1b2c", "x-key, 4711"})
    void aHeaderIsHidden(String name, String value) {
        Object user = new Object();
        SettingSecrets.watch(camel).learnHeader(name, value, user);
        assertThat(Secrets.of(camel).mask(value)).isEqualTo("***");
        Reference.reachabilityFence(user);
    }

    @Test
    void aLongValueInAQueryIsHidden() {
        assertThat(maskedAfterUse("crm.url", "https://crm.example.com/v2?page=2&signature=0123456789"))
                .isEqualTo("<https://crm.example.com/v2?page=2&signature=***>");
    }

    @ParameterizedTest
    @CsvSource({"jdbc:postgresql://db.example/gtm?user=me&password=a-word-1, "
            + "jdbc:postgresql://db.example/gtm?user=me&password=***",
            "jdbc:postgresql://me:a-word-1@db.example/gtm, jdbc:postgresql://me:***@db.example/gtm",
            "jdbc:postgresql://db.example/gtm?ssl=true, jdbc:postgresql://db.example/gtm?ssl=true"})
    void thePasswordInAUrlOfADatabaseIsHidden(String url, String masked) {
        assertThat(maskedAfterUse("gtm.only-changed.jdbc-url", url)).isEqualTo("<" + masked + ">");
    }

    @Test
    void aVariableOfTheEnvironmentIsASettingAsWell() {
        SettingSecrets.watch(camel);
        System.setProperty("test.token", "sys-t0ken-4711");
        try {
            camel.resolvePropertyPlaceholders("{{sys:test.token}}{{env:PATH}}");
        } finally {
            System.clearProperty("test.token");
        }

        assertThat(Secrets.of(camel).mask("sys-t0ken-4711 " + System.getenv("PATH")))
                .isEqualTo("*** " + System.getenv("PATH"));
    }

    @Test
    void aParameterOfAKameletIsNoSetting() {
        camel.getPropertiesComponent().addInitialProperty("template", "People4711");
        SettingSecrets.watch(camel);
        camel.resolvePropertyPlaceholders("{{template}}");

        assertThat(Secrets.of(camel).mask("People4711")).isEqualTo("People4711");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gtm.console.operator-password-file", "gtm.intake.token-files.calls",
            "gtm.intake.token.files.calls"})
    void theContentOfAFileIsLearned(String setting, @TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("secret"), "in-a-f1le\n");
        try (CamelContext camel = PlainCamel.create()) {
            SettingSecrets.watch(camel).learnFile(setting, file.toString());
            SettingSecrets.watch(camel).learnFile("gtm.other-file", Files.writeString(directory.resolve("no"), "public1")
                    .toString());
            SettingSecrets.watch(camel).learnFile(setting + "2", directory.resolve("missing").toString());
            assertThat(Secrets.of(camel).mask("in-a-f1le public1")).isEqualTo("*** public1");
        }
    }
}
