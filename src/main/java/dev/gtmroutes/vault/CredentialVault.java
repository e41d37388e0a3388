// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.vault;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import dev.gtmroutes.credential.CredentialName;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.credential.StoredCredentials;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FileErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials that people enter while the program runs, in {@code credentials/} of the data directory. A change is on
 * the disk before it is used. Only the process that has claimed the data directory may use it.
 */
public final class CredentialVault {

    private static final Logger LOG = LoggerFactory.getLogger(CredentialVault.class);
    private static final int MOST_CREDENTIALS = 200;

    private final Path data;
    private final Path folder;
    private final VaultFile file;
    private final Disk disk;
    private final KeySettings keySettings;
    private final StoredCredentials inUse;
    private final Secrets secrets;
    private final Map<CredentialName, Map<String, String>> values = new HashMap<>();
    private VaultKeys keys;
    private String problem;

    /** @param data the data directory */
    public CredentialVault(Path data, KeySettings keys, StoredCredentials inUse, Secrets secrets) {
        this(data, keys, inUse, secrets, new Disk());
    }

    CredentialVault(Path data, KeySettings keys, StoredCredentials inUse, Secrets secrets, Disk disk) {
        this.data = data;
        this.folder = data.resolve("credentials");
        this.file = new VaultFile(folder.resolve("credentials.json"), disk);
        this.keySettings = keys;
        this.inUse = inUse;
        this.secrets = secrets;
        this.disk = disk;
    }

    /**
     * The names of the settings in whose place something is stored, without a key, so that nobody knows whether they can be
     * used. None if that cannot be read.
     *
     * @param data the data directory
     */
    public static Set<String> settings(Path data) {
        return new VaultFile(data.resolve("credentials/credentials.json"), new Disk()).settings();
    }

    /** Reads what there is, and has it used. What cannot be read is told, and only the flows that need it wait. */
    public synchronized void open() {
        try {
            keys = keySettings.keys(folder, false, secrets);
            if (file.exists()) {
                read();
            }
        } catch (VaultException e) {
            fail(e.getMessage());
        } catch (IOException e) {
            fail("it cannot be written: " + FileErrors.text(e));
        }
    }

    private void fail(String why) {
        problem = "the stored credentials in " + folder.resolve("credentials.json") + " cannot be used: " + why;
        LOG.error("{}. Flows that need them wait", problem);
        inUse.unreadable(problem);
    }

    private void read() throws VaultException, IOException {
        if (keys == null) {
            throw new VaultException(
                    "its key " + folder.resolve(KeySettings.OWN) + " is missing. Restore the key, or delete "
                            + "credentials.json and enter the credentials again");
        }
        VaultFile.Content content = file.read(keys);
        values.putAll(content.values());
        if (!content.isCurrent()) {
            file.write(values, keys);
            LOG.info("Stored credentials: encrypted with the new key. No stored credential uses the key before it any more");
        }
        renewTokens();
        inUse.use(values, new SealedTokens(keys));
    }

    /** Of credentials that are gone, nothing stays; other tokens must not need an old key. */
    private void renewTokens() throws IOException {
        SealedTokens seal = new SealedTokens(keys);
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.tokens")) {
            for (Path each : all) {
                byte[] sealed = Files.readAllBytes(each);
                if (values.keySet().stream().noneMatch(name -> StoredCredentials.tokens(data, name).equals(each))) {
                    Files.delete(each);
                } else if (!seal.isCurrent(sealed)) {
                    renew(each, sealed, seal);
                }
            }
        }
    }

    private void renew(Path tokens, byte[] sealed, SealedTokens seal) throws IOException {
        String name = tokens.getFileName().toString();
        try {
            disk.replace(tokens, seal.seal(name, seal.open(name, sealed)));
        } catch (IllegalArgumentException e) {
            // Its credential says so when it needs the tokens.
            LOG.warn("{} cannot be read: {}", tokens, e.getMessage());
        }
    }

    /**
     * Stores values of a credential and has them used at once. Values of other vendor APIs with the same name stay.
     *
     * @param offered which values the vendor API knows; those that are not given are removed
     * @throws VaultException if they cannot be stored; nothing is changed then
     */
    public synchronized void put(CredentialName name, Set<String> offered, Map<String, String> given)
            throws VaultException {
        Map<CredentialName, Map<String, String>> next = without(name, offered);
        next.computeIfAbsent(name, any -> new HashMap<>()).putAll(given);
        if (next.size() > MOST_CREDENTIALS) {
            throw new VaultException("The program stores at most " + MOST_CREDENTIALS + " credentials. Delete one that no "
                    + "flow uses");
        }
        // Before anything can fail with a message that has them in it.
        given.values().forEach(secrets::addPassing);
        save(name, next);
    }

    /**
     * Deletes values of a credential.
     *
     * @param offered which values the vendor API knows
     * @throws VaultException if they cannot be deleted; nothing is changed then
     */
    public synchronized void remove(CredentialName name, Set<String> offered) throws VaultException {
        save(name, without(name, offered));
    }

    private Map<CredentialName, Map<String, String>> without(CredentialName name, Set<String> fields) {
        Map<CredentialName, Map<String, String>> next = new HashMap<>();
        values.forEach((each, its) -> next.put(each, new HashMap<>(its)));
        if (next.containsKey(name)) {
            next.get(name).keySet().removeAll(fields);
            if (next.get(name).isEmpty()) {
                next.remove(name);
            }
        }
        return next;
    }

    private void save(CredentialName changed, Map<CredentialName, Map<String, String>> next) throws VaultException {
        if (problem != null) {
            throw new VaultException("Credentials cannot be stored: " + problem);
        }
        try {
            if (keys == null) {
                keys = keySettings.keys(folder, true, secrets);
            }
            file.write(next, keys);
        } catch (IOException e) {
            throw new VaultException("The credential cannot be stored in " + folder + ": " + FileErrors.text(e));
        }
        forgetTokens(changed);
        values.clear();
        values.putAll(next);
        inUse.use(values, new SealedTokens(keys));
    }

    /** They belong to what was stored before. If they stay, they count for nothing: they say what they were got with. */
    private void forgetTokens(CredentialName name) {
        try {
            Files.deleteIfExists(StoredCredentials.tokens(data, name));
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", StoredCredentials.tokens(data, name), FileErrors.text(e));
        }
    }

    /** Why nothing can be stored, one sentence; null if all is well. */
    public synchronized String problem() {
        return problem;
    }

    /** Whether the key lies beside what it encrypts, so that a backup of the data directory contains both. */
    public boolean isKeyBesideData() {
        return !keySettings.areGiven();
    }
}
