// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.crash;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Where the records of a cell of the crash matrix come from. */
enum MatrixSource {

    INBOX, INTAKE, KAFKA, EXPORT, PAGED, FRAGMENTS;

    /** Activities of each day in the sandbox. */
    static final int PER_DAY = 20;
    /** Records of a fragment of an export, and of a page. */
    static final int CHUNK = 20;
    static final int PER_POLL = 40;
    static final int PARALLEL_FRAGMENTS = 2;
    /** The topic that has the task of each fragment, for all cells with fragment tasks. */
    static final String TASKS = "fragments";
    /** The flow that hands these tasks over. */
    static final String HAND_OVER = "hand-over";
    private static final LocalDate FIRST_EXPORT = LocalDate.of(2023, 1, 1);
    private static final LocalDate FIRST_PAGED = LocalDate.of(2024, 1, 1);
    private static final LocalDate FIRST_HANDED_OVER = LocalDate.of(2025, 1, 1);

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether records are given to it, rather than fetched by it. */
    boolean isFed() {
        return this == INBOX || this == INTAKE || this == KAFKA;
    }

    /**
     * The maximum number of records that come again after a crash even though their requests were answered, as
     * docs/guarantees.md says: those of a poll. All other sources note each request beside their file, fragment or page, so
     * none.
     */
    int inWork() {
        return this == KAFKA ? PER_POLL : 0;
    }

    /** Whether what it reads comes from a topic. */
    boolean readsTopic() {
        return this == KAFKA || this == FRAGMENTS;
    }

    /** The first day of the activities of a cell. No two cells share a day, but for those with fragment tasks. */
    private LocalDate first(MatrixDestination destination) {
        return switch (this) {
            case EXPORT -> FIRST_EXPORT.plusMonths(destination.ordinal());
            case PAGED -> FIRST_PAGED.plusMonths(destination.ordinal());
            default -> FIRST_HANDED_OVER;
        };
    }

    /** The records of a cell; for a source that is not fed, a whole number of days of them, 31 at the most. */
    List<String> ids(MatrixDestination destination, int records) {
        if (isFed()) {
            return IntStream.range(0, records)
                    .mapToObj(number -> "%s-%s-%06d".formatted(label(), destination.label(), number)).toList();
        }
        LocalDate day = first(destination);
        return IntStream.range(0, days(records) * PER_DAY)
                .mapToObj(number -> "%s-%06d".formatted(day.plusDays(number / PER_DAY), number % PER_DAY)).toList();
    }

    private static int days(int records) {
        return Math.min(31, (records + PER_DAY - 1) / PER_DAY);
    }

    static int fragments(int records) {
        return days(records) * PER_DAY / CHUNK;
    }

    /** The beginning of a flow: its source with its parameters, as YAML between braces. */
    String from(String flow, MatrixDestination destination, int records) {
        LocalDate first = first(destination);
        String range = "startDate: \"" + first + "\", endDate: \"" + first.plusDays(days(records) - 1L) + "\"";
        return switch (this) {
            case INBOX, INTAKE -> "kamelet:inbox-source\n      parameters: {flow: " + flow + "}";
            case KAFKA -> "kamelet:kafka-records-source\n      parameters: {flow: " + flow + ", topic: " + flow
                    + ", recordsPerPoll: " + PER_POLL + ", sessionTimeout: 6000}";
            case EXPORT -> "kamelet:people-ai-export-activities-source\n      parameters: {" + range
                    + ", period: 300, parallelFragments: " + PARALLEL_FRAGMENTS + "}";
            case PAGED -> "kamelet:people-ai-activities-source\n      parameters: {" + range + ", pageSize: " + CHUNK
                    + ", credential: sandbox}";
            case FRAGMENTS -> "kamelet:kafka-records-source\n      parameters: {flow: " + flow + ", topic: " + TASKS
                    + ", recordsPerPoll: 1, sessionTimeout: 6000}";
        };
    }

    /** The flow that hands fragments over as tasks. */
    static String handOver(int records) {
        return """
                - route:
                    id: %s
                    from:
                      uri: kamelet:people-ai-export-activities-source
                      parameters: {startDate: "%s", endDate: "%s", period: 300, fragments: hand-over}
                      steps:
                        - to: {uri: kamelet:kafka-records-sink, parameters: {topic: %s, keyBy: fragment}}
                """.formatted(HAND_OVER, FIRST_HANDED_OVER, FIRST_HANDED_OVER.plusDays(days(records) - 1L), TASKS);
    }
}
