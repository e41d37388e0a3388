// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.record;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonGenerator;

/** Where a record came from, if it is a message of its own and no part of a file. */
public interface RecordPosition {

    /** The place, in a few words for people. */
    String place();

    /** Writes the parts of the place as fields of the JSON object that is open. */
    void writePlace(JsonGenerator json) throws IOException;

    /** Writes what else is known of the message, as one JSON value. */
    void write(JsonGenerator json) throws IOException;
}
