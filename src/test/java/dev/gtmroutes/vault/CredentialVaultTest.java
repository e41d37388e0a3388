// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gtmroutes.PlainCamel;
import dev.gtmroutes.credential.CredentialName;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.credential.StoredCredentials;
import dev.gtmroutes.disk.Disk;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials on the disk: nobody reads them without the key, and nobody changes them unnoticed. */
class CredentialVaultTest {

    private static final String KEY = key('k');
    private static final String SECRET = "s3cret-value-9917";
    private static final CredentialName ACME = new CredentialName("people-ai", "acme");
    private static final CredentialName OTHER = new CredentialName("salesloft", "default");
    private static final Set<String> API_KEY = Set.of("api-key");
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path data;

    /** A start of the program. */
    private final class Run {

        final CamelContext camel = PlainCamel.create();
        final StoredCredentials inUse = StoredCredentials.of(camel);
        final CredentialVault vault;

        Run(String key) {
            this(new KeySettings(key, ""), new Disk());
        }

        Run(KeySettings keys, Disk disk) {
            vault = new CredentialVault(data, keys, inUse, Secrets.of(camel), disk);
            vault.open();
        }

        Run store(CredentialName name, String value) throws VaultException {
            vault.put(name, API_KEY, Map.of("api-key", value));
            return this;
        }
    }

    private static String key(char letter) {
        return Base64.getEncoder().encodeToString(String.valueOf(letter).repeat(32).getBytes(StandardCharsets.US_ASCII));
    }

    private Path file() {
        return data.resolve("credentials/credentials.json");
    }

