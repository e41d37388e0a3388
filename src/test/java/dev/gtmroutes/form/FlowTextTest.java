// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

import dev.gtmroutes.lint.kamelet.Kamelets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A form changes what it says in the text of a file, and nothing else of it. */
class FlowTextTest {

    private static final Kamelets KNOWN = Kamelets.in(Path.of("routes/kamelets"));
    private static final String CALLS = """
            # Calls, 📞 each of them.
            - route:
                id: calls   # as in the inbox
                description: Calls to People.ai
                autoStartup: true
                streamCache: "false"
                from:
                  uri: kamelet:inbox-source
                  parameters: {flow: calls}   # its own inbox
                  steps:
                    # People.ai takes many at once.
                    - to:
                        id: crm
                        uri: kamelet:people-ai-push-batch-call-activities-sink
                        parameters:
                          # Not too many.
                          batchSize: 100   # of 1000
                          excludeAttributes: 'a, b'
                          responseWebhook: RAW(https://hooks.example.com/in?a=1&b=2)
            # The end.
            """;

    @Test
    void saysWhatIsInTheFile() throws Exception {
        assertThat(new FlowText(CALLS, KNOWN).form()).isEqualTo(new FlowForm("calls", "Calls to People.ai", "true",
                "inbox-source", Map.of("flow", "calls"), "people-ai-push-batch-call-activities-sink",
                Map.of("batchSize", "100", "excludeAttributes", "a, b", "responseWebhook",
                        "https://hooks.example.com/in?a=1&b=2")));
    }

