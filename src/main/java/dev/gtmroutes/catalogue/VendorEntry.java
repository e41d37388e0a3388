// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.util.List;

/**
 * What a catalogue file says.
 *
 * @param name      what the names of its Kamelets and settings begin with, such as {@code people-ai}
 * @param title     for people, such as People.ai
 * @param color     of its icon, such as {@code #0a7}
 * @param apis      its own API first; then those that share its credentials
 * @param methods   of requests to any endpoint, the usual one first; empty if there is no template for these
 * @param endpoints in the order of the file
 */
record VendorEntry(String name, String title, String color, List<ApiEntry> apis, List<String> methods,
        List<EndpointEntry> endpoints) {
}