    private String everything() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(each, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private void refused(String why) {
        Run run = new Run(KEY);
        assertThat(run.inUse.names()).isEmpty();
        assertThat(run.inUse.problem()).contains(why, file().toString()).doesNotContain(SECRET, KEY);
        assertThatThrownBy(() -> run.store(ACME, "another")).isInstanceOf(VaultException.class).hasMessageContaining(why);
    }

    @Test
    void aStoredCredentialOutlivesARestart() throws Exception {
        new Run(KEY).store(ACME, SECRET).store(OTHER, "other");

        assertThat(new Run(KEY).inUse.names()).containsExactlyInAnyOrder(ACME, OTHER);
        assertThat(new Run(KEY).inUse.problem()).isNull();
    }

    @Test
    void onTheDiskItIsUnreadableAndBelongsToTheProgramAlone() throws Exception {
        new Run("").store(ACME, SECRET);

        assertThat(everything()).doesNotContain(SECRET, Base64.getEncoder().encodeToString(SECRET.getBytes()));
        try (Stream<Path> files = Files.list(data.resolve("credentials"))) {
            assertThat(files.toList()).hasSize(2).allSatisfy(each -> assertThat(PosixFilePermissions
                    .toString(Files.getPosixFilePermissions(each))).isEqualTo("rw-------"));
        }
        assertThat(new Run("").inUse.names()).containsExactly(ACME);
    }

    @Test
    void withoutACredentialNothingIsMade() {
        new Run("");

        assertThat(data).isEmptyDirectory();
    }

    /** The same secret twice must not look the same. */
    @Test
    void eachEncryptionHasANonceOfItsOwn() throws Exception {
        new Run(KEY).store(ACME, SECRET);
        String first = JSON.readTree(file().toFile()).at("/values/0/value").asText();
        new Run(KEY).store(ACME, SECRET);

        assertThat(JSON.readTree(file().toFile()).at("/values/0/value").asText()).isNotEqualTo(first);
    }

    @Test
    void theSecretIsMaskedBeforeItIsUsedAndAfterItIsReplaced() throws Exception {
        Run run = new Run(KEY).store(ACME, SECRET);
        assertThat(Secrets.of(run.camel).mask("it is " + SECRET)).isEqualTo("it is ***");
        run.store(ACME, "another-value-31");
        run.vault.remove(ACME, API_KEY);

        assertThat(Secrets.of(run.camel).mask(SECRET + " another-value-31")).isEqualTo("*** ***");
        Run next = new Run(KEY).store(OTHER, "third-value-77");
        assertThat(Secrets.of(next.camel).mask("third-value-77 " + KEY)).isEqualTo("*** ***");
        assertThat(Secrets.of(new Run(KEY).camel).mask("third-value-77")).isEqualTo("***");
    }

    @Test
    void otherValuesOfTheSameNameStay() throws Exception {
        Run run = new Run(KEY).store(ACME, SECRET);
        run.vault.put(ACME, Set.of("client-id", "client-secret", "access-token"), Map.of("access-token", "t-1"));
        assertThat(run.inUse.fields(ACME)).containsExactlyInAnyOrder("api-key", "access-token");

        run.vault.put(ACME, Set.of("client-id", "client-secret", "access-token"),
                Map.of("client-id", "c-1", "client-secret", "c-2"));
        assertThat(run.inUse.fields(ACME)).containsExactlyInAnyOrder("api-key", "client-id", "client-secret");
        run.vault.remove(ACME, API_KEY);
        assertThat(run.inUse.fields(ACME)).containsExactlyInAnyOrder("client-id", "client-secret");
    }

    @Test
    void anotherKeyReadsNothingAndOverwritesNothing() throws Exception {
        new Run(key('x')).store(ACME, SECRET);
        String before = Files.readString(file());

        refused("it was encrypted with another key");
        assertThat(Files.readString(file())).isEqualTo(before);
    }

    @Test
    void aNewKeyTakesOverAndTheOldOneCanGo() throws Exception {
        new Run(key('x')).store(ACME, SECRET);
        Path tokens = StoredCredentials.tokens(data, ACME);
        SealedTokens seal = new SealedTokens(new KeySettings(key('x'), "").keys(data, false, new Secrets()));
        Files.write(tokens, seal.seal("people-ai-acme.tokens", "rotated".getBytes(StandardCharsets.US_ASCII)));

        assertThat(new Run(KEY + " " + key('x')).inUse.names()).containsExactly(ACME);
        assertThat(new Run(KEY).inUse.names()).containsExactly(ACME);
        SealedTokens now = new SealedTokens(new KeySettings(KEY, "").keys(data, false, new Secrets()));
        assertThat(now.open("people-ai-acme.tokens", Files.readAllBytes(tokens))).asString().isEqualTo("rotated");
        assertThatThrownBy(() -> now.open("people-ai-other.tokens", Files.readAllBytes(tokens)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aKeyInSettingsTakesOverFromTheKeyOfTheProgram() throws Exception {
        new Run("").store(ACME, SECRET);
        assertThat(new Run(KEY).inUse.names()).containsExactly(ACME);
        Files.delete(data.resolve("credentials/" + KeySettings.OWN));

        assertThat(new Run(KEY).inUse.names()).containsExactly(ACME);
    }

    @Test
    void aLostKeyIsNotReplacedByAnother() throws Exception {
        new Run("").store(ACME, SECRET);
        Files.delete(data.resolve("credentials/" + KeySettings.OWN));

        Run run = new Run("");
        assertThat(run.inUse.problem()).contains("its key", "is missing");
        assertThatThrownBy(() -> run.store(ACME, "another")).isInstanceOf(VaultException.class);
        assertThat(data.resolve("credentials/" + KeySettings.OWN)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "bm90IDMyIGJ5dGVz", "%%%"})
    void aKeyThatIsNoneIsToldAndNotQuoted(String key) throws Exception {
        Run run = new Run(key);
        assertThat(run.inUse.problem()).contains("openssl rand -base64 32").doesNotContain(key);
    }

    @Test
    void aKeyFileIsRead() throws Exception {
        Path keys = Files.writeString(data.resolve("keys"), KEY + "\n" + key('x') + "\n");
        new Run(key('x')).store(ACME, SECRET);

        assertThat(new Run(new KeySettings("", keys.toString()), new Disk()).inUse.names()).containsExactly(ACME);
        assertThat(new Run(new KeySettings("", "/no/such/file"), new Disk()).inUse.problem())
                .contains("gtm.credentials.key-file: /no/such/file");
        assertThat(new Run(new KeySettings(KEY, "/no/such/file"), new Disk()).inUse.problem())
                .contains("Remove one of the two");
    }

    /** Who can write the file could send one customer's records with another's credential. */
    @Test
    void swappedValuesAreRefused() throws Exception {
        new Run(KEY).store(ACME, SECRET).store(OTHER, "other");
        ObjectNode root = (ObjectNode) JSON.readTree(file().toFile());
        String first = root.at("/values/0/value").asText();
        ((ObjectNode) root.at("/values/0")).put("value", root.at("/values/1/value").asText());
        ((ObjectNode) root.at("/values/1")).put("value", first);
        JSON.writeValue(file().toFile(), root);

        refused("it was changed by something other than this program");
    }

    /** Also with a seal that fits, a value is good for its own place alone. */
    @Test
    void aValueIsGoodForItsPlaceAlone() throws Exception {
        VaultKeys keys = new KeySettings(KEY, "").keys(data, false, new Secrets());
        String sealed = keys.seal(SECRET.getBytes(StandardCharsets.UTF_8), "value", "people-ai", "acme", "api-key");

        assertThat(keys.open(sealed, "value", "people-ai", "acme", "api-key")).asString().isEqualTo(SECRET);
        for (String[] each : new String[][] {{"value", "people-ai", "other", "api-key"},
                {"value", "salesloft", "acme", "api-key"}, {"value", "people-ai", "acme", "access-token"},
                {"value", "people-aiacme", "", "api-key"}, {"tokens", "people-ai", "acme", "api-key"}}) {
            assertThatThrownBy(() -> keys.open(sealed, each)).isInstanceOf(VaultException.class);
        }
    }

    @Test
    void aRemovedOrOlderValueIsRefused() throws Exception {
        new Run(KEY).store(ACME, SECRET);
        ObjectNode older = (ObjectNode) JSON.readTree(file().toFile());
        new Run(KEY).store(ACME, "newer-value").store(OTHER, "other");
        ObjectNode now = (ObjectNode) JSON.readTree(file().toFile());
        ObjectNode mixed = now.deepCopy();
        ((ObjectNode) mixed.at("/values/0")).put("value", older.at("/values/0/value").asText());
        JSON.writeValue(file().toFile(), mixed);
        refused("it was changed by something other than this program");

        ((ArrayNode) now.get("values")).remove(1);
        JSON.writeValue(file().toFile(), now);
        refused("it was changed by something other than this program");
    }

    /** The last character of Base64 has bits that no byte needs. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void textThatMeansTheSameBytesIsRefusedToo(int length) throws Exception {
        VaultKeys keys = new KeySettings(KEY, "").keys(data, false, new Secrets());
        String sealed = keys.seal(new byte[length]);
        assertThat(keys.open(sealed)).hasSize(length);
        for (int i = 0; i < sealed.length(); i++) {
            for (char other : (BASE64 + "=").toCharArray()) {
                String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
                if (!changed.equals(sealed)) {
                    assertThatThrownBy(() -> keys.open(changed)).as(changed).isInstanceOf(VaultException.class);
                }
            }
        }
        assertThatThrownBy(() -> keys.open(sealed.replace("=", "").concat("\n"))).isInstanceOf(VaultException.class);
    }

    @Test
    void anyChangedCharacterIsRefused() throws Exception {
        new Run(KEY).store(ACME, SECRET);
        byte[] good = Files.readAllBytes(file());
        for (int i = 0; i < good.length; i++) {
            byte[] bad = good.clone();
            bad[i] = (byte) (bad[i] == 'A' ? 'B' : 'A');
            Files.write(file(), bad);
            Run run = new Run(KEY);
            boolean same = run.inUse.problem() == null && run.inUse.names().equals(Set.of(ACME));
            // White space between the parts means nothing.
            assertThat(run.inUse.problem() != null || same && Character.isWhitespace(good[i])).as("byte %d", i).isTrue();
        }
        Files.write(file(), new byte[0]);
        refused("");
        Files.writeString(file(), "{\"values\":\"" + SECRET);
        refused("it is not valid JSON");
    }

    /** A power cut or a full disk in the middle of a write. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aWriteThatFailsChangesNothing(int step) throws Exception {
        new Run(KEY).store(ACME, SECRET);
        Run run = new Run(new KeySettings(KEY, ""), new Disk() {

            @Override
            public void sync(FileChannel out) throws IOException {
                if (step == 0) {
                    throw new IOException("No space left on device");
                }
                super.sync(out);
            }

            @Override
            public void move(Path from, Path to) throws IOException {
                throw new IOException("power cut");
            }
        });
        assertThatThrownBy(() -> run.store(ACME, "another-value-31")).isInstanceOf(VaultException.class)
                .hasMessageNotContaining("another-value-31");

        assertThat(everything()).doesNotContain("another-value-31");
        assertThat(Secrets.of(run.camel).mask(SECRET)).isEqualTo("***");
        assertThat(new Run(KEY).store(OTHER, "other").inUse.names()).containsExactlyInAnyOrder(ACME, OTHER);
    }

    @Test
    void tokensOfACredentialThatIsReplacedOrGoneAreDeleted() throws Exception {
        Run run = new Run(KEY).store(ACME, SECRET);
        Path tokens = StoredCredentials.tokens(data, ACME);
        Files.writeString(tokens, "old");
        run.store(ACME, "another-value-31");
        assertThat(tokens).doesNotExist();

        Path left = StoredCredentials.tokens(data, OTHER);
        Files.writeString(left, "old");
        new Run(KEY);
        assertThat(left).doesNotExist();
    }

    /** For {@code validate}, which has no key. */
    @Test
    void namesCanBeReadWithoutAKey() throws Exception {
        assertThat(CredentialVault.settings(data)).isEmpty();
        new Run(KEY).store(ACME, SECRET).store(OTHER, "other");
        assertThat(CredentialVault.settings(data)).containsExactlyInAnyOrder("people-ai.acme.api-key", "salesloft.api-key");

        Files.writeString(file(), "{");
        assertThat(CredentialVault.settings(data)).isEmpty();
    }

    @Test
    void thereIsALimit() throws Exception {
        Run run = new Run(KEY);
        for (int i = 0; i < 200; i++) {
            run.store(new CredentialName("acme", "n" + i), "value");
        }
        assertThatThrownBy(() -> run.store(ACME, SECRET)).isInstanceOf(VaultException.class)
                .hasMessageContaining("at most 200");
        run.store(new CredentialName("acme", "n7"), "another");
    }
}
