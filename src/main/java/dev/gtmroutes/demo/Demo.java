// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.delivery.InputSummary;
import dev.gtmroutes.sandbox.Sandbox;
import dev.gtmroutes.sandbox.SandboxService;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The demo: drops a file of sample call records into the inbox of the flow {@code calls}, whose destination is the
 * sandbox, and says what became of them. On when {@code gtm.demo.enabled} says so.
 */
@Singleton
public class Demo {

    private static final String FLOW = "calls";
    private static final String FILE = "calls.ndjson";

    @Inject
    CamelContext camel;

    @Inject
    SandboxService sandbox;

    @ConfigProperty(name = "gtm.demo.enabled", defaultValue = "false")
    boolean enabled;

    @ConfigProperty(name = "gtm.data")
    Path data;

    @ConfigProperty(name = "quarkus.http.port")
    int port;

    // Late, so that the flows are loaded and the account is the last thing printed.
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent started) throws IOException {
        if (!enabled) {
            return;
        }
        camel.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.ExchangeCompletedEvent completed && cameFromFile(completed)) {
                    InputSummary account = completed.getExchange().getProperty(InputSummary.PROPERTY, InputSummary.class);
                    if (account != null && FILE.equals(account.source())) {
                        print(account);
                    }
                }
            }
        });
        dropSample();
    }

    /** Inside Kamelets the exchange has copies, which complete too. */
    private static boolean cameFromFile(CamelEvent.ExchangeCompletedEvent completed) {
        return completed.getExchange().getFromEndpoint().getEndpointUri().startsWith("file:");
    }

    private void dropSample() throws IOException {
        Path inbox = Files.createDirectories(data.resolve("inbox").resolve(FLOW));
        Path hidden = inbox.resolve("." + FILE);
        try (InputStream sample = Demo.class.getResourceAsStream("/demo/" + FILE)) {
            Files.copy(sample, hidden, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(hidden, inbox.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    private void print(InputSummary account) {
        Path deadLetters = data.resolve("dead-letters").resolve(FLOW);
        String console = "http://127.0.0.1:" + port + "/";
        String url = sandbox.sandbox().map(Sandbox::url).orElse("");
        System.out.printf("""

                GTM Routes demo: %s -> flow "%s" -> People.ai sandbox
                  records read    %5d
                  requests sent   %5d
                  delivered       %5d
                  rejected        %5d%s

                Where to look
                  %-42s what the sandbox received
                  %-42s the rejected record, with its reason
                  %-42s the flow that did this

                Send a record
                  curl -H 'Content-Type: application/json' -d '{"external_id": "call-1"}' http://127.0.0.1:%d/intake/%s

                The demo is running. Ctrl+C stops it.
                Open the console: %s
                  %s
                  To deliver a record step by step, open %s?first-record=true
                """, data.resolve("inbox").resolve(FLOW).resolve(FILE), FLOW, account.read(), account.requests(),
                account.delivered(), account.rejected(), reasons(deadLetters, account.rejected()), url + "/sandbox/requests",
                deadLetters, "routes/flows/calls.yaml", port, FLOW, console,
                account.rejected() == 0 ? "The overview shows what was delivered."
                        : "First, press Review reasons beside the rejected record.",
                console);
    }

    /** Where and why records were rejected: the newest lines of the dead letters. */
    private static String reasons(Path deadLetters, long count) {
        if (count == 0) {
            return "";
        }
        ObjectMapper json = new ObjectMapper();
        try (var files = Files.list(deadLetters)) {
            List<String> lines = Files.readAllLines(files.sorted().reduce((first, last) -> last).orElseThrow());
            StringBuilder reasons = new StringBuilder();
            for (String each : lines.subList(lines.size() - Math.toIntExact(count), lines.size())) {
                JsonNode letter = json.readTree(each);
                reasons.append("  line ").append(letter.path("line").asLong()).append(": ")
                        .append(letter.path("reason").asText());
            }
            return reasons.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
