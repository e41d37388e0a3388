// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a catalogue file says.
 *
 * @param name      what the names of its Kamelets and settings begin with, such as {@code people-ai}
 * @param title     for people, such as People.ai
 * @param color     of its icon, such as {@code #0a7}
 * @param apis      its own API first; then those that share its credentials
 * @param methods   of requests to any endpoint, the usual one first; empty if there is no template for these
 * @param endpoints in the order of the file
 * @param lists     in the order of the file
 */
record VendorEntry(String name, String title, String color, List<ApiEntry> apis, List<String> methods,
        List<EndpointEntry> endpoints, List<ListEntry> lists) {

    /**
     * What all Kamelets of the vendor say of it, by the gaps of their skeletons.
     *
     * @param firstLine of each of them
     */
    Map<String, String> values(String firstLine) {
        Map<String, String> values = new HashMap<>();
        values.put("generated", firstLine);
        values.put("vendor", name);
        values.put("name", title);
        values.put("title", YamlText.title(title));
        values.put("icon", Icon.of(color));
        return values;
    }
}
