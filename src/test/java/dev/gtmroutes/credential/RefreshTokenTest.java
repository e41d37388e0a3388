// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.gtmroutes.SmallDisk;
import dev.gtmroutes.api.ApiAnswer;
import dev.gtmroutes.credential.Vendor.Reply;
import dev.gtmroutes.credential.Vendor.Seen;
import dev.gtmroutes.credential.token.NoTokenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that are fetched with a refresh token, which is replaced each time. */
class RefreshTokenTest {

    private static final String SEED = "seed-0";

    @TempDir
    Path data;

    private final Vendor vendor = new Vendor();
    private final AtomicInteger granted = new AtomicInteger();
    private volatile String expected = SEED;
    private volatile int lifetime = 3600;

    @BeforeEach
    void rotate() {
        vendor.tokens(this::grant);
    }

    @AfterEach
    void stop() {
        vendor.close();
    }

    /** Takes each refresh token once. */
    private synchronized Reply grant(Seen request) {
        if (!expected.equals(request.field("refresh_token"))) {
            return Reply.of(400, "{\"error\":\"invalid_grant\"}");
        }
        int number = granted.incrementAndGet();
        expected = "refresh-" + number;
        return Reply.token("access-" + number, expected, lifetime);
    }

    private Api start(String seed) throws Exception {
        return Api.of("salesloft.client-id", "the-client", "salesloft.client-secret", "the-secret",
                "salesloft.refresh-token", seed, "salesloft.token-url", vendor.tokenUrl(), "salesloft.base-url",
                vendor.baseUrl(), "gtm.data", data.toString()).start("salesloft-api-action/salesloft-default");
    }

    private Path state() {
        return data.resolve("state/salesloft-default.json");
    }

    private String sent() {
        return vendor.calls().get(vendor.calls().size() - 1).header("Authorization");
    }

    @Test
    void theNextRefreshTokenIsOnTheDiskBeforeTheTokenIsUsed() throws Exception {
        vendor.api(seen -> {
            try {
                return Reply.of(200, Files.readString(state()).contains("refresh-1") ? "stored" : "too early");
            } catch (IOException e) {
                return Reply.of(200, "no file");
            }
        });
        try (Api api = start(SEED)) {
            ApiAnswer answer = api.call("POST", "/x", "{}");

            assertThat(Api.body(answer)).isEqualTo("stored");
            assertThat(sent()).isEqualTo("Bearer access-1");
            Seen request = vendor.tokenCalls().get(0);
            assertThat(request.field("grant_type")).isEqualTo("refresh_token");
            assertThat(request.field("client_secret")).isEqualTo("the-secret");
        }
    }

