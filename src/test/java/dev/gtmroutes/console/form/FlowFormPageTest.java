// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.console.samples.SampleSource;
import dev.gtmroutes.form.FieldFinding;
import dev.gtmroutes.form.FlowForm;
import dev.gtmroutes.lint.kamelet.Kamelets;
import org.junit.jupiter.api.Test;

/** What the form of a flow shows, of all Kamelets that there are. */
class FlowFormPageTest {

    private static final Kamelets KNOWN = Kamelets.in(Path.of("routes/kamelets"));
    private static final String CALLS = "people-ai-push-batch-call-activities-sink";

    private static FlowFormPage page(String source, String template, String vendor, FieldFinding... findings) {
        FlowForm form = new FlowForm("", "", "false", source, Map.of(), template, Map.of());
        return new FlowFormPage(form, vendor, null, "", true, true, List.of(findings), KNOWN,
                (kamelet, chosen) -> List.of(), "", SampleSource.none(), "", 0, null, false);
    }

    private static KameletCard card(String name) {
        return KameletMenu.all(KameletMenu.templates(KNOWN, "")).filter(each -> each.name().equals(name)).findFirst()
                .orElseThrow();
    }

    @Test
    void eachEndpointSaysWhatItSendsAndDoes() {
        assertThat(KameletMenu.templates(KNOWN, "").stream().filter(KameletMenu::isOfApi)
                .flatMap(each -> each.endpoints().stream())).hasSizeGreaterThanOrEqualTo(66)
                .allSatisfy(each -> {
                    assertThat(each.request()).as(each.name()).matches("[A-Z]+ /.*");
                    assertThat(each.effect()).as(each.name()).isNotBlank().doesNotContainPattern("\\([A-Z]+ /");
                });
        assertThat(card(CALLS).request()).isEqualTo("PUT /activities/call/_bulk");
        assertThat(card(CALLS).isBatch()).isTrue();
        assertThat(card("customerly-create-lead-sink").isOnceOnly()).isTrue();
        assertThat(card("salesloft-delete-account-sink").isIrreversible()).isTrue();
        assertThat(card("salesloft-delete-account-sink").request()).isEqualTo("DELETE /accounts/{accountId}");
        assertThat(card("people-ai-request-sink").isManual()).isTrue();
        assertThat(card("people-ai-request-sink").request()).isEmpty();
    }

    @Test
    void noBuildingBlockIsOfferedAndVendorsComeFirst() {
        List<VendorCard> vendors = page("inbox-source", "", "").vendors();
        assertThat(vendors).extracting(VendorCard::title).startsWith("Customerly", "People.ai", "Salesloft");
        assertThat(KameletMenu.all(KameletMenu.templates(KNOWN, ""))).extracting(KameletCard::name)
                .doesNotContain("http-delivery-sink");
        assertThat(page("inbox-source", "", "").sources().get(0).title()).isEqualTo("Sources");
    }

    @Test
    void finishedStepsShowTheirChoice() {
        assertThat(page("inbox-source", "", "").steps()).extracting(FormStep::state)
                .containsExactly("Inbox", "To do", "To do", "To do");
        assertThat(page("inbox-source", CALLS, "People.ai").steps()).extracting(FormStep::state)
                .containsExactly("Inbox", "People.ai · default", "Push Batch Call Activities", "To do");
    }

    @Test
    void eachMistakeIsCountedAtItsStepAndNamesItsField() {
        FlowFormPage page = page("kafka-records-source", "people-ai-request-sink", "People.ai",
                new FieldFinding("source.topic", "Enter a value."), new FieldFinding("sink.url", "Enter a value."),
                new FieldFinding("sink.url", "Enter a path."), new FieldFinding("sink.credential", "Not a name."),
                new FieldFinding("id", "Enter a name."), new FieldFinding("", "The file cannot be written."));
        assertThat(page.steps()).extracting(FormStep::errors).containsExactly(1, 1, 0, 2);
        assertThat(page.mistakes()).extracting(FlowFormPage.Mistake::field)
                .containsExactly("source-topic", "sink-url", "sink-url", "sink-credential", "id", "");
        assertThat(page.mistakes()).extracting(FlowFormPage.Mistake::label)
                .containsExactly("Topic", "URL", "URL", "Credential", "Name", "");
    }

    @Test
    void eachParameterIsInOneGroup() {
        for (String template : List.of(CALLS, "salesloft-delete-account-sink", "customerly-request-sink")) {
            FlowFormPage page = page("inbox-source", template, "x");
            List<String> shown = new ArrayList<>();
            List.of(page.credentialFields(), page.mappingFields(), page.attributeFields(), page.requestFields(),
                    page.batchFields(), page.responseFields(), page.moreTemplateFields())
                    .forEach(group -> group.forEach(each -> shown.add(each.parameter().name())));
            List<String> declared = KNOWN.find(template).orElseThrow().parameters().stream().map(each -> each.name())
                    .filter(each -> !each.equals(FlowFormPage.CONFIRM)).toList();
            assertThat(shown).as(template).containsExactlyInAnyOrderElementsOf(declared);
        }
    }
}
