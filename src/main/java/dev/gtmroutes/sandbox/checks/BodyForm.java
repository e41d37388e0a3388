// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the records of a request are. */
public enum BodyForm {
    /** There is no body; the request itself is the record. */
    @JsonProperty("none") NONE,
    /** One JSON object. */
    @JsonProperty("object") OBJECT,
    /** A JSON array of objects. */
    @JsonProperty("array") ARRAY
}
