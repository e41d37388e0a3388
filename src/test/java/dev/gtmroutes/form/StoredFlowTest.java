// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What viewers see of the file of a flow: no secret, however it is written. */
class StoredFlowTest {

    private static final Kamelets KNOWN = Kamelets.in(Path.of("routes/kamelets"));
    private static final int CASES = 5_000;
    /** Both halves of each secret, also where a spelling has something between them. */
    private static final String FIRST = "s3cr3t";
    private static final String SECOND = "v4lue";

    private static final List<String> NAMES = List.of("apiKey", "accessToken", "clientSecret", "responseWebhook",
            "requestHeaders", "api-key", "API_KEY", "password", "x-auth-token");

    private static final List<UnaryOperator<String>> KEYS = List.of(name -> name + ": ", name -> "\"" + name + "\": ",
            name -> "'" + name + "': ", name -> "!!str " + name + ": ", name -> "&key " + name + ": ",
            name -> "\"" + escaped(name) + "\": ", name -> "\"" + name + "\" : ");

    /** In a map on one line, too. */
    private static final List<String> FLAT = List.of("s3cr3tv4lue", "'s3cr3t v4lue'", "\"s3cr3t\\tv4lue\"",
            "!!str s3cr3tv4lue",
            "&anchor s3cr3tv4lue", "RAW(s3cr3t&v4lue)", "RAW(https://h/?a=s3cr3t&b=v4lue)", "s3cr3t%20v4lue",
            "\"s3cr3t}}v4lue\"", "'s3cr3t'' v4lue'", "\"s3cr3t # v4lue\"", "'{{x:s3cr3t}}v4lue'", "[s3cr3t, v4lue]",
            "{s3cr3t: v4lue}", "\"📞 s3cr3t v4lue\"");

    /** With I for the indentation. */
    private static final List<String> TALL = List.of("|\nI  s3cr3t\nI  v4lue", ">-\nI  s3cr3t\n\nI  v4lue",
            "| # s3cr3t\nI  v4lue", "s3cr3t\nI  v4lue", "\"s3cr3t\nI  v4lue\"", "'s3cr3t\n\nI  v4lue'", "\nI  s3cr3tv4lue",
            "\nI  - s3cr3t\nI  - v4lue", "# s3cr3t\nI  v4lue", "!!str # s3cr3t\nI  v4lue", "|2\nI  s3cr3t\nI  v4lue",
            "\nI  a: &a s3cr3t\nI  b: *a\nI  c: v4lue");

    private static String escaped(String name) {
        StringBuilder escaped = new StringBuilder();
        name.chars().forEach(each -> escaped.append("\\u%04x".formatted(each)));
        return escaped.toString();
    }

    private static String masked(String text) {
        return StoredFlow.of(YamlFile.of(Path.of("x.yaml"), text), 1, KNOWN).masked(KNOWN);
    }

