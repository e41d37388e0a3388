// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.apache.camel.Exchange;

/** What a source hands to the next step beside the records: nothing but what the documentation lists. */
public final class LeftBehind {

    /** Properties that the documentation of sources lists. */
    private static final Set<String> PROPERTIES = Set.of("GtmSettled", "GtmMessageEnd", "GtmInboxJournal", "GtmKafkaInput",
            "GtmCsvCells", "GtmExportFragmentInWork", "GtmFragmentTask", "GtmRun");
    /** Headers that it lists, beside those of Camel's own consumers. */
    private static final Set<String> HEADERS = Set.of("GtmExportJob", "GtmExportFragment", "GtmExportStartDate",
            "GtmExportEndDate", "GtmExportType", "CamelFileName", "Content-Type");

    private LeftBehind() {
    }

    /** @param exchange as the step behind a source gets it */
    public static void assertNothing(Exchange exchange) {
        try {
            check(exchange);
        } catch (AssertionError e) {
            // An exception fails the exchange; Camel tells nobody of an error on a thread of its own.
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static void check(Exchange exchange) {
        assertThat(exchange.getProperties().keySet()).filteredOn(each -> each.startsWith("Gtm")).isSubsetOf(PROPERTIES);
        assertThat(exchange.getProperties().keySet()).doesNotContain(Exchange.CHARSET_NAME, Exchange.SKIP_GZIP_ENCODING,
                Exchange.EXCEPTION_CAUGHT, Exchange.SPLIT_INDEX, Exchange.SPLIT_SIZE, Exchange.SPLIT_COMPLETE);
        assertThat(exchange.getMessage().getHeaders().keySet()).filteredOn(each -> !each.startsWith("CamelFile")
                && !each.startsWith("kafka.") && !each.startsWith("CamelKafka") && !each.startsWith("CamelMessage"))
                .isSubsetOf(HEADERS);
    }
}
