// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.rename;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.gtmroutes.flow.FlowState;
import dev.gtmroutes.flow.FlowStatus;
import dev.gtmroutes.form.RefusedEdit;
import dev.gtmroutes.form.StoredFlow;
import dev.gtmroutes.lint.yaml.YamlFile;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each reason why a flow keeps its name. */
class RenameRefusalsTest {

    private static final String CALLS = """
            # Posted to /intake/calls
            - route:
                id: calls
                from:
                  uri: kamelet:inbox-source
                  parameters:
                    flow: calls
                  steps:
                    - to:
                        uri: kamelet:people-ai-request-sink
                        parameters:
                          url: /v3/calls
            """;
    private static final YamlFile OTHER = other("url: /v3/calls");

    @TempDir
    Path data;
    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void usual() {
        settings.put("gtm.instances", "1");
    }

    private static YamlFile other(String parameter) {
        return YamlFile.of(Path.of("other.yaml"), CALLS.replace("calls", "other").replace("url: /v3/other", parameter));
    }

    private RenameRefusals refusals() {
        return new RenameRefusals(new FlowData(data, data.resolve("state")), new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100)).build());
    }

    private void check(String text, int flows, YamlFile... others) throws RefusedEdit {
        refusals().check(new StoredFlow(Path.of("calls.yaml"), text, flows, Optional.empty(), ""), "calls", "people",
                List.of(others));
    }

    private void checkData() throws RefusedEdit {
        refusals().checkData("calls", "people", Set.of(), data.resolve("versions/people"));
    }

    @Test
    void aPausedFlowWithNothingInWorkIsRenamed() throws Exception {
        check(CALLS, 1, OTHER);
        checkData();
        RenameRefusals.check(status(FlowState.PAUSED));
    }

    private static FlowStatus status(FlowState state) {
        return new FlowStatus("calls", "", state, "why", Instant.EPOCH, "", null, List.of(), "");
    }

    @ParameterizedTest
    @EnumSource(value = FlowState.class, names = "PAUSED", mode = EnumSource.Mode.EXCLUDE)
    void oneThatIsNotPausedIsNot(FlowState state) {
        assertThatThrownBy(() -> RenameRefusals.check(status(state))).isInstanceOf(RefusedEdit.class)
                .hasMessage(state == FlowState.NOT_LOADED ? "The flow is not loaded. Correct its file first: why"
                        : "The flow is active. Pause it first.");
    }

    @Test
    void oneThatSharesItsFileIsNot() {
        assertThatThrownBy(() -> check(CALLS, 2))
                .hasMessage("The file calls.yaml contains other flows. Put this flow into a "
                        + "file of its own first.");
    }

    @ParameterizedTest
    @CsvSource({"gtm.instances, 3", "gtm.cluster.lock, /mnt/locks"})
    void oneOfSeveralInstancesIsNot(String setting, String value) {
        settings.put(setting, value);
        assertThatThrownBy(() -> check(CALLS, 1)).hasMessageContaining("Other instances keep data");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"folder: in", "data: /mnt/data", "state: /mnt/state"})
    void oneWithADirectoryOfItsOwnIsNot(String parameter) {
        assertThatThrownBy(() -> check(CALLS.replace("flow: calls", "flow: calls\n        " + parameter), 1))
                .hasMessageContaining(
                        "calls.yaml, line 8: The parameter " + parameter.split(":")[0] + " names a directory");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"url: http://localhost:8080/intake/calls", "directory: data/inbox/calls",
            "directory: data/dead-letters/calls/x", "url: controlbus:route?action=start&routeId=calls"})
    void oneWhoseFoldersOrAddressesAreNamedIsNot(String parameter) throws Exception {
        assertThatThrownBy(() -> check(CALLS, 1, other(parameter)))
                .hasMessage("other.yaml, line 12: This line names a folder "
                        + "or an address of the flow. Change calls to people there first.");
        assertThatThrownBy(() -> check(CALLS.replace("url: /v3/calls", parameter), 1))
                .hasMessageContaining("calls.yaml, line");
        check(CALLS, 1, other(parameter.replace("calls", "calls-2")));
    }

    @ParameterizedTest
    @CsvSource({"responseFlow", "flow"})
    void oneThatAnotherFlowNamesIsNot(String parameter) throws Exception {
        assertThatThrownBy(() -> check(CALLS, 1, other(parameter + ": calls")))
                .hasMessage("other.yaml, line 12: Another flow names this flow (" + parameter + "). Remove the parameter "
                        + "there, rename the flow, and enter the new name there.");
        check(CALLS, 1, other(parameter + ": calls-2"));
    }

    @ParameterizedTest
    @CsvSource({"gtm.intake.tokens.", "gtm.intake.token-files.", "gtm.keep-done.", "gtm.keep-open-dead-letters."})
    void oneWithASettingOfItsOwnIsRenamedWhenTheNewNameHasTheSetting(String setting) throws Exception {
        settings.put(setting + "calls", "x");
        assertThatThrownBy(() -> check(CALLS, 1)).hasMessage("The setting " + setting + "calls is for the old name. Add the "
                + "setting " + setting + "people, start the program again, and rename the flow then.");
        settings.put(setting + "people", "y");
        check(CALLS, 1);
    }

    @Test
    void oneWhoseDataCannotMoveIsNot() throws Exception {
        assertThatThrownBy(() -> refusals().checkData("calls", "people", Set.of("calls"), data.resolve("versions/people")))
                .hasMessageContaining("Only Changed keeps what the flow delivered in a database");
        assertThatCode(() -> refusals().checkData("calls", "people", Set.of("other"), data.resolve("versions/people")))
                .doesNotThrowAnyException();
        Files.createDirectories(data.resolve("inbox/calls"));
        Files.writeString(data.resolve("inbox/calls/.a.ndjson.progress"), "");
        assertThatThrownBy(this::checkData)
                .hasMessage(data.resolve("inbox/calls/a.ndjson") + " is delivered in part. Activate "
                        + "the flow, wait until this is finished, pause the flow and rename it then.");
        Files.createDirectories(data.resolve("versions/people"));
        assertThatThrownBy(this::checkData).hasMessageContaining("Data of an earlier flow of this name is still there: "
                + data.resolve("versions/people"));
        assertThat(data.resolve("inbox/people")).doesNotExist();
    }
}
