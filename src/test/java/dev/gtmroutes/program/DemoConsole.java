// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.gtmroutes.FreePort;

/**
 * One program with the flows and the sandbox of the demo, and one browser at its console, for all journeys of a JVM: a
 * start costs more than most journeys. A test writes the flows it needs under names of its own, while the program runs.
 */
final class DemoConsole {

    /** What the sandbox refuses as a token for Salesloft: no line of output may hold it. */
    static final String WRONG_TOKEN = "wrong-token-3c7e";

    /** The value of the setting {@code flow.more}, which previews do not show. */
    static final String HIDDEN = "hidden-5c1d";

    private static DemoConsole started;

    private final int sandbox = FreePort.next();
    private final Program program;
    private final Browser browser;

    private DemoConsole() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "console");
        program = Program.in(directory).recorded().command("demo").env("GTM_SANDBOX_PORT", String.valueOf(sandbox))
                // One credential is missing and one is wrong, so that the console has something to say about them.
                .java("-Dcustomerly.access-token=").java("-Dsalesloft.access-token=" + WRONG_TOKEN);
        Files.writeString(program.resolve("application.properties"), """
                customerly.acme.access-token=sandbox-token
                flow.more=%s
                flow.hook=http://127.0.0.1:1/hook
                """.formatted(HIDDEN));
        program.start().awaitLine("The demo is running");
        browser = new Browser("http://127.0.0.1:" + program.port());
    }

    private static synchronized DemoConsole started() {
        if (started == null) {
            try {
                started = new DemoConsole();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(started::stop));
        }
        return started;
    }

    static Program program() {
        return started().program;
    }

    static Browser browser() {
        return started().browser;
    }

    /** The port of the sandbox. */
    static int sandbox() {
        return started().sandbox;
    }

    /** Has the sandbox misbehave. @param how as JSON, see {@link dev.gtmroutes.sandbox.faults.Misbehaviour} */
    static void misbehave(String how) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + sandbox() + "/sandbox/misbehave");
        assertThat(HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).POST(BodyPublishers.ofString(how))
                .build(), BodyHandlers.ofString()).statusCode()).isLessThan(300);
    }

    /** Writes a flow of calls, each a request of its own, whose file the form can show. */
    static void callFlow(String id, boolean starts) throws IOException {
        Files.writeString(flow(id), """
                - route:
                    id: %1$s
                    autoStartup: %2$s
                    from:
                      uri: kamelet:inbox-source
                      parameters:
                        flow: %1$s
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-call-activity-sink
                            parameters:
                              maxInFlight: 1
                """.formatted(id, starts));
    }

    /** The file of a flow. */
    static Path flow(String id) {
        return program().resolve("routes/flows/" + id + ".yaml");
    }

    private void stop() {
        browser.close();
        try {
            program.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
