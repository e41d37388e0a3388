// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.outcome;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.record.KeyAttributes;
import dev.gtmroutes.record.SourceRecord;

/** Says which record it is, equally in dead letters and response events, so that both can be joined. */
final class RecordPlace {

    private RecordPlace() {
    }

    /**
     * Where the record came from.
     *
     * @param name  of the field that names the source
     * @param input the source of the input; a message has a place of its own
     */
    static void write(JsonGenerator json, String name, String input, SourceRecord record) throws IOException {
        json.writeStringField(name, record.origin() == null ? input : record.origin().place());
        json.writeNumberField("line", record.line());
        if (record.origin() == null) {
            json.writeNumberField("index", record.index());
        }
    }

    /** The key of the record, if it has one. */
    static void writeKey(JsonGenerator json, String name, KeyAttributes key, SourceRecord record, Secrets secrets)
            throws IOException {
        String value = key.of(record);
        if (value != null) {
            json.writeStringField(name, secrets.mask(value));
        }
    }
}
