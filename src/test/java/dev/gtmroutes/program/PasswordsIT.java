// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that guess passwords, behind a reverse proxy that appends to X-Forwarded-For, and passwords that are too easy. */
class PasswordsIT {

    private static final String OPERATOR = "long-operator-password";
    private static final String VIEWER = "long-viewer-password";
    private static final String PROXY = "127.0.0.7";

    @TempDir
    static Path directory;

    private static Program program;
    private static RawHttp raw;

    @BeforeAll
    static void start() throws Exception {
        program = Program.in(directory).env("QUARKUS_HTTP_HOST", "0.0.0.0")
                .env("QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING", "true")
                .env("GTM_CONSOLE_OPERATOR_PASSWORD", OPERATOR)
                .env("GTM_CONSOLE_VIEWER_PASSWORD_FILE",
                        Files.writeString(directory.resolve("viewer"), VIEWER + "\n").toString())
                .env("PEOPLE_AI_API_KEY", "unused").start().awaitStarted();
        raw = new RawHttp(program.port());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        program.close();
        assertThat(program.output()).noneMatch(each -> each.contains(OPERATOR) || each.contains(VIEWER)
                || each.contains("without encryption"));
    }

    private static String basic(String name, String password) {
        return "Authorization: Basic " + Base64.getEncoder()
                .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** What the proxy makes of the header that a client wrote. */
    private static String from(String written, String client) {
        return "X-Forwarded-For: " + (written.isEmpty() ? "" : written + ", ") + client;
    }

    private static String form(String path, String password, String... headers) throws IOException {
        return raw.sendForm("name=operator&password=" + password, PROXY, path, headers);
    }

    private static String api(String... headers) throws IOException {
        return raw.send(PROXY, "GET /api/flows", headers);
    }

    private static boolean isSession(String answer) {
        return answer.contains("quarkus-credential=");
    }

    /** The program may have said it before the test has read it. */
    private static void awaitLine(String part) {
        Awaitility.await(part).until(() -> program.output().stream().anyMatch(each -> each.contains(part)));
    }

    @Test
    void aPasswordInAFileIsReadAgain() throws IOException {
        Path file = directory.resolve("viewer");
        String from = from("", "192.0.2.77");
        assertThat(api(from, basic("viewer", VIEWER))).startsWith("HTTP/1.1 200");

        Files.writeString(file, "another-viewer-password");
        assertThat(api(from, basic("viewer", "another-viewer-password"))).startsWith("HTTP/1.1 200");
        assertThat(api(from, basic("viewer", VIEWER))).startsWith("HTTP/1.1 401");

        Files.writeString(file, "");
        assertThat(api(from, basic("viewer", ""))).startsWith("HTTP/1.1 401");
        assertThat(api(from, basic("viewer", "another-viewer-password"))).startsWith("HTTP/1.1 200");
        awaitLine("The last password of the user viewer stays valid: setting gtm.console.viewer-password-file: " + file
                + " is empty");

        Files.writeString(file, VIEWER);
        assertThat(api(from, basic("viewer", VIEWER))).startsWith("HTTP/1.1 200");
    }

    @Test
    void aNewPasswordEndsSessionsAndAShortOneLetsNobodyIn() throws IOException {
        Path file = directory.resolve("viewer");
        String from = from("", "192.0.2.78");
        String answer = raw.sendForm("name=viewer&password=" + VIEWER, PROXY, "/login", from);
        String cookie = "Cookie: " + answer.substring(answer.indexOf("quarkus-credential="), answer.indexOf(';',
                answer.indexOf("quarkus-credential=")));
        assertThat(raw.send(PROXY, "GET /flows", from, cookie)).startsWith("HTTP/1.1 200");

        Files.writeString(file, "another-viewer-password");
        assertThat(raw.send(PROXY, "GET /flows", from, cookie)).startsWith("HTTP/1.1 302");

        Files.writeString(file, "short");
        for (String each : List.of("short", VIEWER, "another-viewer-password")) {
            assertThat(api(from, basic("viewer", each))).startsWith("HTTP/1.1 401");
        }
        awaitLine("No person can log in as viewer: the password in gtm.console.viewer-password-file has fewer than 12 "
                + "characters");
        Files.writeString(file, VIEWER);
        assertThat(api(from, basic("viewer", VIEWER))).startsWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @CsvSource({"/login, 1", "/%6Cogin, 2", "//login, 3", "/./login, 4", "/flows/login, 5", "/intake/login, 6",
            "/login?x=1, 7"})
    void noPathLeadsRoundTheLimit(String path, int number) throws IOException {
        String client = from("", "203.0.113." + number);
        for (int i = 0; i < 5; i++) {
            assertThat(isSession(form(path, "guessed", client))).isFalse();
        }
        for (String each : new String[] {path, "/login"}) {
            assertThat(isSession(form(each, OPERATOR, client))).as("the right password at %s", each).isFalse();
        }
        assertThat(api(client, basic("operator", OPERATOR))).startsWith("HTTP/1.1 429 ");
        assertThat(isSession(form("/login", OPERATOR, from("", "203.0.114." + number)))).isTrue();
    }

    @Test
    void anotherHeaderLeadsNotRoundTheLimit() throws IOException {
        String client = from("", "203.0.113.20");
        String wrong = basic("operator", "guessed");
        assertThat(api(client, "Authorization: Bearer x", wrong)).startsWith("HTTP/1.1 400 ")
                .contains("more than one header Authorization");
        assertThat(api(client, basic("viewer", VIEWER), basic("operator", OPERATOR))).startsWith("HTTP/1.1 400 ");
        for (int i = 0; i < 5; i++) {
            assertThat(raw.send(PROXY, "POST /intake/calls", client, wrong, "Content-Length: 0"))
                    .startsWith("HTTP/1.1 40");
        }
        assertThat(api(client, basic("operator", OPERATOR))).startsWith("HTTP/1.1 429 ");
    }

    @Test
    void aViewersLogInForgetsNoFailureOfTheOperator() throws IOException {
        String client = from("", "203.0.113.30");
        for (int i = 0; i < 5; i++) {
            assertThat(api(client, basic("operator", "guessed"))).startsWith("HTTP/1.1 401 ");
            assertThat(api(client, basic("viewer", VIEWER))).startsWith("HTTP/1.1 200 ");
        }
        assertThat(api(client, basic("operator", OPERATOR))).startsWith("HTTP/1.1 429 ");
        assertThat(api(client, basic("viewer", VIEWER))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whatAClientWritesIsNotItsAddress() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(api(from("198.51.100." + i, "203.0.113.40"), basic("operator", "guessed")))
                    .startsWith("HTTP/1.1 401 ");
        }
        assertThat(api(from("198.51.100.99", "203.0.113.40"), basic("operator", OPERATOR))).startsWith("HTTP/1.1 429 ");
    }

    @Test
    void anIpv6NetworkIsOneClient() throws IOException {
        for (int i = 0; i < 5; i++) {
            assertThat(api(from("", "2001:db8::" + i), basic("operator", "guessed"))).startsWith("HTTP/1.1 401 ");
        }
        assertThat(api(from("", "2001:db8::ffff"), basic("operator", OPERATOR))).startsWith("HTTP/1.1 429 ");
        assertThat(api(from("", "2001:db8:0:1::1"), basic("operator", OPERATOR))).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GTM_CONSOLE_OPERATOR_PASSWORD", "GTM_CONSOLE_VIEWER_PASSWORD"})
    void aShortPasswordIsRefusedWhereOthersReachTheProgram(String setting, @TempDir Path other) throws Exception {
        try (Program easy = Program.in(other).env("QUARKUS_HTTP_HOST", "0.0.0.0")
                .env("GTM_CONSOLE_OPERATOR_PASSWORD", OPERATOR).env(setting, "elevenchars")) {
            assertThat(easy.start().awaitExit()).isNotZero();
            assertThat(easy.output()).filteredOn(each -> each.contains("Set a password of at least 12 characters"))
                    .hasSize(1);
            assertThat(easy.output())
                    .noneMatch(each -> each.contains("elevenchars") || each.matches("^\\s+at .*|.*Caused by:.*"));
        }
    }

    @Test
    void theStartWarnsWherePasswordsTravelWithoutEncryption(@TempDir Path other) throws Exception {
        try (Program plain = Program.in(other).env("QUARKUS_HTTP_HOST", "0.0.0.0")
                .env("GTM_CONSOLE_OPERATOR_PASSWORD", OPERATOR).start().awaitStarted()) {
            assertThat(plain.output()).filteredOn(each -> each.contains("travel without encryption")).hasSize(1);
        }
    }
}