    @Test
    void onlyThisUserMayReadTheFile() throws Exception {
        try (Api api = start(SEED)) {
            api.call("POST", "/x", "{}");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state()))).isEqualTo("rw-------");
            assertThat(Files.readString(state())).contains("refresh-1", "access-1").doesNotContain(SEED, "the-secret");
            try (Stream<Path> files = Files.list(state().getParent())) {
                assertThat(files).containsExactly(state());
            }
        }
    }

    @Test
    void theNewFileBelongsToThisUserAloneFromItsFirstMoment() throws Exception {
        AtomicInteger looked = new AtomicInteger();
        vendor.tokens(request -> {
            try {
                Path next = data.resolve("state/salesloft-default.json.tmp");
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(next))).isEqualTo("rw-------");
                looked.incrementAndGet();
            } catch (IOException e) {
                return Reply.of(400, "{}");
            }
            return grant(request);
        });
        try (Api api = start(SEED)) {
            assertThat(Api.status(api.call("POST", "/x", "{}"))).isEqualTo(200);
            assertThat(looked).hasValue(1);
        }
    }

    @Test
    void aRestartGoesOnWithTheStoredTokens() throws Exception {
        try (Api api = start(SEED)) {
            api.call("POST", "/x", "{}");
        }
        try (Api api = start(SEED)) {
            api.call("POST", "/x", "{}");

            assertThat(sent()).isEqualTo("Bearer access-1");
            assertThat(vendor.tokenCalls()).hasSize(1);
        }
    }

    @Test
    void aRestartRenewsAnExpiredTokenWithTheStoredRefreshToken() throws Exception {
        lifetime = 1;
        try (Api api = start(SEED)) {
            api.call("POST", "/x", "{}");
        }
        Instant expired = Instant.now().plusSeconds(1);
        await().until(() -> Instant.now().isAfter(expired));
        try (Api api = start(SEED)) {
            assertThat(Api.status(api.call("POST", "/x", "{}"))).isEqualTo(200);
            assertThat(sent()).isEqualTo("Bearer access-2");
        }
    }

    @Test
    void aRefusedTokenRotatesOnce() throws Exception {
        vendor.api(seen -> seen.header("Authorization").endsWith("access-1") ? Reply.of(401, "") : Reply.of(200, "{}"));
        try (Api api = start(SEED)) {
            assertThat(Api.status(api.call("POST", "/x", "{}"))).isEqualTo(200);
            assertThat(granted).hasValue(2);
            assertThat(Files.readString(state())).contains("refresh-2", "access-2");
        }
    }

    @Test
    void aNewSeedInTheSettingsWins() throws Exception {
        try (Api api = start(SEED)) {
            api.call("POST", "/x", "{}");
        }
        expected = "seed-1";
        try (Api api = start("seed-1")) {
            assertThat(Api.status(api.call("POST", "/x", "{}"))).isEqualTo(200);
            assertThat(vendor.tokenCalls().get(1).field("refresh_token")).isEqualTo("seed-1");
        }
    }

    @Test
    void aRefusedRefreshTokenIsToldWithWhatToDo() throws Exception {
        expected = "spent elsewhere";
        try (Api api = start(SEED)) {
            assertThat(Api.failure(api.call("POST", "/x", "{}"))).isInstanceOf(NoTokenException.class).hasMessage(
                    "the token endpoint %s responded with 400 (invalid_grant): the refresh token was refused; set a new one "
                            + "in salesloft.refresh-token",
                    vendor.tokenUrl());
            assertThat(state()).doesNotExist();
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsToldBeforeTheRefreshTokenIsSpent() throws Exception {
        Files.createDirectories(data.resolve("state/salesloft-default.json.tmp/in-the-way"));
        try (Api api = start(SEED)) {
            assertThat(Api.failure(api.call("POST", "/x", "{}"))).isInstanceOf(NoTokenException.class)
                    .hasMessageContaining("cannot be written to " + state());
            assertThat(vendor.tokenCalls()).isEmpty();
        }
    }

    @Test
    void aFullDiskIsNoticedBeforeTheRefreshTokenIsSpent() throws Exception {
        try (SmallDisk disk = SmallDisk.at(data.resolve("state")); Api api = start(SEED)) {
            disk.fill();
            assertThat(Api.failure(api.call("POST", "/x", "{}"))).isInstanceOf(NoTokenException.class)
                    .hasMessageContaining("No space left");
            assertThat(vendor.tokenCalls()).isEmpty();

            disk.free();
            assertThat(Api.status(api.call("POST", "/x", "{}"))).isEqualTo(200);
            assertThat(Files.readString(state())).contains("refresh-1").doesNotContain("\0");
        }
    }

    @Test
    void aTokenThatCouldNotBeStoredIsNotUsedButStoredLater() throws Exception {
        vendor.tokens(request -> {
            try {
                Files.createDirectories(state().resolve("in-the-way"));
            } catch (IOException e) {
                return Reply.of(400, "{}");
            }
            return grant(request);
        });
        try (Api api = start(SEED)) {
            assertThat(Api.failure(api.call("POST", "/x", "{}"))).isInstanceOf(NoTokenException.class)
                    .hasMessageContaining("cannot be written");
            assertThat(vendor.calls()).isEmpty();

            Files.delete(state().resolve("in-the-way"));
            Files.delete(state());

            assertThat(Api.status(api.call("POST", "/x", "{}"))).isEqualTo(200);
            assertThat(sent()).isEqualTo("Bearer access-1");
            assertThat(granted).hasValue(1);
            assertThat(Files.readString(state())).contains("refresh-1");
        }
    }

    @Test
    void aFileThatSomebodySpoiledIsNamed() throws Exception {
        Files.createDirectories(state().getParent());
        Files.writeString(state(), "{\"refreshToken\": \"half a tok");
        try (Api api = start(SEED)) {
            assertThat(Api.failure(api.call("POST", "/x", "{}"))).isInstanceOf(NoTokenException.class)
                    .hasMessageContaining(state().toString()).hasMessageContaining("Delete it")
                    .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("half a tok"));
        }
    }
}
