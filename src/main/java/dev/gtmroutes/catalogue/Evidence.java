// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.util.List;

/** What is known of an endpoint or a list: who has confirmed that the vendor takes such a request. */
final class Evidence {

    static final String KEY = "evidence";

    /** The documents of the product, the vendor's reference, a use of the real API, or a conclusion of the author. */
    private static final List<String> WORDS = List.of("product", "reference", "used", "inferred");

    private Evidence() {
    }

    /** The word of an entry. Without one, it claims nothing. */
    static String of(Section entry) throws CatalogueException {
        return entry.oneOf(KEY, WORDS, "inferred");
    }
}
