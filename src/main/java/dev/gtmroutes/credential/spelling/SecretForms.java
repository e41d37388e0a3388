// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.credential.spelling;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A secret as it is, in Base64 and as hexadecimal digits. For other ways to write it see {@link SecretSpelling}. */
public final class SecretForms {

    /** The forms of fewer bytes are likely to be part of something else. */
    private static final int SHORTEST = 8;
    /** So many bytes become four characters of Base64. */
    private static final int GROUP = 3;
    private static final int BITS_OF_A_CHARACTER = 6;

    private SecretForms() {
    }

    /** @return all forms of the secret, the secret itself among them */
    public static Set<String> of(String secret) {
        Set<String> all = new LinkedHashSet<>(List.of(secret));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= SHORTEST) {
            all.add(HexFormat.of().formatHex(bytes));
            all.add(HexFormat.of().withUpperCase().formatHex(bytes));
            base64(bytes, all);
        }
        return all;
    }

    /** Base64 depends on how many bytes stand in front, by three, and its ends on what stands beside. */
    private static void base64(byte[] secret, Set<String> all) {
        for (int before = 0; before < GROUP; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            // The first and the last character may hold bits of a neighbour.
            int from = (before * Byte.SIZE + BITS_OF_A_CHARACTER - 1) / BITS_OF_A_CHARACTER;
            int to = shifted.length * Byte.SIZE / BITS_OF_A_CHARACTER;
            for (Base64.Encoder each : Arrays.asList(Base64.getEncoder(), Base64.getUrlEncoder())) {
                all.add(each.withoutPadding().encodeToString(shifted).substring(from, to));
            }
        }
    }
}
