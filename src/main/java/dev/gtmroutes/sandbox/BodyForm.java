package dev.gtmroutes.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an endpoint takes as its request body. */
enum BodyForm {
    /** No body at all. */
    @JsonProperty("none") NONE,
    /** One JSON object: a record, or a wrapper around an array of records. */
    @JsonProperty("object") OBJECT,
    /** A JSON array of records. */
    @JsonProperty("array") ARRAY
}
