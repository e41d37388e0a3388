// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.util.Arrays;
import java.util.List;

/**
 * A cell of the crash matrix: a flow from one source to one destination.
 *
 * @param records how many records it moves
 */
record MatrixCell(MatrixSource source, MatrixDestination destination, int records) {

    private static final int ONE_IN = 25;
    /** Spreads neighbours: 2^32 divided by the golden ratio. */
    private static final int SPREAD = 0x9E3779B9;

    /** All there are, source by source. */
    static List<MatrixCell> all(int records) {
        return Arrays.stream(MatrixSource.values()).flatMap(source -> Arrays.stream(MatrixDestination.values())
                .map(destination -> new MatrixCell(source, destination, records))).toList();
    }

    /** Id of its flow. */
    String name() {
        return source.label() + "-" + destination.label();
    }

    /** Whether a word of the command line means it: its name, its source or its destination. */
    boolean isMeantBy(String word) {
        return word.equals(name()) || word.equals(source.label()) || word.equals(destination.label());
    }

    /** The records that it moves, known before it begins. */
    List<String> ids() {
        return source.ids(destination, records);
    }

    /** Whether its destination refuses a record; about one in 25, always the same. A file takes all. */
    boolean refuses(String id) {
        return destination != MatrixDestination.FILE && (id.hashCode() * SPREAD >>> 8) % ONE_IN == 0;
    }

    /** The file of the flow. */
    String yaml(int edit) {
        String fetch = source == MatrixSource.FRAGMENTS ? "        - to: {uri: kamelet:people-ai-fragment-action}\n" : "";
        return """
                - route:
                    id: %s
                    description: Version %d
                    from:
                      uri: %s
                      steps:
                %s        - to:
                            uri: %s
                """.formatted(name(), edit, source.from(name(), destination, records), fetch,
                destination.to(name(), edit));
    }
}
