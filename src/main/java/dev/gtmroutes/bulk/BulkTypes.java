// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.bulk;

import java.util.List;

/** The types of bulk jobs that Salesloft's public material names; there may be others. */
final class BulkTypes {

    static final List<String> KNOWN = List.of("person/upsert", "calendar/events/upsert");

    private BulkTypes() {
    }

    static boolean isKnown(String type) {
        return KNOWN.contains(type);
    }
}
