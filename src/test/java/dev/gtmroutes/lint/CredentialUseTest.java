package dev.gtmroutes.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;

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
    void eachVendorSaysHowItsCredentialIsTried() {
        assertThat(VendorApi.all(KAMELETS)).extracting(VendorApi::name, VendorApi::settings, VendorApi::test)
                .containsExactly(tuple("customerly", "customerly", "/tags"),
                        tuple("people-ai", "people-ai",
                                "/activities?limit=1&offset=0&from={today}"),
                        tuple("people-ai-pull", "people-ai", "/export/activities/jobs"),
                        tuple("salesloft", "salesloft", "/me"));
    }
}
