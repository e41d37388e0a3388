// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.vault;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import dev.gtmroutes.disk.Sha256;

/**
 * Encrypts and decrypts: AES-GCM with keys of 256 bits and a new nonce each time, by Google Tink. The first key encrypts;
 * the others only decrypt what was encrypted before. Safe for use by many threads.
 */
final class VaultKeys {

    private static final int KEY_BYTES = 32;
    private static final int ID_LENGTH = 8;

    private final Map<String, Aead> byId = new LinkedHashMap<>();

    /** @param keys each as 32 bytes in Base64, the first one for new secrets; at least one */
    VaultKeys(Iterable<String> keys) throws VaultException {
        for (String each : keys) {
            byte[] key = bytes(each);
            try {
                byId.putIfAbsent(Sha256.hex("gtm-routes key " + Base64.getEncoder().encodeToString(key)).substring(0,
                        ID_LENGTH), new AesGcmJce(key));
            } catch (GeneralSecurityException e) {
                throw new VaultException("this Java cannot encrypt with AES-GCM");
            }
        }
    }

    private static byte[] bytes(String key) throws VaultException {
        try {
            byte[] bytes = Base64.getDecoder().decode(key);
            if (bytes.length == KEY_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Said below, without the key.
        }
        throw new VaultException("a key is not 32 bytes in Base64. Make one with: openssl rand -base64 32");
    }

    /**
     * @param  context what the secret is for: it can be opened for nothing else
     * @return         the id of the key, a colon and the secret, encrypted, in Base64
     */
    String seal(byte[] plain, String... context) {
        String id = byId.keySet().iterator().next();
        try {
            return id + ":" + Base64.getEncoder().encodeToString(byId.get(id).encrypt(plain, bytes(context)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption failed: " + e.getMessage());
        }
    }

    /** @throws VaultException if it was encrypted with an unknown key, for something else, or was changed since */
    byte[] open(String sealed, String... context) throws VaultException {
        int colon = sealed.indexOf(':');
        Aead key = byId.get(colon < 0 ? sealed : sealed.substring(0, colon));
        if (key == null && colon == ID_LENGTH) {
            throw new VaultException("it was encrypted with another key. Set this key again in gtm.credentials.key or "
                    + "gtm.credentials.key-file, behind the new one; or delete the file and enter the credentials again");
        }
        try {
            if (key != null) {
                return key.decrypt(decoded(sealed.substring(colon + 1)), bytes(context));
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Said below; what the library says helps nobody.
        }
        throw new VaultException("it was changed by something other than this program, or is damaged. Restore it from a "
                + "backup, or delete it and enter the credentials again");
    }

    /** Only as it is written: the last character of Base64 has bits that count for nothing, so that others mean the same. */
    private static byte[] decoded(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
            throw new IllegalArgumentException("it is not as it was written");
        }
        return bytes;
    }

    /** Whether this was encrypted with the key that is used for new secrets. */
    boolean isCurrent(String sealed) {
        return sealed.startsWith(byId.keySet().iterator().next() + ":");
    }

    /** No two lists of texts give the same bytes. */
    private static byte[] bytes(String... context) {
        StringBuilder all = new StringBuilder("gtm-routes 1\n");
        for (String each : context) {
            all.append(each.length()).append(':').append(each).append('\n');
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }
}
