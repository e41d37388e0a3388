// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import dev.gtmroutes.BadFlows;
import dev.gtmroutes.catalogue.Catalogue;
import dev.gtmroutes.catalogue.DocBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code validate} finds, and that nothing runs meanwhile. */
class ValidateTest {

    @TempDir
    Path routes;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int validate(Path directory) {
        out.reset();
        return Main.run(List.of("validate", directory.toString()), new Terminal(new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, UTF_8), new PrintStream(out, true, UTF_8)));
    }

    private List<String> lines() {
        return out.toString(UTF_8).lines().toList();
    }

    private void flow(String name, String text) throws Exception {
        Files.writeString(Files.createDirectories(routes.resolve("flows")).resolve(name), text);
    }

    @Test
    void theRoutesOfThisProjectAreWithoutFindings() {
        assertThat(validate(Path.of("routes"))).as(out.toString(UTF_8)).isZero();
        assertThat(lines()).last().asString().matches("\\d+ files of flows and \\d+ Kamelets checked: no findings");
    }

    @Test
    void eachMistakeIsALineThatSaysWhereItIs() throws Exception {
        flow("calls.yaml", Files.readString(Path.of("routes/flows/calls.yaml")));
        BadFlows.write(routes.resolve("flows"));

        assertThat(validate(routes)).isEqualTo(1);
        BadFlows.told().forEach((name, told) -> assertThat(lines()).as(name).anyMatch(each -> each.contains(told)));
        assertThat(lines()).noneMatch(each -> each.contains("s3cr3t") || each.contains("calls.yaml:"));
        assertThat(lines()).last().asString().startsWith(BadFlows.told().size() + 1
                + " files of flows and 0 Kamelets checked: ");
    }

    @Test
    void aCatalogueFileWithAMistakeAndOneWhoseKameletsAreOldAreFound() throws Exception {
        Path file = Files.createDirectories(routes.resolve("catalogue")).resolve("acme.yaml");
        Files.writeString(file, DocBlock.named("vendor"));
        flow("calls.yaml", Files.readString(Path.of("routes/flows/calls.yaml")));
        assertThat(validate(routes)).isEqualTo(1);
        assertThat(lines()).anyMatch(each -> each.startsWith(file + ":1: 3 Kamelets are out of date with this file"));

        Catalogue.read(file).folder(routes).write();
        assertThat(validate(routes)).as(out.toString(UTF_8)).isZero();

        Files.writeString(file, DocBlock.named("vendor").replace("title: Acme", "titel: Acme"));
        assertThat(validate(routes)).isEqualTo(1);
        assertThat(lines()).anyMatch(each -> each.startsWith(file + ":2: 'titel' is not a key of the catalogue file"));
    }

    @Test
    void aMistakeInAKameletIsFoundAndSoIsAFlowThatOnlyCamelRefuses() throws Exception {
        Path kamelets = Files.createDirectories(routes.resolve("kamelets/own"));
        Files.writeString(kamelets.resolve("own-sink.kamelet.yaml"), Files.readString(
                Path.of("routes/kamelets/people-ai/people-ai-push-call-activity-sink.kamelet.yaml")));
        flow("option.yaml", """
                - route:
                    id: option
                    from:
                      uri: timer:tick
                      parameters: {perod: 1000}
                      steps:
                        - log: {message: "tick"}
                """);

        assertThat(validate(routes)).isEqualTo(1);
        assertThat(lines()).anyMatch(each -> each.matches(".*own-sink\\.kamelet\\.yaml:\\d+: .*name of its file.*"))
                .anyMatch(each -> each.contains("option.yaml") && each.contains("perod"));
    }

    @Test
    void nothingIsStartedAndNothingIsSentOrTaken() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        List<String> requests = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> requests.add(exchange.getRequestURI().toString()));
        server.start();
        try {
            Path dropped = Files.writeString(Files.createDirectories(routes.resolve("in")).resolve("a.txt"), "a");
            flow("own.yaml", """
                    - route:
                        id: own
                        from:
                          uri: file:%s
                          parameters: {initialDelay: 0, delete: true}
                          steps:
                            - to:
                                uri: kamelet:people-ai-push-call-activity-sink
                                parameters:
                                  credential: acme
                                  responseWebhook: http://127.0.0.1:%d/in
                    - route:
                        id: made
                        from:
                          uri: file:%s
                          steps:
                            - to: {uri: "http://127.0.0.1:%d/out"}
                    """.formatted(dropped.getParent(), server.getAddress().getPort(), routes.resolve("made"),
                    server.getAddress().getPort()));

            assertThat(validate(routes)).as(out.toString(UTF_8)).isZero();
            assertThat(lines()).first().asString()
                    .isEqualTo("These settings of credentials are not set here; set them where the flows run: "
                            + "people-ai.acme.access-token, people-ai.acme.api-key, people-ai.acme.client-id, "
                            + "people-ai.acme.client-secret");
            assertThat(dropped).exists();
            assertThat(requests).isEmpty();
            assertThat(routes.resolve("made")).doesNotExist();
        } finally {
            server.stop(0);
        }
    }

    private static final String STEPS = """
            - route:
                id: own
                from:
                  uri: timer:tick
                  parameters: {repeatCount: 1}
                  steps:
                    - %s
            """;

    /** Each of these has made the file, or would, when its routes were made. */
    static Stream<Arguments> code() {
        String bean = "name: made, type: '#class:java.util.logging.FileHandler', constructors: {'0': 'MADE'}";
        String kamelet = "to: {uri: 'kamelet:own-sink'}";
        return Stream.of(
                Arguments.of("beans", "- beans: [{" + bean + "}]\n" + STEPS.formatted("to: {uri: 'bean:made?method=close'}"),
                        ""),
                Arguments.of("beans", "- beans: [{name: made, type: '#class:java.util.logging.FileHandler(MADE)'}]\n"
                        + STEPS.formatted("log: {message: x}"), ""),
                Arguments.of("beans", "- beans: [{name: made, type: java.io.File, constructors: {'0': 'MADE'}, initMethod: "
                        + "createNewFile}]\n" + STEPS.formatted("log: {message: x}"), ""),
                Arguments.of("beans", "- beans: [{name: made, type: java.io.File, scriptLanguage: bean, script: x}]\n"
                        + STEPS.formatted("log: {message: x}"), ""),
                Arguments.of("references to classes", STEPS.formatted("to: {uri: 'log:x', parameters: {exchangeFormatter: "
                        + "'#class:java.util.logging.FileHandler(MADE)'}}"), ""),
                Arguments.of("references to classes", STEPS.formatted("to: {uri: \"log:x?exchangeFormatter="
                        + "#class:java.util.logging.FileHandler(MADE)\"}"), ""),
                Arguments.of("references to classes", STEPS.formatted("to: {uri: 'log:x', parameters: {exchangeFormatter: "
                        + "'{{no.such:#cl}}ass:java.util.logging.FileHandler(MADE)'}}"), ""),
                Arguments.of("beanType", STEPS.formatted("bean: {beanType: java.util.Timer, method: purge}"), ""),
                Arguments.of("the component class", STEPS.formatted("to: {uri: 'class:java.util.Timer?method=purge'}"), ""),
                Arguments.of("the language csimple", STEPS.formatted("setBody: {expression: {csimple: {expression: x}}}"),
                        "x"),
                Arguments.of("script", STEPS.formatted("script: {expression: {groovy: {expression: x}}}"), ""),
                Arguments.of("beans of other classes in the Kamelet own-sink", STEPS.formatted(kamelet), "{" + bean + "}"),
                Arguments.of("beans of other classes in the Kamelet own-sink", STEPS.formatted(kamelet),
                        "{name: made, type: '#class:dev.gtmroutes.inbox.InboxFiles', initMethod: start}"),
                Arguments.of("references to classes in the Kamelet own-sink", STEPS.formatted(kamelet),
                        "{name: made, type: '#class:dev.gtmroutes.inbox.InboxFiles', properties: {quiet: "
                                + "'#class:java.util.logging.FileHandler(MADE)'}}"));
    }

    @ParameterizedTest
    @MethodSource("code")
    void codeThatAFileNamesIsNotRunAndTheFileIsNoMistake(String told, String flow, String bean) throws Exception {
        Path made = routes.resolve("made");
        flow("own.yaml", flow.replace("MADE", made.toString()));
        if (bean.startsWith("{")) {
            Files.writeString(Files.createDirectories(routes.resolve("kamelets")).resolve("own-sink.kamelet.yaml"),
                    KAMELET.formatted(bean.replace("MADE", made.toString())));
        }
        validate(routes);

        assertThat(made).doesNotExist();
        assertThat(lines()).anyMatch(each -> each.equals(routes + "/flows/own.yaml was checked by the linter only, because "
                + "loading it would run code: " + told.replace("the language csimple", "csimple")));
    }

    private static final String KAMELET = """
            apiVersion: camel.apache.org/v1
            kind: Kamelet
            metadata:
              name: own-sink
              labels:
                camel.apache.org/kamelet.type: sink
            spec:
              definition:
                title: Own Sink
                description: Writes.
                type: object
              template:
                beans:
                  - %s
                from:
                  uri: kamelet:source
                  steps:
                    - log: {message: "${body}"}
            """;

    @Test
    void aCredentialThatIsMissingIsNoMistakeWhicheverKindsOfItThereAre() throws Exception {
        flow("accounts.yaml", """
                - route:
                    id: accounts
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: accounts}
                      steps:
                        - to: {uri: kamelet:salesloft-upsert-account-sink}
                """);
        assertThat(validate(routes)).as(out.toString(UTF_8)).isZero();
        assertThat(lines()).first().asString().contains("salesloft.access-token", "salesloft.client-id");
    }

    @Test
    void whereThereIsNothingToCheckIsAMistake() {
        assertThat(validate(routes)).isEqualTo(1);
        assertThat(lines()).singleElement().asString().startsWith("there is no flows/ and no kamelets/ in ");
        assertThat(validate(routes.resolve("nowhere"))).isEqualTo(1);
        assertThat(lines()).singleElement().asString().startsWith("folder not found: ");
    }
}
