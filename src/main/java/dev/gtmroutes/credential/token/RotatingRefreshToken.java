// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.token;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.disk.FileErrors;

/**
 * Tokens for a refresh token that is replaced each time it is used, RFC 6749 section 6. The next one is on the disk
 * before the new access token is handed out.
 *
 * <p>One gap cannot be closed: when the program or the connection dies after the endpoint has spent the old refresh
 * token and before the new one is on the disk, it is lost, and a person has to put a new one into the settings. To keep
 * the gap small, the file is opened before the request, and nothing happens between answer and write.
 */
public final class RotatingRefreshToken implements Grant {

    /** One lock for each file: a route that is being replaced may still run beside its successor. */
    private static final Map<String, Object> LOCKS = new ConcurrentHashMap<>();

    private final TokenEndpoint endpoint;
    private final Supplier<Client> current;
    private final SecretFile file;
    private final TokenSeal seal;
    private final Secrets secrets;
    private final Clock clock;
    private Client client;
    private String seed;
    /** Received, but not on the disk, which did not take it: all that is left of the refresh token. */
    private RefreshState unsaved;

    /**
     * What identifies the caller to the token endpoint.
     *
     * @param refreshToken the refresh token of the settings, with which everything began
     * @param tokenUrl     where it is from
     * @param setting      name of the setting that holds the refresh token
     */
    public record Client(String id, String secret, String refreshToken, String tokenUrl, String setting) {

        @Override
        public String toString() {
            return "Client[***]";
        }
    }

    /**
     * @param client as the settings and the files that they name are at the moment
     * @param seal   what the tokens look like in the file
     */
    public RotatingRefreshToken(TokenEndpoint endpoint, Supplier<Client> client, SecretFile file, TokenSeal seal,
            Secrets secrets, Clock clock) {
        this.endpoint = endpoint;
        this.current = client;
        this.file = file;
        this.seal = seal;
        this.secrets = secrets;
        this.clock = clock;
    }

    @Override
    public AccessToken obtain(AccessToken refused) {
        synchronized (LOCKS.computeIfAbsent(file.toString(), any -> new Object())) {
            client = current.get();
            seed = RefreshState.seed(client.refreshToken(), client.id(), client.tokenUrl());
            if (unsaved != null) {
                save(unsaved);
            }
            RefreshState state = stored();
            AccessToken token = state.token();
            if (token != null && token.fresh(clock.instant())
                    && (refused == null || !token.value().equals(refused.value()))) {
                return token;
            }
            return refresh(state.refreshToken());
        }
    }

    /** What an earlier run or another route left, or a beginning. */
    private RefreshState stored() {
        try {
            byte[] bytes = file.read();
            RefreshState state = bytes == null ? null : RefreshState.of(seal.open(file.name(), bytes));
            if (state == null || !state.seed().equals(seed)) {
                return new RefreshState(seed, client.refreshToken(), null);
            }
            secrets.addPassing(state.refreshToken());
            secrets.addPassing(state.token().value());
            return state;
        } catch (IOException e) {
            throw new NoTokenException("the tokens in %s cannot be read: %s".formatted(file, FileErrors.text(e)), e);
        } catch (IllegalArgumentException e) {
            throw new NoTokenException("the tokens in %s cannot be read: %s. Delete it to start again with the token in %s"
                    .formatted(file, e.getMessage(), client.setting()), "", true);
        }
    }

    private AccessToken refresh(String refreshToken) {
        Instant asked = clock.instant();
        try (SecretFile.Replacement replacement = file.replace()) {
            TokenAnswer answer = endpoint.request(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken,
                    "client_id", client.id(), "client_secret", client.secret()));
            unsaved = new RefreshState(seed, answer.refreshToken() == null ? refreshToken : answer.refreshToken(),
                    new AccessToken(answer.accessToken(), asked,
                            answer.lifetime() == null ? null : asked.plus(answer.lifetime())));
            replacement.commit(seal.seal(file.name(), unsaved.json()));
        } catch (IOException e) {
            throw unwritten(e);
        } catch (NoTokenException e) {
            throw e.error().equals("invalid_grant")
                    ? e.with("the refresh token was refused; set a new one in " + client.setting()) : e;
        }
        return saved();
    }

    private void save(RefreshState state) {
        try (SecretFile.Replacement replacement = file.replace()) {
            replacement.commit(seal.seal(file.name(), state.json()));
        } catch (IOException e) {
            throw unwritten(e);
        }
        saved();
    }

    private AccessToken saved() {
        AccessToken token = unsaved.token();
        unsaved = null;
        return token;
    }

    private NoTokenException unwritten(IOException e) {
        return new NoTokenException("the tokens cannot be written to %s: %s".formatted(file, FileErrors.text(e)), e);
    }
}
