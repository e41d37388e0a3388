// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.disk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hashes that no two contents share. */
public final class Sha256 {

    private Sha256() {
    }

    /** A hash that has seen nothing yet. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The hash of a text, in hex. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(begin().digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
