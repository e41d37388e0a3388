package dev.gtmroutes.sandbox.checks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One form in which an endpoint takes a request; {@code sandbox/README.md} in the resources says what each part is. */
public final class EndpointForm {

    private final BodyForm body;
    private final String at;
    private final int maxItems;
    private final List<String> required;
    private final Map<String, List<String>> values;
    private final List<String> without;
    private final List<String> query;
    private final List<String> optionalQuery;
    private final boolean anyQuery;
    private final AttributeRule rule;

    @JsonCreator
    EndpointForm(@JsonProperty("body") BodyForm body, @JsonProperty("at") String at, @JsonProperty("maxItems") int maxItems,
            @JsonProperty("required") List<String> required, @JsonProperty("values") Map<String, List<String>> values,
            @JsonProperty("without") List<String> without, @JsonProperty("query") List<String> query,
            @JsonProperty("optionalQuery") List<String> optionalQuery, @JsonProperty("anyQuery") boolean anyQuery) {
        this.body = body;
        this.at = at;
        this.maxItems = maxItems;
        this.required = listed(required);
        this.values = Map.copyOf(Objects.requireNonNullElse(values, Map.of()));
        this.without = listed(without);
        this.query = listed(query);
        this.optionalQuery = listed(optionalQuery);
        this.anyQuery = anyQuery;
        this.rule = AttributeRule.of(this);
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

    public BodyForm body() {
        return body;
    }

    /** The attribute that holds the record or the array; null = the body is it. */
    public String at() {
        return at;
    }

    /** The most records of an array. */
    public int maxItems() {
        return maxItems;
    }

    /** Paths of attributes that every record must have. */
    public List<String> required() {
        return required;
    }

    /** The values an attribute may have, by its path. */
    public Map<String, List<String>> values() {
        return values;
    }

    /** Attributes that say that another form is meant. */
    List<String> without() {
        return without;
    }

    /** Query parameters that must be there. */
    public List<String> query() {
        return query;
    }

    /** Query parameters that may be there. */
    List<String> optionalQuery() {
        return optionalQuery;
    }

    /** Whether any other query parameter may be there too, and as often as it likes. */
    public boolean anyQuery() {
        return anyQuery;
    }

    /** What is asked of a record's attributes. */
    AttributeRule rule() {
        return rule;
    }
}
