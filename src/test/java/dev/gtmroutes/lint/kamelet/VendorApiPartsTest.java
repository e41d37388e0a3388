// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A copy of a vendor API that lacks a part would put the credential where it must not be: the linter tells which part. */
class VendorApiPartsTest {

    private static final Kamelets KAMELETS = Kamelets.in(Path.of("routes/kamelets"));

    /** A part that is taken out, or changed, and what is told then. */
    record Cut(String part, String instead, String told) {

        @Override
        public String toString() {
            return told;
        }
    }

    static List<VendorApi> apis() {
        return VendorApi.all(KAMELETS);
    }

    static List<Cut> cuts() {
        String listener = "                            httpActivityListener: \"#{{firstByte}}\"\n";
        String remove = "                        - removeHeader: {name: \"{{credentialHeader}}\"}\n";
        return List.of(
                new Cut("          - process: {ref: \"{{mask}}\"}\n", "",
                        "no last step that is its dev.gtmroutes.credential.CredentialMask"),
                new Cut("          - process: {ref: \"{{mask}}\"}\n", "          - process: {ref: \"{{mask}}\"}\n"
                        + "          - log: {message: done}\n", "puts it into a dead letter"),
                new Cut(listener, "", "no httpActivityListener that is a dev.gtmroutes.api.FirstByteListener"),
                new Cut("#class:dev.gtmroutes.api.FirstByteListener", "#class:com.acme.Listener", "no httpActivityListener"),
                new Cut("                            httpClientConfigurer: \"#{{client}}\"\n", "",
                        "no httpClientConfigurer"),
                new Cut("copyHeaders: false", "copyHeaders: true", "no copyHeaders: false"),
                new Cut("throwExceptionOnFailure: false", "throwExceptionOnFailure: true",
                        "no throwExceptionOnFailure: false"),
                new Cut(remove, "", "no removeHeader in doFinally"),
                new Cut(remove, remove.replace("{{credentialHeader}}", "Other"), "appears in dead letters and logs"),
                new Cut("expression: {ref: {expression: \"{{address}}\"}}", "expression: {constant: {expression: \"true\"}}",
                        "a record with a URL can send the credential to any host"),
                new Cut("                        - bean: {ref: \"{{gate}}\", method: leave}\n", "",
                        "no step leave of its dev.gtmroutes.credential.RateGate"),
                new Cut("                      - bean: {ref: \"{{gate}}\", method: enter}\n", "",
                        "no step enter of its dev.gtmroutes.credential.RateGate"),
                new Cut("                - bean: {ref: \"{{call}}\", method: judge}\n", "",
                        "no step judge of its dev.gtmroutes.credential.ApiCall"),
                new Cut("          - bean: {ref: \"{{call}}\", method: begin}\n", "",
                        "no step begin of its dev.gtmroutes.credential.ApiCall"));
    }

    private static List<Finding> findings(VendorApi api, String text) {
        Path file = Path.of("own", api.kamelet().path().getFileName().toString());
        return KameletLint.check(KameletDefinition.of(YamlFile.of(file, text)));
    }

    @ParameterizedTest
    @MethodSource("apis")
    void oursHaveAllParts(VendorApi api) {
        assertThat(findings(api, api.kamelet().file().text())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aMissingPartIsTold(Cut cut) {
        VendorApi api = apis().get(0);
        String text = api.kamelet().file().text();
        assertThat(text).contains(cut.part());

        assertThat(findings(api, text.replace(cut.part(), cut.instead())))
                .filteredOn(each -> each.rule().equals("vendor-api"))
                .singleElement().satisfies(each -> {
                    assertThat(each.message()).contains(cut.told(), "Without it, ", "docs/vendors.md");
                    assertThat(each.isWarning()).isFalse();
                });
    }

    /** One that sets the header from a parameter hides the credential from all that would mask it. */
    @Test
    void aCredentialFromAnywhereElseIsTold() {
        VendorApi api = apis().get(0);
        String text = api.kamelet().file().text().replace("expression: {ref: {expression: \"{{credential}}\"}}",
                "expression: {constant: {expression: \"Bearer {{accessToken}}\"}}");

        assertThat(findings(api, text)).extracting(Finding::message).anyMatch(each -> each.contains(
                "no step that sets a header to the expression of its dev.gtmroutes.credential.Credential"));
    }

    /** Kamelets of users that were made for the first edition still have all parts. */
    @Test
    void oneOfTheFirstEditionIsTaken() {
        KameletDefinition first = KameletDefinition
                .read(Path.of("src/test/resources/first-edition/acme-api-action.kamelet.yaml"));

        assertThat(KameletLint.check(first)).extracting(Finding::rule).doesNotContain("vendor-api");
    }

    /** The program's own client takes their place. */
    @ParameterizedTest
    @CsvSource({"sslContextParameters: \"#own\", set camel.component.https.sslContextParameters",
            "connectTimeout: 5000, set it on the bean that is the httpClientConfigurer", "followRedirects: true, remove it"})
    void aParameterWithoutEffectIsTold(String parameter, String advice) {
        VendorApi api = apis().get(0);
        String text = api.kamelet().file().text().replace("copyHeaders: false",
                "copyHeaders: false\n                            " + parameter);
        assertThat(findings(api, text)).singleElement().extracting(Finding::message).asString()
                .startsWith(parameter.replaceAll(":.*", "") + " has no effect here").contains(advice);
    }
}
