// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.vault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FileErrors;

/**
 * Where the keys for stored credentials come from. If settings give none, the program makes one of its own.
 *
 * @param key  the value of {@code gtm.credentials.key}; blank for none
 * @param file the value of {@code gtm.credentials.key-file}; blank for none
 */
public record KeySettings(String key, String file) {

    static final String OWN = "credentials.key";
    private static final int KEY_BYTES = 32;
    private static final int MOST_BYTES = 4096;

    /** Whether a person gives the key, so that it can be kept apart from the data. */
    public boolean areGiven() {
        return !key.isBlank() || !file.isBlank();
    }

    /**
     * All keys there are, the one for new secrets first.
     *
     * @param folder  of the stored credentials, with the key of the program itself
     * @param make    whether to make a key if there is none
     * @param secrets learns the keys
     * @return        null if there is none
     */
    VaultKeys keys(Path folder, boolean make, Secrets secrets) throws VaultException {
        if (!key.isBlank() && !file.isBlank()) {
            throw new VaultException("gtm.credentials.key and gtm.credentials.key-file are set. Remove one of the two");
        }
        Path own = folder.resolve(OWN);
        List<String> keys = new ArrayList<>(words(key));
        if (!file.isBlank()) {
            keys.addAll(read(Path.of(file.strip()), "gtm.credentials.key-file: "));
        }
        // Secrets from before a person gave a key.
        if (Files.exists(own)) {
            keys.addAll(read(own, ""));
        } else if (keys.isEmpty() && make) {
            keys.add(made(own));
        }
        keys.forEach(secrets::add);
        return keys.isEmpty() ? null : new VaultKeys(keys);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[\\s,]+")).filter(each -> !each.isEmpty()).toList();
    }

    private static List<String> read(Path path, String setting) throws VaultException {
        try {
            if (Files.size(path) > MOST_BYTES) {
                throw new VaultException(setting + path + " is too large to contain keys");
            }
            List<String> keys = words(Files.readString(path, StandardCharsets.ISO_8859_1));
            if (keys.isEmpty()) {
                throw new VaultException(setting + path + " is empty");
            }
            return keys;
        } catch (IOException e) {
            throw new VaultException(setting + path + " cannot be read: " + FileErrors.text(e));
        }
    }

    private static String made(Path own) throws VaultException {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        String key = Base64.getEncoder().encodeToString(bytes);
        try {
            Disk disk = new Disk();
            disk.createFolder(own.getParent());
            disk.replace(own, (key + "\n").getBytes(StandardCharsets.ISO_8859_1));
            return key;
        } catch (IOException e) {
            throw new VaultException(own + " cannot be written: " + FileErrors.text(e));
        }
    }

    @Override
    public String toString() {
        return "KeySettings[***]";
    }
}
