// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log-ins with OpenID Connect, beside passwords. */
class SingleSignOnIT {

    private static final String PASSWORD = "long-operator-password";
    private static final String ENTRY = "/login/single-sign-on";

    @TempDir
    static Path directory;

    private static OpenIdProvider provider;
    private static Program program;

    @BeforeAll
    static void start() throws Exception {
        provider = new OpenIdProvider();
        program = Program.in(directory).recorded().env("PEOPLE_AI_API_KEY", "unused")
                .env("QUARKUS_OIDC_TENANT_ENABLED", "true").env("QUARKUS_OIDC_AUTH_SERVER_URL", provider.url())
                .env("QUARKUS_OIDC_CLIENT_ID", OpenIdProvider.CLIENT)
                .env("QUARKUS_OIDC_CREDENTIALS_SECRET", OpenIdProvider.SECRET)
                .env("GTM_CONSOLE_OPERATOR_GROUPS", "gtm-admins,gtm-owners").env("GTM_CONSOLE_VIEWER_GROUPS", "staff")
                .env("GTM_CONSOLE_OPERATOR_PASSWORD", PASSWORD).start().awaitStarted();
    }

    @AfterAll
    static void stop() throws InterruptedException {
        program.close();
        provider.close();
        assertThat(program.output()).noneMatch(each -> each.contains(OpenIdProvider.SECRET));
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).cookieHandler(new CookieManager())
                .followRedirects(Redirect.ALWAYS).build();
    }

    private static HttpResponse<String> get(HttpClient browser, String path) throws Exception {
        return browser.send(request(path).build(), BodyHandlers.ofString());
    }

    private static int pause(HttpClient browser) throws Exception {
        return browser.send(request("/flows/calls/pause").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString())
                .statusCode();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + path))
                .header("Accept", "text/html");
    }

    @Test
    void whoIsNotLoggedInChoosesOnTheLogInPage() throws Exception {
        HttpResponse<String> page = get(browser(), "/flows");
        assertThat(page.uri().getPath()).isEqualTo("/login");
        assertThat(page.body()).contains("href=\"" + ENTRY + "\"", "name=\"password\"");
    }

    @Test
    void aGroupOfOperatorsMayChange() throws Exception {
        provider.person("ann", "other", "gtm-owners");
        HttpClient browser = browser();
        HttpResponse<String> page = get(browser, ENTRY);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.uri().getPath()).isEqualTo("/");
        assertThat(page.body()).contains("Overview", "Log out");
        assertThat(get(browser, "/flows").body()).contains("Call records to People.ai");
        assertThat(pause(browser)).isEqualTo(200);
        assertThat(program.lines("data/audit"))
                .anyMatch(each -> each.contains("\"account\":\"ann (single sign-on)\"") && each.contains("\"logged in\""))
                .anyMatch(each -> each.contains("\"account\":\"ann (single sign-on)\"") && each.contains("\"paused\""));

        browser.send(request("/logout").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        assertThat(get(browser, "/flows").uri().getPath()).isEqualTo("/login");
    }

    @Test
    void aGroupOfViewersMayOnlyRead() throws Exception {
        provider.person("bob", "staff");
        HttpClient browser = browser();
        assertThat(get(browser, ENTRY).uri().getPath()).isEqualTo("/");
        assertThat(pause(browser)).isEqualTo(403);
        assertThat(get(browser, "/audit").statusCode()).isEqualTo(403);
    }

    @Test
    void groupsThatTheSettingsDoNotNameGrantNothing() throws Exception {
        provider.person("operator", "operator", "viewer", "gtm-admins2");
        HttpClient browser = browser();
        HttpResponse<String> refused = get(browser, ENTRY);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(get(browser, "/flows").statusCode()).isEqualTo(403);
        assertThat(pause(browser)).isEqualTo(403);
    }

    @Test
    void aTokenWithAnotherKeyIsRefused() throws Exception {
        provider.person("eve", "gtm-admins").forged();
        HttpClient browser = browser();
        assertThat(get(browser, ENTRY).statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(get(browser, "/flows").uri().getPath()).isEqualTo("/login");
        assertThat(pause(browser)).isNotEqualTo(403);
        assertThat(program.lines("data/audit")).noneMatch(each -> each.contains("eve"));
    }

    @Test
    void passwordsWorkBeside() throws Exception {
        HttpRequest api = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + "/api/flows"))
                .header("Authorization", "Basic " + Base64.getEncoder()
                        .encodeToString(("operator:" + PASSWORD).getBytes(StandardCharsets.UTF_8)))
                .build();
        assertThat(browser().send(api, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        HttpClient browser = browser();
        HttpResponse<String> page = browser.send(request("/login").header("Content-Type",
                "application/x-www-form-urlencoded").POST(BodyPublishers.ofString("name=operator&password=" + PASSWORD))
                .build(), BodyHandlers.ofString());
        assertThat(page.uri().getPath()).isEqualTo("/");
    }

    @Test
    void withoutPasswordsThereIsNoOpenDoorBesideIt(@TempDir Path other) throws Exception {
        try (Program closed = Program.in(other).env("PEOPLE_AI_API_KEY", "unused")
                .env("QUARKUS_OIDC_TENANT_ENABLED", "true").env("QUARKUS_OIDC_AUTH_SERVER_URL", provider.url())
                .env("QUARKUS_OIDC_CLIENT_ID", OpenIdProvider.CLIENT)
                .env("QUARKUS_OIDC_CREDENTIALS_SECRET", OpenIdProvider.SECRET)
                .env("GTM_CONSOLE_OPERATOR_GROUPS", "gtm-admins").start().awaitStarted()) {
            HttpResponse<String> api = browser().send(HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + closed.port() + "/api/flows")).build(), BodyHandlers.ofString());
            assertThat(api.statusCode()).isEqualTo(401);
        }
    }
}
