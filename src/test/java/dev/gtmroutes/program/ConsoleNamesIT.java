// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The text of pages, also of refused forms, has the names of the form, and no ids of parameters and Kamelets. */
@Tag("browser")
@Tag("long")
class ConsoleNamesIT {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Program program = DemoConsole.program();
    private static final List<KameletDefinition> KAMELETS = List.copyOf(Kamelets.in(Path.of("routes/kamelets")).all());
    private static final List<String> SOURCES = List.of("kafka-records-source", "rest-records-source",
            "people-ai-export-activities-source", "salesloft-bulk-jobs-source");
    private static final List<String> TEMPLATES = List.of("people-ai-push-batch-call-activities-sink",
            "people-ai-request-sink", "customerly-create-users-sink", "salesloft-bulk-load-sink", "kafka-records-sink",
            "record-file-sink",
            "lookup-store-sink");
    private static final List<String> WRONG = List.of("@", "-1", "99999999999", "{{none}}", "x: y: {");

    @Test
    void pagesNameThingsAsTheFormDoes() throws Exception {
        for (String page : List.of("/", "/flows", "/flows/calls", "/flows/calls/requests", "/flows/calls/history",
                "/flows/calls/edit", "/dead-letters", "/dead-letters?flow=calls", "/requests", "/exports", "/credentials",
                "/credentials/dialog", "/audit", "/flows/new", "/flows/new?template=people-ai-request-sink")) {
            assertThat(ids(get(page))).as(page).isEmpty();
        }
    }

    @Test
    void aRefusedFormDoesSoForEachWrongValue() throws Exception {
        for (String source : SOURCES) {
            for (String wrong : WRONG) {
                assertRefused(kamelet(source), kamelet("people-ai-push-call-activity-sink"), wrong);
            }
        }
        for (String template : TEMPLATES) {
            for (String wrong : WRONG) {
                assertRefused(kamelet("inbox-source"), kamelet(template), wrong);
            }
        }
    }

    private static void assertRefused(KameletDefinition source, KameletDefinition template, String wrong)
            throws IOException, InterruptedException {
        Map<String, String> form = new HashMap<>(Map.of("id", "Not A Name", "source", source.fileName(), "template",
                template.fileName(), "seen", "true"));
        values("source.", source, wrong, form);
        values("sink.", template, wrong, form);
        assertThat(ids(post("/flows", form))).as("%s, %s: %s", source.fileName(), template.fileName(), wrong).isEmpty();
        assertThat(ids(post("/flows/samples", form))).as("preview of %s: %s", template.fileName(), wrong).isEmpty();
    }

    private static void values(String prefix, KameletDefinition kamelet, String wrong, Map<String, String> form) {
        kamelet.parameters().stream().filter(each -> !each.isPassword())
                .forEach(each -> form.put(prefix + each.name(), wrong));
    }

    private static KameletDefinition kamelet(String name) {
        return KAMELETS.stream().filter(each -> each.fileName().equals(name)).findFirst().orElseThrow();
    }

    /** In what a person reads: not in attributes of elements, nor in what they typed. */
    private static Set<String> ids(String page) {
        String text = page.replaceAll("(?s)<(textarea|script|pre|code|template).*?</\\1>", " ")
                .replaceAll("(?s)<[^>]*>", " ");
        String ids = Stream.concat(KAMELETS.stream().map(KameletDefinition::fileName), KAMELETS.stream()
                .flatMap(each -> each.parameters().stream()).map(Parameter::name)
                .filter(each -> each.matches("[a-z]+[A-Z].*") && !each.endsWith("Id"))).distinct()
                .sorted((one, other) -> other.length() - one.length()).collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\w./{-])(" + ids + ")(?![\\w}-]|[./]\\w)").matcher(text).results()
                .map(each -> text.substring(Math.max(0, each.start() - 80), Math.min(text.length(), each.end() + 60)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(address(path)).build(), BodyHandlers.ofString()).body();
    }

    private static String post(String path, Map<String, String> form) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(address(path)).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.entrySet().stream().map(each -> each.getKey() + "="
                        + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"))))
                .build(), BodyHandlers.ofString()).body();
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + program.port() + path);
    }
}
