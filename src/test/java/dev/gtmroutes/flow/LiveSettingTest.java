// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import dev.gtmroutes.AppWithSandbox;
import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.TestDestination;
import dev.gtmroutes.flow.files.RouteProblem;
import dev.gtmroutes.flow.settings.DrySettings;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A setting with a value that it cannot have: all who make routes of it say the same. */
@QuarkusTest
@QuarkusTestResource(AppWithSandbox.class)
class LiveSettingTest {

    private static final String SETTING = "gtm.request-timeout";
    private static final String TOLD = SETTING + ": 'banana' is not a duration. Enter a duration such as 30s, 15m, 24h or "
            + "7d.";
    private static final String SINK = "people-ai-push-call-activity-sink";

    @TestHTTPResource("/")
    URI program;

    @Inject
    Flows flows;

    TestDestination destination;
    DataDirectory data;
    private LiveRoutes live;

    @BeforeEach
    void begin() {
        live = new LiveRoutes(data, destination);
        System.setProperty(SETTING, "banana");
    }

    @AfterEach
    void mend() {
        System.clearProperty(SETTING);
        live.delete("live-setting");
    }

    @Test
    void loadPreviewConnectionTestAndValidateSayTheSame(@TempDir Path directory) throws Exception {
        Path file = live.write("live-setting", LiveRoutes.flow("live-setting", "1"));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(flows.problems())
                .filteredOn(each -> each.file().equals(file)).extracting(RouteProblem::cause).containsExactly(TOLD));

        assertThat(post("api/samples", "{\"template\":\"" + SINK + "\"}").body()).contains(TOLD);
        assertThat(post("api/credentials/people-ai/default/test", "").body())
                .contains("\"detail\":\"" + TOLD.substring(0, TOLD.length() - 1) + "\"");

        Path flow = Files.writeString(directory.resolve("flow.yaml"), LiveRoutes.flow("live-setting", "1"));
        try (DryLoad dry = new DryLoad(flows.kamelets(), new DrySettings(Set.of(),
                name -> ConfigProvider.getConfig().getOptionalValue(name, String.class).or(Optional::empty)))) {
            assertThat(dry.problems(flow)).containsExactly(flow + ": " + TOLD);
        }
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(program.resolve(path))
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString());
    }
}
