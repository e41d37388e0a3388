// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.samples;

import java.util.Map;

import dev.gtmroutes.parameter.ParameterText;
import dev.gtmroutes.record.csv.CsvCells;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;

/** What the cells of CSV become in a flow: its source says it. */
@Singleton
public class SampleCells {

    private static final String TYPES = "csvTypes";
    private static final String EMPTY = "csvEmpty";
    /** The source that reads what is sent to the intake. */
    private static final String INBOX = "inbox-source";

    private final CamelContext camel;

    SampleCells(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * @param source     the Kamelet that the records of the flow come from
     * @param parameters of the source; a value may be the placeholder of a setting
     * @return the default where a value is none that the source can have: its field says so
     */
    public CsvCells of(String source, Map<String, String> parameters) {
        try {
            return CsvCells.of(resolved(source, TYPES, parameters.get(TYPES)),
                    resolved(source, EMPTY, parameters.get(EMPTY)));
        } catch (IllegalArgumentException e) {
            // The message may hold what a setting holds.
            return CsvCells.DEFAULT;
        }
    }

    private String resolved(String source, String parameter, String given) {
        return given == null || given.isBlank() ? setting(source, parameter)
                : camel.resolvePropertyPlaceholders(ParameterText.plain(given));
    }

    /**
     * @param types {@code csvTypes}, as a person has written it; null for the setting of the inbox
     * @param empty {@code csvEmpty}, in the same way
     * @throws RefusedSample if a value is not allowed
     */
    CsvCells ofInbox(String types, String empty) throws RefusedSample {
        try {
            return CsvCells.of(types == null ? setting(INBOX, TYPES) : types, empty == null ? setting(INBOX, EMPTY) : empty);
        } catch (IllegalArgumentException e) {
            throw new RefusedSample("", e.getMessage());
        }
    }

    /** What Camel gives a parameter that no flow gives; empty for its default. */
    private String setting(String source, String parameter) {
        return camel.resolvePropertyPlaceholders("{{camel.kamelet." + source + "." + parameter + ":}}");
    }
}