    private static <T> T any(Random random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A flow with a secret in it, and what must stay: the id, the source, the URL. */
    private static String flow(Random random) {
        String name = any(random, NAMES);
        String key = any(random, KEYS).apply(name);
        boolean flat = random.nextInt(3) > 0;
        String value = flat ? any(random, FLAT) : any(random, TALL);
        String indent = " ".repeat(12);
        String entry = key + value.replace("I", indent);
        String end = random.nextBoolean() ? "\n" : " # s3cr3t v4lue\n";
        String parameters = switch (flat ? random.nextInt(6) : random.nextInt(2)) {
            case 0 -> "parameters:\n" + indent + "url: /x\n" + indent + entry + (value.contains("\n") ? "\n" : end);
            case 1 -> "parameters:\n" + indent + entry + "\n" + indent + "# s3cr3t\n" + indent + "url: /x\n";
            case 2 -> "parameters: {url: /x, " + entry + "}" + end;
            case 3 -> "parameters: {\n" + indent + "url: /x,\n" + indent + entry + "}" + end;
            case 4 -> "parameters:\n" + indent + "url: /x\n" + indent + "a: &a {" + entry + "}\n" + indent + "<<: *a\n";
            default -> "parameters:\n" + indent + "url: /x\n" + indent + "orderBy: &v " + value.replaceFirst("^&\\w+ ", "")
                    + "\n"
                    + indent + key + "*v\n";
        };
        String uri = any(random, List.of("kamelet:people-ai-request-sink", "kamelet:people-ai-request-sink?" + name
                + "=RAW(s3cr3t&v4lue)", "\"kamelet:people-ai-request-sink?%61piKey=s3cr3t%20v4lue\"",
                "https://user:s3cr3tv4lue@h/", "kamelet:people-ai-request-sink # s3cr3t"));
        return (random.nextBoolean() ? "" : "# s3cr3t\n") + """
                - route:
                    id: seen-id
                    from:
                      uri: kamelet:inbox-source
                      steps:
                        - to:
                            uri: """ + " " + uri + "\n" + " ".repeat(12) + parameters;
    }

    @Test
    void noSpellingShowsASecret() {
        int understood = 0;
        for (int i = 0; i < CASES; i++) {
            String text = flow(new Random(i));
            String shown = masked(text);
            assertThat(shown).as("case %d: %s", i, text).doesNotContain(FIRST, SECOND);
            if (YamlFile.of(Path.of("x.yaml"), text).root().exists()) {
                understood++;
                assertThat(shown).as("case %d: %s", i, text).contains("id: seen-id", "kamelet:inbox-source", "url: /x");
            }
        }
        assertThat(understood).as("cases that are YAML").isGreaterThan(CASES / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"- route: {id: x, apiKey: s3cr3tv4lue", "- \"apiKey\": 's3cr3t\n  v4lue\n",
            "%TAG ! s3cr3t\n---\n- a: b\n",
            "a: 1\n---\napiKey: s3cr3t\n", "apiKey:\ts3cr3t\n", "apiKey: *s3cr3t\n", "- a: b\n\u0000apiKey: s3cr3t\n",
            "\uFEFF- apiKey: s3cr3tv4lue\n", "? {apiKey: s3cr3t}\n: v4lue\n",
            "- setHeader: {name: X-A, constant: s3cr3t v4lue}\n",
            "- setProperty: {name: token, constant: s3cr3t}\n", "- setBody: {constant: Bearer s3cr3tv4lue}\n",
            "- beans: [{name: a, constructors: {'0': s3cr3t}}]\n",
            "- beans: [{name: a, properties: {clientSecret: s3cr3t}}]\n",
            "- log: {message: 'https://user:s3cr3t@h/'}\n", "apiKey: &s3cr3t x\n", "- - - apiKey: >+\n      s3cr3t\n\n"})
    void whatIsNotUnderstoodIsNotShown(String text) {
        assertThat(masked(text)).doesNotContain(SECOND).satisfies(each -> assertThat(each.replace("&s3cr3t", ""))
                .doesNotContain(FIRST));
    }

    @Test
    void theDepthOfAFileEndsNoThread() {
        assertThat(masked("[".repeat(20_000))).startsWith("# The console does not show this file");
    }

    @Test
    void theRestOfAFileIsShownAsItIs() {
        String text = """
                - route:
                    id: calls
                    description: "Two <b>steps</b>: 'a' & b"
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: calls, quiet: 0s}
                      steps:
                        - to:
                            uri: 'kamelet:people-ai-request-sink'
                            parameters:
                              url: /x/{id}
                              credential: acme
                              responseWebhook: ***
                              body: '{"a": "{*}"}'
                """;
        assertThat(masked(text.replace("***", "\"RAW(https://h/in?a=1&b=2)\""))).isEqualTo(text);
    }

    @Test
    void aFormShowsNoValueThatTheKameletDoesNotDeclare() {
        FlowForm form = new FlowForm("x", "Bearer s3cr3t", "true", "inbox-source", Map.of("flow", "x", "apiKey", "s3cr3t"),
                "people-ai-request-sink",
                Map.of("url", "https://h/x?key=s3cr3t", "requestHeaders", "X:s3cr3t", "orderBy", "a",
                        "responseWebhook", "https://h/s3cr3t"));
        assertThat(form.forViewer(KNOWN).toString()).doesNotContain(FIRST).contains("orderBy=a", "https://h/x?***");
        assertThat(form.masked(KNOWN).sourceParameters()).containsEntry("apiKey", FlowForm.KEPT).containsEntry("flow", "x");
    }
}
