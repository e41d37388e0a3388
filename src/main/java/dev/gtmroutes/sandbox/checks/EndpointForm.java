// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.checks;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * One form in which an endpoint takes a request; {@code sandbox/README.md} in the resources says what each part is.
 *
 * @param at            the attribute that holds the record or the array; null = the body is it
 * @param maxItems      the most records of an array
 * @param required      paths of attributes that every record must have
 * @param values        the values an attribute may have, by its path
 * @param without       attributes that say that another form is meant
 * @param query         query parameters that must be there
 * @param optionalQuery query parameters that may be there
 * @param anyQuery      whether any other query parameter may be there too, and as often as it likes
 * @param rule          what is asked of a record's attributes, by the other parts
 */
public record EndpointForm(BodyForm body, String at, int maxItems, List<String> required, Map<String, List<String>> values,
        List<String> without, List<String> query, List<String> optionalQuery, boolean anyQuery,
        @JsonIgnore AttributeRule rule) {

    public EndpointForm {
        required = listed(required);
        values = Map.copyOf(Objects.requireNonNullElse(values, Map.of()));
        without = listed(without);
        query = listed(query);
        optionalQuery = listed(optionalQuery);
        rule = AttributeRule.of(required, values, without);
    }

    private static List<String> listed(List<String> names) {
        return List.copyOf(Objects.requireNonNullElse(names, List.of()));
    }

    /** What its data lacks, for a message; null = nothing. */
    public String incomplete() {
        if (body == null) {
            return "requires a body: none, object or array";
        }
        return body == BodyForm.ARRAY && maxItems < 1 ? "has an array and requires maxItems" : null;
    }
}
