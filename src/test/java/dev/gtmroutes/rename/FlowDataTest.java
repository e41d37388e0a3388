// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.rename;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is stored under the name of a flow. */
class FlowDataTest {

    @TempDir
    Path data;

    private FlowData stored() {
        return new FlowData(data, data.resolve("state"));
    }

    private Path write(String file) throws IOException {
        Path path = data.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, "{}");
    }

    private List<String> moves(String from, String to) throws IOException {
        return stored().moves(from, to).stream()
                .map(each -> data.relativize(each.from()) + " → " + data.relativize(each.to())).toList();
    }

    @Test
    void allOfItMovesAndNothingOfOtherFlows() throws Exception {
        for (String flow : List.of("calls", "calls-2", "call")) {
            write("inbox/" + flow + "/a.ndjson");
            write("dead-letters/" + flow + "/2026-01-01.ndjson");
            write("bulk/" + flow + "/crm/done/000001.ndjson");
            write("state/only-changed/" + flow + "/crm/about.json");
            write("fragments/" + flow + "/job/1.ndjson");
            write("state/people-ai-export/" + flow + ".json");
            write("state/people-ai-export/" + flow + ".fragments/job/1.ndjson");
            write("state/people-ai-export/" + flow + ".handed-on/window/1");
            write("state/lists/" + flow + ".json");
            write("state/lists/" + flow + ".page.ndjson");
            write("state/lists/records/" + flow + "/handed/about.json");
            write("state/people-ai-activities/" + flow + ".seen");
            write("responses/" + flow + ".crm/event.json");
            write("dead-letters/" + flow + ".crm-responses/2026-01-01.ndjson");
        }
        assertThat(moves("calls", "people")).containsExactlyInAnyOrder("inbox/calls → inbox/people",
                "dead-letters/calls → dead-letters/people", "bulk/calls → bulk/people",
                "state/only-changed/calls → state/only-changed/people", "fragments/calls → fragments/people",
                "state/people-ai-export/calls.json → state/people-ai-export/people.json",
                "state/people-ai-export/calls.fragments → state/people-ai-export/people.fragments",
                "state/people-ai-export/calls.handed-on → state/people-ai-export/people.handed-on",
                "state/lists/calls.json → state/lists/people.json",
                "state/lists/calls.page.ndjson → state/lists/people.page.ndjson",
                "state/lists/records/calls → state/lists/records/people",
                "state/people-ai-activities/calls.seen → state/people-ai-activities/people.seen",
                "responses/calls.crm → responses/people.crm",
                "dead-letters/calls.crm-responses → dead-letters/people.crm-responses");
        assertThat(stored().names("calls", "people")).isEqualTo(Map.of("calls", "people", "calls.crm-responses",
                "people.crm-responses"));
        assertThat(stored().inWork("calls")).isEmpty();
        assertThat(stored().remains("people")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inbox/people/a.ndjson", "dead-letters/people/2026-01-01.ndjson", "responses/people.crm/e.json",
            "dead-letters/people.crm-responses/2026-01-01.ndjson", "state/lists/people.json", "bulk/people/crm/1.ndjson",
            "state/kafka/people.progress", "state/only-changed/people/crm/about.json"})
    void whatAnEarlierFlowOfTheNewNameLeftIsFound(String file) throws Exception {
        Path written = write(file);
        assertThat(stored().remains("people")).hasValueSatisfying(each -> assertThat(written.startsWith(each)).isTrue());
        assertThat(stored().remains("peopl")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inbox/calls/.a.ndjson.progress", "state/lists/.calls.page.ndjson.progress",
            "fragments/calls/job/.1.ndjson.progress", "state/people-ai-export/calls.fragments/job/.1.ndjson.progress",
            "responses/calls.crm/.e.json.progress", "state/kafka/calls.progress", "bulk/calls/crm/000001.ndjson",
            "inbox/calls/.replays/replay-1.ndjson", "responses/calls.crm/.replays/replay-1.ndjson"})
    void whatIsInWorkIsFound(String file) throws Exception {
        write("responses/calls.crm/event.json");
        write("inbox/calls/.done/.old.ndjson.progress");
        assertThat(stored().inWork("calls")).isEmpty();
        write(file);
        assertThat(stored().inWork("calls")).isPresent();
        assertThat(stored().inWork("call")).isEmpty();
    }
}
