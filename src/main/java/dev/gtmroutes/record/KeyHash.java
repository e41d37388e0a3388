// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

import dev.gtmroutes.disk.Sha256;

/**
 * What identifies a record for {@code onlyChanged}: 128 bits of a hash of the values of its key. No two keys have the same
 * one by chance. {@code low} is never 0.
 */
public record KeyHash(long high, long low) {

    private static final int HEX_CHARS = 32;
    /** Looking for one takes longer than the hash of a key. */
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Sha256::begin);

    /**
     * @param values the values of the attributes of the key as text, in the order of the attributes: the number 1 and the
     *               text "1" are the same value, as they are in a URL
     */
    public static KeyHash of(List<String> values) {
        MessageDigest hash = SHA_256.get();
        for (String each : values) {
            byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
            hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            hash.update(bytes);
        }
        ByteBuffer sum = ByteBuffer.wrap(hash.digest());
        long high = sum.getLong();
        long low = sum.getLong();
        return new KeyHash(high, low == 0 ? 1 : low);
    }

    /**
     * @param  hex what {@link #toString} makes
     * @return     null if it is none
     */
    public static KeyHash parse(String hex) {
        if (hex.length() != HEX_CHARS || !hex.chars().allMatch(HexFormat::isHexDigit)) {
            return null;
        }
        KeyHash key = new KeyHash(HexFormat.fromHexDigitsToLong(hex, 0, HEX_CHARS / 2),
                HexFormat.fromHexDigitsToLong(hex, HEX_CHARS / 2, HEX_CHARS));
        return key.low == 0 ? null : key;
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
