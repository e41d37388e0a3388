// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.credential.token.TokenSeal;
import dev.gtmroutes.parameter.ContextPlugin;
import org.apache.camel.CamelContext;

/**
 * The credentials that the program stores itself, as they are now. They are used for a credential of which settings and
 * files give nothing. A Camel context has one such object, empty unless the application fills it. Each value is one of
 * {@link Secrets#of all secrets in use} before it can be sent. Safe for use by many threads.
 */
public final class StoredCredentials {

    private final Secrets secrets;
    private volatile Content content = new Content(0, Map.of(), TokenSeal.NONE, null);

    /**
     * @param revision another one after each change
     * @param values   of each credential by the ends of the names of their settings, such as {@code api-key}
     * @param seal     what tokens are saved with that belong to these credentials
     * @param problem  why they cannot be read; null if they can
     */
    private record Content(long revision, Map<CredentialName, Map<String, String>> values, TokenSeal seal,
            String problem) {
    }

    private StoredCredentials(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Those of this context. */
    public static StoredCredentials of(CamelContext camel) {
        return ContextPlugin.of(camel, StoredCredentials.class, () -> new StoredCredentials(Secrets.of(camel)));
    }

    /** Takes the place of what was stored before: the next request uses it. */
    public synchronized void use(Map<CredentialName, Map<String, String>> values, TokenSeal seal) {
        Map<CredentialName, Map<String, String>> copy = new HashMap<>();
        values.forEach((name, fields) -> copy.put(name, Map.copyOf(fields)));
        Set<String> gone = new HashSet<>(labels(content.values));
        gone.removeAll(labels(copy));
        copy.forEach((name, fields) -> fields.forEach((field, value) -> secrets.addFrom(label(name, field), value)));
        gone.forEach(secrets::removeFrom);
        content = new Content(content.revision + 1, Map.copyOf(copy), seal, null);
    }

    /** There may be stored credentials, and they cannot be read. @param problem one sentence without secrets */
    public synchronized void unreadable(String problem) {
        content = new Content(content.revision + 1, Map.of(), TokenSeal.NONE, problem);
    }

    /** The file with the tokens that are fetched for a stored credential. @param data the data directory */
    public static Path tokens(Path data, CredentialName name) {
        return data.resolve("credentials").resolve(name + ".tokens");
    }

    private static Set<String> labels(Map<CredentialName, Map<String, String>> values) {
        Set<String> labels = new HashSet<>();
        values.forEach((name, fields) -> fields.keySet().forEach(field -> labels.add(label(name, field))));
        return labels;
    }

    /** What the secret is called where it is masked. */
    static String label(CredentialName name, String field) {
        return "stored " + name.settings() + field;
    }

    /** Another number after each change. */
    public long revision() {
        return content.revision;
    }

    /** The names of what is stored. */
    public Set<CredentialName> names() {
        return content.values.keySet();
    }

    /** Which values of a credential are stored; never the values themselves. */
    public Set<String> fields(CredentialName name) {
        return values(name).keySet();
    }

    /** The values of a credential; none if it is not stored. */
    Map<String, String> values(CredentialName name) {
        return content.values.getOrDefault(name, Map.of());
    }

    /** Why nothing can be read, one sentence; null if all is well. */
    public String problem() {
        return content.problem;
    }

    TokenSeal seal() {
        return content.seal;
    }
}
