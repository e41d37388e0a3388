// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;

import dev.gtmroutes.DataDirectory;
import dev.gtmroutes.FreePort;

/** A program as an operations team sees it on a busy day: with a password, and flows in each state. */
final class OperationsConsole implements AutoCloseable {

    /** Of the account {@code operator}. */
    static final String PASSWORD = "a password of the team";

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String AS_OPERATOR = "Basic "
            + Base64.getEncoder().encodeToString(("operator:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final String CALL = """
            {"external_id": "call-%d", "subject": "%s", "direction": "inbound", "timestamp": 1793607420, "duration": 1264, \
            "participants": [{"name": "Priya Nair", "email": "priya@acme.example"}, \
            {"name": "Tom Reyes", "email": "tom@fernhill.example"}]}
            """;

    private final int sandbox = FreePort.next();
    private final Program program;
    private boolean isBusy;

    /** Starts it without a record, in a directory below {@code target}. */
    OperationsConsole() throws IOException {
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "operations");
        program = Program.in(directory).env("GTM_SANDBOX_PORT", String.valueOf(sandbox))
                .env("GTM_CONSOLE_OPERATOR_PASSWORD", PASSWORD);
        Files.writeString(program.resolve("application.properties"), SandboxSettings.of(sandbox) + """
                gtm.inbox.quiet=0s
                customerly.emea.access-token=sandbox-token
                salesloft.apac.access-token=wrong-token
                """);
        program.start().awaitStarted();
    }

    int port() {
        return program.port();
    }

    /** Ends this session as a log-out in another window does. */
    void endSession(String cookie) throws IOException, InterruptedException {
        HttpRequest logOut = HttpRequest.newBuilder(url("/logout")).header("Cookie", cookie)
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.noBody()).build();
        assertThat(CLIENT.send(logOut, BodyHandlers.ofString()).statusCode()).isEqualTo(303);
    }

    /** Flows in each state, once. Returns when the program knows their states. */
    void busy() throws IOException, InterruptedException {
        if (isBusy) {
            return;
        }
        isBusy = true;
        misbehave("\"endpoint\": \"people-ai-push-chat-activity\", \"times\": -1, \"status\": 503");
        misbehave("\"endpoint\": \"customerly-send-message\", \"times\": -1, \"close\": \"after\"");
        sandbox("PUT", "/sandbox/exports?queuedMs=0&runningMs=600000&fragments=20&bytesPerSecond=0", "");
        flow("dialer-calls", "Calls of the sales dialer", "people-ai-push-call-activity-sink", "recordKey: external_id");
        flow("support-chats", "Chats of the help desk", "people-ai-push-chat-activity-sink", "");
        flow("website-leads", "Leads of the web form", "customerly-create-lead-sink", "");
        flow("trial-messages", "Messages to trial accounts", "customerly-send-message-sink", "credential: emea");
        flow("crm-people", "People of the CRM", "salesloft-create-person-sink", "credential: apac");
        source("salesloft-people", "salesloft-people-source", "period: 2s");
        source("activities-2026", "people-ai-export-activities-source",
                "startDate: \"2026-01-01\", endDate: \"2026-03-31\", period: 500, jobPatience: 1s");
        for (String each : new String[] {"dialer-calls", "support-chats", "website-leads", "trial-messages", "crm-people"}) {
            await(each).atMost(PATIENCE).until(() -> get("/api/flows").contains("\"" + each + "\""));
        }
        deliver();
        await("the dead letters").atMost(PATIENCE).until(() -> get("/api/dead-letters").split("\"id\"").length == 9);
        await("a failure").atMost(PATIENCE).until(() -> get("/flows").contains("Failing") && get("/flows")
                .contains("Retrying"));
        await("the list").atMost(PATIENCE).until(() -> !program.lines("data/salesloft-people").isEmpty());
        await("the export").atMost(PATIENCE).until(() -> get("/exports").contains("No progress"));
    }

    private void deliver() throws IOException, InterruptedException {
        DataDirectory data = new DataDirectory(program.resolve("data"));
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            calls.append(CALL.formatted(20_400 + i, "Renewal check-in"));
        }
        data.drop("dialer-calls", "calls-2026-11-29.ndjson", calls.toString());
        await("the calls").atMost(PATIENCE).until(() -> get("/api/flows/dialer-calls").contains("\"delivered\":40"));
        misbehave("\"endpoint\": \"people-ai-push-call-activity\", \"times\": 4, \"status\": 422, "
                + "\"body\": \"participants: no user of your organization takes part\"");
        data.drop("dialer-calls", "calls-2026-11-30.ndjson", calls.substring(0, calls.indexOf("\n") * 6)
                + "{\"external_id\": \"call-20499\", \"subject\": \"No participants\"}\nnot a record\n");
        data.drop("support-chats", "chats.ndjson", """
                {"external_id":"chat-1","timestamp":1793607480,"channel":{"name":"Website"},"text":"Hello",\
                "participants":[{"name":"A","email":"a@acme.example"},{"name":"B","email":"b@initech.example"}]}
                """);
        data.drop("website-leads", "leads.ndjson", "{\"email\": \"ana@oakridge.example\"}\n");
        data.drop("trial-messages", "messages.ndjson", """
                {"user_id": "u-1041", "content": "Your trial ends on Friday.", "type": "chat"}
                {"user_id": "u-1042", "content": "Your trial ends on Friday.", "type": "chat"}
                """);
        data.drop("crm-people", "people.csv", "email_address,first_name,last_name\nana@oakridge.example,Ana,Silva\n");
    }

    /** A paused flow that maps calls of a CSV file, which waits in its inbox. */
    void mapped(String id) throws IOException {
        Path file = program.resolve("data/inbox/" + id + "/history.csv");
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
                call_id,topic,started_at,duration_s,host_email,guest_email,internal_note
                call-20418,Renewal check-in,2026-12-01T08:52:00Z,1264,rep14@acme.example,it@fernhill.example,
                call-20419,Pricing questions,2026-12-01T09:05:05Z,418,rep02@acme.example,ops@oakridge.example,
                """);
        write(id, """
                - route:
                    id: %1$s
                    description: Calls before the new dialer
                    autoStartup: false
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                        - to:
                            uri: kamelet:people-ai-push-batch-call-activities-sink
                            parameters:
                              excludeAttributes: "internal_note"
                              map: |
                                # Calls of the old dialer
                                external_id = {call_id}
                                subject = {topic}
                                timestamp = {started_at:epoch}
                                duration = {duration_s}
                                direction = "inbound"
                                participants[].email = {host_email}
                """.formatted(id));
        await(id).atMost(PATIENCE).until(() -> get("/api/flows").contains("\"" + id + "\""));
    }

