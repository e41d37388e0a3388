// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.lint.kamelet.KameletDefinition;
import dev.gtmroutes.lint.kamelet.Parameter;

/** A flow from the source of a list to files, and what the list held before and after a change. */
final class ListRead {

    /** Sources of one record or of a part of a list: the list, and the attribute by which the part is chosen. */
    private static final Map<String, List<String>> PARTS = Map.of(
            "customerly-knowledge-collection", List.of("customerly-knowledge-collections", "knowledge_base_collection_id"),
            "customerly-knowledge-article", List.of("customerly-knowledge-articles", "knowledge_base_article_id"),
            "customerly-knowledge-articles", List.of("customerly-knowledge-articles", "knowledge_base_collection_id"));

    private final KameletDefinition source;
    private final Program program;
    private final ListSandbox sandbox;
    private final String name;
    private final String list;
    private String selected = "";
    private List<JsonNode> before = List.of();
    private List<JsonNode> after = List.of();

    ListRead(KameletDefinition source, Program program, ListSandbox sandbox) {
        this.source = source;
        this.program = program;
        this.sandbox = sandbox;
        this.name = source.name().replaceFirst("-source$", "");
        this.list = PARTS.containsKey(name) ? PARTS.get(name).get(0) : name;
    }

    String name() {
        return name;
    }

    /** Notes what the list holds, and writes the flow. Of a list in parts, it reads the part of the first record. */
    ListRead begin() throws IOException, InterruptedException {
        if (PARTS.containsKey(name)) {
            select(sandbox.content(list, "").get(0).get(PARTS.get(name).get(1)).asText());
        }
        before = content();
        return write();
    }

    /** @param part the value of the parameter in the path of the list */
    ListRead select(String part) {
        selected = part;
        return this;
    }

    ListRead write() throws IOException {
        String own = source.parameters().stream().filter(Parameter::required)
                .map(each -> ", " + each.name() + ": " + selected).collect(Collectors.joining());
        Files.writeString(program.resolve("routes/flows/" + name + ".yaml"), """
                - route:
                    id: %s
                    from:
                      uri: kamelet:%s-source
                      parameters: {period: 1s%s}
                      steps:
                        - to:
                            uri: kamelet:record-file-sink
                            parameters: {directory: data/lists/%s}
                """.formatted(name, name, own, name));
        return this;
    }

    private List<JsonNode> content() throws IOException, InterruptedException {
        return sandbox.content(list, selected.isEmpty() ? "" : "&where=" + PARTS.get(name).get(1) + "=" + selected);
    }

    String list() {
        return list;
    }

    /** How many records of the list are to change: one in a hundred; all of a list in parts, for the part may lack those. */
    long changes() throws IOException, InterruptedException {
        long count = sandbox.number(list, "count");
        return selected.isEmpty() ? count / 100 + 1 : count;
    }

    /** Notes what the list holds after all changes. */
    void noteAfter() throws IOException, InterruptedException {
        after = content();
    }

    List<JsonNode> before() {
        return before;
    }

    /** All records of before, and those of after that differ. */
    List<JsonNode> expected() {
        List<JsonNode> changed = new ArrayList<>(after);
        before.forEach(changed::remove);
        List<JsonNode> expected = new ArrayList<>(before);
        expected.addAll(changed);
        return expected;
    }

    List<JsonNode> arrived() {
        return program.lines("data/lists/" + name).stream().map(ListSandbox::json).toList();
    }

    long pagesSent() throws IOException, InterruptedException {
        return sandbox.number(list, "pagesSent");
    }

    /** The pages after which one more read has ended, wherever the one at work stands. */
    long pagesOfTwoReads() {
        int size = source.parameter("pageSize").map(each -> Integer.parseInt(each.defaultValue())).orElse(0);
        boolean single = size == 0 && !selected.isEmpty();
        boolean changes = source.parameter("overlap").isPresent();
        return single ? 0 : changes || size == 0 ? 2 : 2L * (before.size() / size + 1);
    }
}
