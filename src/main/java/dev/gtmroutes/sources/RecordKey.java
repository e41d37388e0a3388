// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sources;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

import dev.gtmroutes.disk.Sha256;

/**
 * What a record is recognised by where the same days are read again: its uid together with all else that it says, as 128
 * bits of a hash of its bytes. A record with the same uid and another content has changed since: it is news, and leaving it
 * out would lose the change. Participants, which have no uid, are recognised as well. No two records have the same key by
 * chance.
 */
public record RecordKey(long high, long low) {

    /** So many bytes it has on disk. */
    public static final int BYTES = 16;

    public static RecordKey of(byte[] record) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.begin().digest(record));
        return new RecordKey(hash.getLong(), hash.getLong());
    }

    static RecordKey read(DataInput from) throws IOException {
        return new RecordKey(from.readLong(), from.readLong());
    }

    void write(DataOutput to) throws IOException {
        to.writeLong(high);
        to.writeLong(low);
    }
}
