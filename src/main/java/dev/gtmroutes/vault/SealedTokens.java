// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.vault;

import java.nio.charset.StandardCharsets;

import dev.gtmroutes.credential.token.TokenSeal;

/** Encrypts the tokens that are fetched for stored credentials with the same keys. */
record SealedTokens(VaultKeys keys) implements TokenSeal {

    private static final String TOKENS = "tokens";

    @Override
    public byte[] seal(String name, byte[] plain) {
        return (keys.seal(plain, TOKENS, name) + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public byte[] open(String name, byte[] sealed) {
        try {
            return keys.open(text(sealed), TOKENS, name);
        } catch (VaultException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    boolean isCurrent(byte[] sealed) {
        return keys.isCurrent(text(sealed));
    }

    private static String text(byte[] sealed) {
        return new String(sealed, StandardCharsets.US_ASCII).strip();
    }
}
