// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

import dev.gtmroutes.disk.Sha256;

/** Makes the {@link RecordForm} of records, for {@code onlyChanged}. For any number of threads. */
final class FormHash {

    private final List<AttributePath> key;
    private final byte[] common;

    /**
     * @param key    attributes that identify a record, at least one
     * @param common what is the same for each record, and part of its form: method, vendor API, body
     */
    FormHash(List<AttributePath> key, String... common) {
        this.key = key;
        this.common = Sha256.begin().digest(String.join("\n", common).getBytes(StandardCharsets.UTF_8));
    }

    /** @return null if the record lacks an attribute of the key, or has null or an empty text there */
    RecordForm of(Map<AttributePath, Attributes.Value> values, String url, byte[] part) {
        List<String> texts = new ArrayList<>(key.size());
        for (AttributePath each : key) {
            Attributes.Value value = values.get(each);
            if (value == null || !value.isThere()) {
                return null;
            }
            texts.add(value.text() != null ? value.text() : new String(value.json(), StandardCharsets.UTF_8));
        }
        return new RecordForm(KeyHash.of(texts), form(url, part));
    }

    /**
     * Two checksums for which processors have instructions. They need not withstand a person who looks for equal ones: that
     * person could only keep a record of their own from being sent.
     */
    private long form(String url, byte[] part) {
        byte[] address = url.getBytes(StandardCharsets.UTF_8);
        byte[] before = ByteBuffer.allocate(common.length + Integer.BYTES + address.length).put(common)
                .putInt(address.length).put(address).array();
        long form = sum(new CRC32C(), before, part) << Integer.SIZE | sum(new CRC32(), before, part);
        return form == RecordForm.NONE ? 1 : form;
    }

    private static long sum(Checksum checksum, byte[] before, byte[] part) {
        checksum.update(before, 0, before.length);
        checksum.update(part, 0, part.length);
        return checksum.getValue();
    }
}
