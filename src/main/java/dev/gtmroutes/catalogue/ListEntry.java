// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.util.List;
import java.util.Map;

import dev.gtmroutes.catalogue.EndpointEntry.OwnParameter;

/**
 * What the source of one list is made of.
 *
 * @param name        such as {@code contacts}
 * @param path        below the base URL, with its parameters in braces and perhaps a fixed query
 * @param parameters  its own, beside those of all sources of lists
 * @param reading     what all reads of the list have in common, by the names of the source's parameters
 * @param pageSize    the records of a page by default; blank if the list comes in one response
 * @param largestPage the most records that the vendor gives in one page; blank if that is not known
 * @param fields      attributes that its records are known to have
 * @param evidence    what is known of the list, see {@link Evidence}
 */
record ListEntry(String name, String title, String description, String path, List<OwnParameter> parameters,
        Map<String, String> reading, String pageSize, String largestPage, List<String> fields, String evidence) {

    /** Whether it comes in one response. */
    boolean isWhole() {
        return pageSize.isEmpty();
    }

    /** Whether a later read asks for changes only. */
    boolean isIncremental() {
        return !reading.getOrDefault("since", "").isEmpty();
    }
}