    @Test
    void whatDoesNotChangeStaysByteByByte() throws Exception {
        FlowText text = new FlowText(CALLS, KNOWN);
        assertThat(text.with(text.form())).isEqualTo(CALLS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            batchSize         | 7                 | batchSize: 100   #             | batchSize: 7   #
            excludeAttributes | it's: "x"         | 'a, b'                         | "it's: \\"x\\""
            responseWebhook   | http://h/?c=1&d=2 | RAW(https://hooks.example.com/in?a=1&b=2) | RAW(http://h/?c=1&d=2)
            responseWebhook   | ***               | RAW(                           | RAW(
            """)
    void onlyAValueThatChangedIsWritten(String parameter, String value, String before, String after) throws Exception {
        assertThat(edit(CALLS, parameter, value)).isEqualTo(CALLS.replace(before, after));
    }

    @Test
    void aParameterIsAddedUnderTheOthersAndTakenAwayWithItsLine() throws Exception {
        assertThat(edit(CALLS, "orderBy", "account,{{x}}")).isEqualTo(CALLS.replace("a=1&b=2)\n",
                "a=1&b=2)\n              orderBy: \"account,{{x}}\"\n"));
        assertThat(edit(CALLS, "excludeAttributes", "")).isEqualTo(
                CALLS.replace("              excludeAttributes: 'a, b'\n", ""));
        assertThat(edit(edit(edit(CALLS, "excludeAttributes", ""), "responseWebhook", ""), "batchSize", ""))
                .contains("-activities-sink\n              # Not too many.\n# The end.\n");
    }

    @Test
    void parametersInBracesStayThere() throws Exception {
        FlowText text = new FlowText(CALLS, KNOWN);
        FlowForm form = text.form();
        FlowForm other = new FlowForm(form.id(), form.description(), form.autoStartup(), form.source(),
                Map.of("flow", "calls", "quiet", "5s", "folder", "a,b"), form.template(), form.templateParameters());
        assertThat(text.with(other)).isEqualTo(
                CALLS.replace("{flow: calls}", "{flow: calls, folder: \"a,b\", quiet: 5s}"));
    }

    @Test
    void anotherTemplateGetsWhatItKnows() throws Exception {
        FlowText text = new FlowText(CALLS, KNOWN);
        FlowForm form = text.form();
        String changed = text.with(new FlowForm(form.id(), "", "false", form.source(), form.sourceParameters(),
                "people-ai-push-call-activity-sink", Map.of("excludeAttributes", "a, b")));
        assertThat(changed).contains("id: crm\n", "uri: kamelet:people-ai-push-call-activity-sink\n",
                "excludeAttributes: 'a, b'\n",
                "autoStartup: false\n", "# The end.").doesNotContain("batchSize", "responseWebhook", "description:");
    }

    @Test
    void lineEndsOfWindowsStay() throws Exception {
        String windows = CALLS.replace("\n", "\r\n");
        assertThat(edit(windows, "orderBy", "account")).isEqualTo(
                windows.replace("a=1&b=2)\r\n", "a=1&b=2)\r\n              orderBy: account\r\n"));
        assertThat(edit(windows, "batchSize", "8")).isEqualTo(windows.replace("batchSize: 100", "batchSize: 8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a", "# no comment", "a: b", "null", "  blanks  ", "two\nlines", "{x}", "100 %", "\"",
            "'", "\\", "*", "&x", "!tag", "@at", "`tick`", "yes", "a,b", "1e3", "007", "ends with:", "é 📞",
            "\u0085\u0007", "<script>alert(1)</script>", "RAW(x)", "a & b (c)", "%a", "true"})
    void everyTextComesBackAsItWas(String value) throws Exception {
        FlowForm form = new FlowForm("a", value, "false", "inbox-source", Map.of("flow", "a", "folder", value),
                "people-ai-push-call-activity-sink", Map.of("excludeAttributes", value));
        FlowForm read = new FlowText(FlowText.of(form, KNOWN), KNOWN).form();
        assertThat(read.description()).isEqualTo(value);
        assertThat(read.templateParameters()).containsEntry("excludeAttributes", value);
        assertThat(edit(CALLS, "excludeAttributes", value)).satisfies(text -> assertThat(
                new FlowText(text, KNOWN).form().templateParameters()).containsEntry("excludeAttributes",
                        value));
    }

    @Test
    void aNewFlowReadsAsOneWrittenByHand() {
        FlowForm form = new FlowForm("calls", "Calls, 100 at a time", "false", "inbox-source", Map.of("flow", "calls"),
                "people-ai-push-batch-call-activities-sink", Map.of("batchSize", "50"));
        assertThat(FlowText.of(form, KNOWN)).isEqualTo("""
                - route:
                    id: calls
                    description: Calls, 100 at a time
                    autoStartup: false
                    from:
                      uri: kamelet:inbox-source
                      parameters:
                        flow: calls
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-batch-call-activities-sink
                            parameters:
                              batchSize: 50
                """);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            - to:                        | - log: {message: x}\\n        - to:   | it has more than one step
            - to:                        | - toD:                        | it has a toD instead of a to
            kamelet:inbox-source         | file:/tmp                     | it reads from file:/tmp, which is not a source
            kamelet:inbox-source         | kamelet:no-source             | which is not a source of this program
            'parameters: {flow: calls}'  | 'parameters: {flow: &a calls}' | it has an anchor
            # The end.                   | - route: {id: b}              | it has 2 routes
            batchSize: 100               | batchSize: [100]              | its parameter batchSize is a list or a map
            - route:                     | - rout: }                     | it is not valid YAML
            """)
    void whatAFormCannotShowItLeavesAlone(String before, String after, String reason) {
        assertThatThrownBy(() -> new FlowText(CALLS.replace(before, after.replace("\\n", "\n")), KNOWN))
                .isInstanceOf(NotAFormException.class).hasMessageContaining(reason);
    }

    private static String edit(String text, String parameter, String value) throws NotAFormException {
        FlowText flow = new FlowText(text, KNOWN);
        FlowForm form = flow.form();
        Map<String, String> parameters = new TreeMap<>(form.templateParameters());
        parameters.put(parameter, value);
        return flow.with(new FlowForm(form.id(), form.description(), form.autoStartup(), form.source(),
                form.sourceParameters(), form.template(), parameters));
    }

    @Test
    void aValueOfSeveralLinesIsABlock() throws Exception {
        FlowText text = new FlowText(CALLS, KNOWN);
        Map<String, String> parameters = new TreeMap<>(text.form().templateParameters());
        parameters.put("map", "# é\nduration = {m:number*60}\n\nx = Q&A: {\"a b\"|}");
        FlowForm form = text.form();
        String written = text.with(new FlowForm(form.id(), form.description(), form.autoStartup(), form.source(),
                form.sourceParameters(), form.template(), parameters));

        assertThat(written)
                .contains("              map: |-\n                # é\n                duration = {m:number*60}\n\n"
                        + "                x = Q&A: {\"a b\"|}\n");
        FlowText again = new FlowText(written, KNOWN);
        assertThat(again.form().templateParameters()).isEqualTo(parameters);
        assertThat(again.with(again.form())).isEqualTo(written);
        parameters.put("map", "a = 1\n b = 2");
        String changed = again.with(new FlowForm(form.id(), form.description(), form.autoStartup(), form.source(),
                form.sourceParameters(), form.template(), parameters));
        assertThat(changed).contains("map: |-\n                a = 1\n                 b = 2\n").contains("# The end.");
        parameters.remove("map");
        assertThat(new FlowText(changed, KNOWN).with(new FlowForm(form.id(), form.description(), form.autoStartup(),
                form.source(), form.sourceParameters(), form.template(), parameters))).isEqualTo(CALLS);
    }
}
