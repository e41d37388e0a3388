// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.Finding;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.junit.jupiter.api.Test;

/** Responses go to a flow that reads them, and never come back. */
class ResponseFlowsTest {

    private static final Kamelets KNOWN = Kamelets.in(Path.of("routes/kamelets"));

    private static YamlFile flow(String id, String source, String... targets) {
        StringBuilder text = new StringBuilder("""
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:%2$s
                      parameters: {flow: %1$s}
                      steps:
                """.formatted(id, source));
        for (String each : targets.length == 0 ? new String[] {""} : targets) {
            text.append("        - to:\n            uri: kamelet:people-ai-request-sink\n            parameters:\n")
                    .append("              url: /x\n")
                    .append(each.isEmpty() ? "" : "              responseFlow: " + each + "\n");
        }
        return YamlFile.of(Path.of(id + ".yaml"), text.toString());
    }

    private static YamlFile flow(String id, String target) {
        return flow(id, "inbox-source", target);
    }

    private static List<String> findings(YamlFile... files) {
        ResponseFlows flows = new ResponseFlows(KNOWN, List.of(files));
        return Arrays.stream(files).flatMap(each -> flows.check(each).stream()).map(Finding::toString).toList();
    }

    @Test
    void aChainOfFlowsIsFine() {
        assertThat(findings(flow("a", "b"), flow("b", "inbox-source", "c", "d"), flow("c", "d"), flow("d", ""))).isEmpty();
        assertThat(findings(flow("a", "\"{{flow.next}}\""), flow("b", "RAW(a)"))).isEmpty();
    }

    @Test
    void aFlowIsNotItsOwnTarget() {
        assertThat(findings(flow("a", "a")))
                .containsExactly("a.yaml:11: Response Flow: The responses come back to this flow "
                        + "(a → a), so each response would become another one, without end. "
                        + "Choose another flow. [response-flow]");
    }

    @Test
    void aCycleIsToldInEachOfItsFlows() {
        assertThat(findings(flow("x", "a"), flow("a", "b"), flow("b", "c"), flow("c", "inbox-source", "d", "RAW(a)"),
                flow("d", ""))).hasSize(3).anySatisfy(each -> assertThat(each).startsWith("a.yaml:11: ")
                        .contains("(a → b → c → a)"))
                .anySatisfy(each -> assertThat(each).startsWith("c.yaml:16: ").contains("(c → a → b → c)"));
    }

    @Test
    void theTargetBeginsWithAnInbox() {
        assertThat(findings(flow("a", "b"), flow("b", "kafka-records-source", "")))
                .containsExactly("a.yaml:11: Response Flow: "
                        + "The flow b has no inbox: it begins with kafka-records-source, so it would never "
                        + "read the responses. "
                        + "Choose a flow that begins with inbox-source. [response-flow]");
        YamlFile elsewhere = YamlFile.of(Path.of("b.yaml"),
                flow("b", "").text().replace("{flow: b}", "{flow: b, folder: other}"));
        assertThat(findings(flow("a", "b"), elsewhere)).singleElement().asString()
                .contains("The flow b reads another folder than its inbox (folder)");
    }

    @Test
    void aFlowThatThereIsNotIsOnlyAWarning() {
        ResponseFlows flows = new ResponseFlows(KNOWN, List.of(flow("a", "b")));
        assertThat(flows.check(flow("a", "b"))).singleElement().satisfies(each -> {
            assertThat(each.isWarning()).isTrue();
            assertThat(each.message()).isEqualTo("Response Flow: There is no flow b. Response events wait in data/inbox/b "
                    + "until there is one. Enter the id of another flow, or add this flow.");
        });
    }

    @Test
    void whatIsNoIdIsRefused() {
        assertThat(findings(flow("a", "../b"))).singleElement().asString()
                .contains("'../b' is not the id of a flow. Enter the id of a flow that begins with inbox-source.");
    }
}
