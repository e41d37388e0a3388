// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.json.JsonMapper;

/** The vendors and endpoints the sandbox knows, and which of them a request is for. */
public final class Catalog {

    private final Map<String, Vendor> vendors = new LinkedHashMap<>();
    private final Map<String, Vendor> issuers = new HashMap<>();
    private final Map<String, Target> literal = new HashMap<>();
    private final List<Target> templated = new ArrayList<>();

    public Catalog(List<Vendor> vendors) {
        vendors.forEach(this::add);
        templated.sort(Comparator.comparingLong((Target target) -> target.path.literals()).reversed());
    }

    /** Reads the data files this package comes with. */
    public static Catalog load() {
        JsonMapper mapper = new JsonMapper();
        List<Vendor> vendors = new ArrayList<>();
        for (String name : read(mapper, "vendors.json", String[].class)) {
            vendors.add(read(mapper, name + ".json", Vendor.class));
        }
        return new Catalog(vendors);
    }

    private static <T> T read(JsonMapper mapper, String file, Class<T> type) {
        try (InputStream in = Catalog.class.getResourceAsStream("/sandbox/" + file)) {
            if (in == null) {
                throw new IllegalStateException("the data file of the sandbox is missing: sandbox/" + file);
            }
            return mapper.readValue(in, type);
        } catch (IOException e) {
            throw new IllegalStateException("the sandbox cannot read sandbox/" + file + ": " + e.getMessage(), e);
        }
    }

    private void add(Vendor vendor) {
        vendors.put(vendor.name(), vendor);
        if (vendor.oauth() != null) {
            issuers.put(vendor.tokenPath(), vendor);
        }
        Map<String, Target> targets = new LinkedHashMap<>();
        for (Endpoint endpoint : vendor.endpoints()) {
            PathTemplate path = endpoint.path().below(vendor.root());
            Target target = targets.computeIfAbsent(path.toString(), text -> new Target(vendor, path));
            target.endpoints.put(endpoint.method(), endpoint);
        }
        targets.forEach((text, target) -> {
            if (target.path.isLiteral()) {
                literal.put(text, target);
            } else {
                templated.add(target);
            }
        });
    }

    /** What a request is for, as far as this catalog knows it. */
    public Match match(String method, String path) {
        Target target = find(path);
        if (target == null) {
            return new Match(vendorOf(path), null, "");
        }
        return new Match(target.vendor, target.endpoints.get(method), String.join(", ", target.endpoints.keySet()));
    }

    private Target find(String path) {
        Target found = literal.get(path);
        if (found != null || templated.isEmpty()) {
            return found;
        }
        for (Target target : templated) {
            if (target.path.matches(path)) {
                return target;
            }
        }
        return null;
    }

    private Vendor vendorOf(String path) {
        for (Vendor vendor : vendors.values()) {
            if (path.startsWith(vendor.root() + "/")) {
                return vendor;
            }
        }
        int end = path.indexOf('/', 1);
        return end < 0 ? null : vendors.get(path.substring(1, end));
    }

    /** The vendor that issues tokens at this path; null = none does. */
    public Vendor issuer(String path) {
        return issuers.get(path);
    }

    public List<Vendor> vendors() {
        return List.copyOf(vendors.values());
    }

    /** The vendor of this name; an unknown one is an error that names the known ones. */
    public Vendor vendor(String name) {
        Vendor vendor = vendors.get(name);
        if (vendor == null) {
            throw new IllegalArgumentException("unknown vendor '" + name + "' here; there are: "
                    + String.join(", ", vendors.keySet()));
        }
        return vendor;
    }

    /** Refuses the name of an endpoint that is not here. */
    public void requireEndpoint(String name) {
        List<String> known = vendors.values().stream()
                .flatMap(vendor -> vendor.endpoints().stream())
                .flatMap(endpoint -> Stream.concat(Stream.of(endpoint.name()), endpoint.also().stream())).toList();
        if (!known.contains(name)) {
            throw new IllegalArgumentException("unknown endpoint '" + name + "' here; there are: "
                    + String.join(", ", known));
        }
    }

    /**
     * What a request is for.
     *
     * @param vendor   null = not below any vendor
     * @param endpoint null = unknown path, or known path with another method
     * @param allowed  the methods the path takes, comma-separated; empty = the path is unknown
     */
    public record Match(Vendor vendor, Endpoint endpoint, String allowed) {

        public String vendorName() {
            return vendor == null ? null : vendor.name();
        }

        public String endpointName() {
            return endpoint == null ? null : endpoint.name();
        }
    }

    /** All endpoints of one path, by method. */
    private static final class Target {
        private final Vendor vendor;
        private final PathTemplate path;
        private final Map<String, Endpoint> endpoints = new TreeMap<>();

        Target(Vendor vendor, PathTemplate path) {
            this.vendor = vendor;
            this.path = path;
        }
    }
}
