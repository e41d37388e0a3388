// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.gtmroutes.sandbox.catalogue.Catalog;
import dev.gtmroutes.sandbox.catalogue.Endpoint;
import dev.gtmroutes.sandbox.catalogue.Vendor;
import dev.gtmroutes.sandbox.checks.EndpointForm;

/**
 * A request that a vendor takes, from {@code sandbox/right-requests.txt}.
 *
 * @param endpoint its endpoint as the sandbox's data describe it
 * @param form     which of the endpoint's forms it has
 * @param path     below the vendor's base URL, with the query
 * @param body     empty = none
 * @param records  how many records it holds
 */
record RightRequest(Vendor vendor, Endpoint endpoint, int form, String method, String path, String body,
        int records) {

    static List<RightRequest> all() {
        Catalog catalog = Catalog.load();
        List<RightRequest> all = new ArrayList<>();
        for (String line : lines()) {
            String[] part = line.split("\\s*\\|\\s*", -1);
            Vendor vendor = catalog.vendors().stream().filter(known -> endpoint(known, part[0]).isPresent())
                    .findFirst().orElseThrow();
            Endpoint endpoint = endpoint(vendor, part[0]).orElseThrow();
            int form = (int) all.stream().filter(earlier -> earlier.endpoint.name().equals(part[0])).count();
            all.add(new RightRequest(vendor, endpoint, form, part[1], part[2], part[3], Integer.parseInt(part[4])));
        }
        return all;
    }

    private static Optional<Endpoint> endpoint(Vendor vendor, String name) {
        return vendor.endpoints().stream().filter(known -> known.name().equals(name)).findFirst();
    }

    private static List<String> lines() {
        try (InputStream in = RightRequest.class.getResourceAsStream("/sandbox/right-requests.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EndpointForm takes() {
        return endpoint.takes().get(form);
    }

    String pathWithoutQuery() {
        return path.replaceAll("\\?.*", "");
    }

    @Override
    public String toString() {
        return endpoint.name() + " form " + form;
    }
}
