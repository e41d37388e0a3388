// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.lists.ListContent;
import dev.gtmroutes.sandbox.lists.SimulatedList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One list of each paging style, in the packaged program: records change, vanish and appear while they are read, and the
 * program is killed in the middle.
 */
class ListStylesIT {

    private static final String TOKEN = "sandbox-token";
    private static final int PAGE = 100;
    private static final int KILLS = 2;
    private static final Map<String, String> STYLES = Map.of(
            "offset", "paging: offset",
            "page", "paging: page, sizeParameter: per_page",
            "cursor", "paging: cursor",
            "link", "paging: link",
            "id", "paging: id",
            "changed", "paging: page, sizeParameter: per_page, changed: updated_at, since: updated_since, sorted: true");

    @TempDir
    Path directory;

    private Program program;
    private Sandbox sandbox;

    @Test
    void aListOfEachStyleIsReadAcrossKillsWhileItChanges() throws Exception {
        readAcrossKills(2_000, Duration.ofSeconds(90));
    }

    @Test
    @Tag("long")
    void soAreHundredThousandRecords() throws Exception {
        readAcrossKills(100_000, Duration.ofMinutes(15));
    }

    private void readAcrossKills(int size, Duration longest) throws Exception {
        try (Sandbox started = Sandbox.start(0)) {
            sandbox = started;
            program = Program.in(directory).env("SALESLOFT_ACCESS_TOKEN", TOKEN).env("SALESLOFT_RATE_LIMIT", "none")
                    .env("SALESLOFT_BASE_URL", sandbox.baseUrl("neutral"));
            for (String each : STYLES.keySet()) {
                // One record in a hundred changes, a quarter as many vanish, and as many appear.
                list(each).size(size).during(new SimulatedList.During(3, 4, 1, 1, size / 400));
                write(each);
            }
            program.start();
            for (int kills = 1; kills <= KILLS; kills++) {
                long some = (long) size * STYLES.size() * kills / (KILLS + 1);
                await().atMost(longest)
                        .until(() -> STYLES.keySet().stream().mapToLong(each -> list(each).records()).sum() >= some);
                program.kill();
                program.start();
            }
            Map<String, List<String>> missing = new TreeMap<>();
            await().atMost(longest).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                missing.clear();
                for (String each : STYLES.keySet()) {
                    missing.put(each, missing(each));
                }
                assertThat(missing).allSatisfy((style, keys) -> assertThat(keys).as(style).isEmpty());
            });
            for (String each : STYLES.keySet()) {
                assertThat(repeated(each)).as("records that came twice with the same content: " + each)
                        .isLessThanOrEqualTo(KILLS * PAGE);
            }
            program.close();
        }
    }

    private SimulatedList list(String style) {
        return sandbox.lists().list("lists-" + style);
    }

    private void write(String style) throws Exception {
        Path flows = Files.createDirectories(directory.resolve("routes/flows"));
        Files.writeString(flows.resolve(style + ".yaml"), """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:rest-records-source
                      parameters: {api: "kamelet:salesloft-api-action/salesloft-default", name: neutral-%1$s,
                        path: /%1$s, pageSize: %2$d, period: 1s, overlap: 1s, %3$s}
                      steps:
                        - to: {uri: kamelet:record-file-sink, parameters: {directory: data/lists/%1$s}}
                """.formatted(style, PAGE, STYLES.get(style)));
    }

    private List<JsonNode> arrived(String style) {
        return program.lines("data/lists/" + style).stream().map(ListSandbox::json).toList();
    }

    /** Keys of records that are in the list and did not come, or came last with another content. */
    private List<String> missing(String style) {
        Map<String, JsonNode> last = new HashMap<>();
        for (JsonNode each : arrived(style)) {
            JsonNode before = last.get(each.path("id").asText());
            if (before == null || before.path("version").asInt() <= each.path("version").asInt()) {
                last.put(each.path("id").asText(), each);
            }
        }
        List<String> missing = new ArrayList<>();
        new ListContent(list(style), null).lines(true).forEachRemaining(line -> {
            JsonNode now = ListSandbox.json(new String(line, StandardCharsets.UTF_8));
            if (!now.path("record").equals(last.get(now.path("key").asText()))) {
                missing.add(now.path("key").asText());
            }
        });
        return missing;
    }

    private long repeated(String style) {
        List<JsonNode> all = arrived(style);
        return all.size() - all.stream().distinct().count();
    }
}