    /** What the file of a flow contains. */
    String file(String id) throws IOException {
        return Files.readString(program.resolve("routes/flows/" + id + ".yaml"));
    }

    void write(String id, String text) throws IOException {
        Files.writeString(program.resolve("routes/flows/" + id + ".yaml"), text);
    }

    private void flow(String id, String description, String template, String parameters) throws IOException {
        write(id, """
                - route:
                    id: %1$s
                    description: %2$s
                    from:
                      uri: kamelet:inbox-source
                      parameters: {flow: %1$s}
                      steps:
                        - to:
                            uri: kamelet:%3$s
                            parameters: {%4$s}
                """.formatted(id, description, template, parameters));
    }

    private void source(String id, String source, String parameters) throws IOException {
        write(id, """
                - route:
                    id: %1$s
                    from:
                      uri: kamelet:%2$s
                      parameters: {%3$s}
                      steps:
                        - to:
                            uri: kamelet:record-file-sink
                            parameters: {directory: data/%1$s}
                """.formatted(id, source, parameters));
    }

    /** The body of what the program responds to an operator. */
    String get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(url(path)).header("Authorization", AS_OPERATOR).build(),
                BodyHandlers.ofString()).body();
    }

    private void misbehave(String how) throws IOException, InterruptedException {
        sandbox("POST", "/sandbox/misbehave", "{" + how + "}");
    }

    private void sandbox(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sandbox + path))
                .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    }

    private URI url(String path) {
        return URI.create("http://127.0.0.1:" + program.port() + path);
    }

    @Override
    public void close() throws InterruptedException {
        program.close();
    }
}
