// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.samples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A case of a sample file: records, and what a template has to make of them.
 *
 * @param vendor   the directory the template is in
 * @param template the Kamelet
 * @param id       unique among all samples
 * @param name     what the case shows
 * @param settings parameters of the Kamelet
 * @param records  as they are sent
 * @param requests what has to arrive, in any order
 * @param rejected what has to be in the dead letters
 */
public record Sample(SampleVendor vendor, String template, String id, String name, Map<String, String> settings,
        List<String> records, List<Request> requests, List<Rejected> rejected) {

    /**
     * @param path    below the base URL, with the query
     * @param headers those that matter; null for one that must not be there
     * @param body    empty for none
     */
    public record Request(String method, String path, Map<String, String> headers, String body) {

        /** Whether the request has no body: nothing may be in its place, nor a Content-Type. */
        public boolean isBodyless() {
            return body.isEmpty();
        }
    }

    /**
     * @param record number of the record, from 0
     * @param reason what the reason has to contain
     */
    public record Rejected(int record, String reason) {
    }

    /** Whether the template is the vendor's manual destination, which can send to endpoints that nobody has. */
    public boolean isManual() {
        return template.equals(vendor.name() + "-request-sink");
    }

    /** Whether it is the first case of its file. */
    public boolean isFirst() {
        return id.equals(template + "-1");
    }

    /** Whether one of the requests has no body. */
    public boolean isBodyless() {
        return requests.stream().anyMatch(Request::isBodyless);
    }

    /** Whether one of the requests holds several records, so that it is not known of which request a record is a part. */
    public boolean sharesRequests() {
        return requests.size() + rejected.size() != records.size();
    }

    /** The same case with another value of this setting, as a flow of its own. */
    public Sample with(String setting, String value) {
        Map<String, String> others = new LinkedHashMap<>(settings);
        others.put(setting, value);
        return new Sample(vendor, template, id + "-" + value, name, others, records, requests, rejected);
    }

    /** The same case as a flow of its own. */
    public Sample as(String otherId) {
        return new Sample(vendor, template, otherId, name, settings, records, requests, rejected);
    }

    /** The same case, whose name says how its records came. */
    public Sample by(Object way) {
        return new Sample(vendor, template, id, name + " [" + way + "]", settings, records, requests, rejected);
    }

    /** The same records, each sent as it came to this path by the vendor's manual destination. */
    public Sample asItCame(String path) {
        return new Sample(vendor, vendor.name() + "-request-sink", id, "each record as it came",
                Map.of("url", path, "method", "POST"), records,
                records.stream().map(record -> new Request("POST", path, Map.of(), record)).toList(), List.of());
    }

    /** The same case where each request arrives a second time, because the first one is answered with a passing failure. */
    public Sample withEachRequestTwice() {
        List<Request> twice = Stream.concat(requests.stream(), requests.stream()).toList();
        return new Sample(vendor, template, id, name, settings, records, twice, rejected);
    }

    /** Whether its template sends a request at most once where nobody knows whether it was carried out. */
    public boolean isOnceOnly() {
        return SampleCatalog.template(this).matches("(?s).*\\bonceOnly: (true|\\{[^}]*default: true).*")
                || Boolean.parseBoolean(settings.get("onceOnly"));
    }

    /**
     * The same case with some of its records: with the requests and rejections that these lead to.
     *
     * @param wanted numbers of records, from 0, ascending
     * @throws IllegalStateException if records share requests
     */
    public Sample only(List<Integer> wanted) {
        if (sharesRequests()) {
            throw new IllegalStateException("records of " + this + " share requests");
        }
        List<Integer> sent = IntStream.range(0, records.size()).boxed()
                .filter(record -> rejected.stream().noneMatch(rejection -> rejection.record() == record)).toList();
        return new Sample(vendor, template, id, name, settings, wanted.stream().map(records::get).toList(),
                wanted.stream().filter(sent::contains).map(record -> requests.get(sent.indexOf(record))).toList(),
                rejected.stream().filter(rejection -> wanted.contains(rejection.record()))
                        .map(rejection -> new Rejected(wanted.indexOf(rejection.record()), rejection.reason())).toList());
    }

    @Override
    public String toString() {
        return template + ": " + name;
    }
}
