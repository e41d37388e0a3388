// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vendor that is in no catalogue, from its OpenAPI document alone: its endpoints deliver and its list is read. */
class ImportedVendorIT {

    private static final String TOKEN = "imported-token-8c11";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PERSON = "{\"id\":1,\"email_address\":\"a@example.com\",\"last_name\":null,"
            + "\"kind\":\"person\",\"updated_at\":\"2026-11-25T09:30:00Z\"}";

    @TempDir
    Path directory;

    private HttpServer server;
    private final List<String> taken = new CopyOnWriteArrayList<>();

    @BeforeEach
    void vendor() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            boolean read = exchange.getRequestMethod().equals("GET");
            if (known && !read) {
                taken.add((exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body).strip());
            }
            byte[] answer = (read ? "{\"data\":[" + PERSON + "],\"metadata\":{\"paging\":{\"total_count\":1}}}" : "{}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(known ? 200 : 401, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Test
    void anImportedDocumentDeliversAndIsRead() throws Exception {
        try (Program program = Program.in(directory).recorded()) {
            Files.createDirectories(directory.resolve("routes/flows"));
            Path document = Path.of("src/test/resources/openapi/salesloft-like.yaml").toAbsolutePath();
            Program.Ended imported = program.run("catalogue", "import", document.toString(), "--vendor", "outreach",
                    "--paths", "/v2/people,/v2/people/{id},/v2/me");
            assertThat(imported.status()).as(imported.out() + imported.err()).isZero();
            Program.Ended written = program.run("catalogue", "routes/catalogue/outreach.yaml");
            assertThat(written.status()).as(written.out() + written.err()).isZero();
            Files.writeString(directory.resolve("application.properties"), "outreach.access-token=" + TOKEN
                    + "\noutreach.base-url=http://127.0.0.1:" + server.getAddress().getPort() + "\n");
            flow("creates", "kamelet:inbox-source", "flow: creates", "outreach-create-person-sink",
                    "checkSchema: true");
            flow("updates", "kamelet:inbox-source", "flow: updates", "outreach-update-person-sink", "");
            flow("deletes", "kamelet:inbox-source", "flow: deletes", "outreach-delete-person-sink",
                    "confirmIrreversible: true");
            flow("people", "kamelet:outreach-people-source", "period: 15m", "record-file-sink",
                    "directory: " + directory.resolve("data/people"));
            program.start().awaitStarted();

            drop("creates",
                    "{\"email_address\":\"b@example.com\",\"last_name\":\"B\"}\n"
                            + "{\"email_address\":7,\"last_name\":\"C\"}\n");
            drop("updates", "{\"id\":7,\"email_address\":\"d@example.com\",\"last_name\":\"D\"}\n");
            drop("deletes", "{\"id\":8}\n");

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(taken).containsExactlyInAnyOrder(
                    "POST /v2/people {\"email_address\":\"b@example.com\",\"last_name\":\"B\",\"kind\":\"person\"}",
                    "PUT /v2/people/7 {\"email_address\":\"d@example.com\",\"last_name\":\"D\",\"kind\":\"person\"}",
                    "DELETE /v2/people/8"));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(program.lines("data/people")).containsExactly(PERSON));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(program.lines("data/dead-letters/creates"))
                    .singleElement().asString().contains("email_address"));
            assertThat(program.output()).noneMatch(each -> each.contains(TOKEN));
        }
    }

    private void flow(String id, String source, String sourceParameters, String sink, String sinkParameters)
            throws IOException {
        Files.writeString(directory.resolve("routes/flows/" + id + ".yaml"), """
                - route:
                    id: %s
                    from:
                      uri: %s
                      parameters: {%s}
                      steps:
                        - to:
                            uri: kamelet:%s
                            parameters: {%s}
                """.formatted(id, source, sourceParameters, sink, sinkParameters));
    }

    private void drop(String flow, String records) throws IOException {
        Path inbox = Files.createDirectories(directory.resolve("data/inbox/" + flow));
        Files.writeString(inbox.resolve("records.ndjson"), records);
    }
}
