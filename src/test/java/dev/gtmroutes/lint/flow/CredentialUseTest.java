// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.gtmroutes.catalogue.Catalogue;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.junit.jupiter.api.Test;

/** Which flows use which credential, told from their files and the Kamelets that this project comes with. */
class CredentialUseTest {

    private static final Kamelets KAMELETS = Kamelets.in(Path.of("routes/kamelets"));

    private static String route(String id, String from, String to) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: " + from + "\n      steps:\n        - to: " + to
                + "\n";
    }

    private static List<CredentialUse> uses(String flows) {
        return CredentialUse.in(List.of(YamlFile.of(Path.of("flows.yaml"), flows)), KAMELETS);
    }

    @Test
    void whatAFlowCallsIsFollowedToTheApiOfTheVendor() {
        assertThat(uses(route("leads", "kamelet:inbox-source?flow=leads", "{uri: kamelet:customerly-create-lead-sink}")
                + route("acme", "kamelet:inbox-source?flow=acme",
                        "{uri: kamelet:salesloft-create-account-sink, parameters: {credential: RAW(acme)}}")
                + route("history", "kamelet:people-ai-export-activities-source?credential=past",
                        "{uri: kamelet:people-ai-push-call-activity-sink}")
                + route("local", "kamelet:inbox-source?flow=local", "{uri: kamelet:record-file-sink}")))
                .containsExactlyInAnyOrder(new CredentialUse("leads", "customerly", "default"),
                        new CredentialUse("acme", "salesloft", "acme"),
                        new CredentialUse("history", "people-ai-pull", "past"),
                        new CredentialUse("history", "people-ai", "default"));
    }

    @Test
    void aFileThatIsBrokenOrUnfinishedUsesNothing() {
        assertThat(uses("- route: [")).isEmpty();
        assertThat(uses("")).isEmpty();
        assertThat(uses("- route:\n    id: x\n    from:\n      uri: kamelet:unknown-source\n")).isEmpty();
    }

    @Test
    void eachVendorSaysHowItsCredentialIsTried() throws IOException {
        for (Path each : Catalogue.files(Path.of("routes"))) {
            JsonNode catalogue = new YAMLMapper().readTree(each.toFile());
            String vendor = catalogue.path("vendor").asText();
            List<VendorApi> apis = VendorApi.all(KAMELETS).stream().filter(api -> api.settings().equals(vendor)).toList();

            assertThat(apis).extracting(VendorApi::test).as(vendor).containsExactlyElementsOf(
                    catalogue.findValuesAsText("connectionTest"));
        }
    }
}
