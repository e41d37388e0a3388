// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.gtmroutes.flow.files.FlowsOnDisk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowsOnDiskTest {

    @TempDir
    Path routes;

    private boolean has(String flow) throws IOException {
        return FlowsOnDisk.mayHave(routes, flow);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(routes.resolve("flows")).resolve(name), text);
    }

    @Test
    void aFlowIsThereAsLongAsAFileNamesIt() throws Exception {
        write("many.yaml", "- route:\n    id: calls\n    from: {uri: \"kamelet:inbox-source\"}\n- route: {id: mails}\n");
        write("notes.txt", "- route: {id: gone}");
        write(".hidden.yaml", "- route: {id: gone}");

        assertThat(has("calls")).isTrue();
        assertThat(has("mails")).isTrue();
        assertThat(has("many")).isFalse();
        assertThat(has("gone")).isFalse();
        assertThat(has("call")).isFalse();
    }

    @Test
    void aFileWithAMistakeStillHasItsFlows() throws Exception {
        write("many.yaml", "- route:\n    id: \"calls\"\n   from: [\n");
        write("empty.yaml", "");

        assertThat(has("calls")).isTrue();
        assertThat(has("empty")).isTrue();
        assertThat(has("gone")).isFalse();
    }

    @Test
    void anOutboxIsThereAsLongAsItsFlow() throws Exception {
        write("calls.yaml", "- route: {id: calls}\n");

        assertThat(has("calls.people-ai-push-call-activity-responses")).isTrue();
        assertThat(has("gone.people-ai-push-call-activity-responses")).isFalse();
        assertThat(has("calls-responses")).isFalse();
    }

    @Test
    void withoutADirectoryOfFlowsNothingIsKnown() throws Exception {
        assertThat(has("calls")).isTrue();
    }
}
