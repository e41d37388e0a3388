package dev.gtmroutes.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
record Sample(String vendor, String template, String id, String name, Map<String, String> settings,
        List<String> records, List<Request> requests, List<Rejected> rejected) {

    /**
     * @param path    below the base URL, with the query
     * @param headers those that matter; null for one that must not be there
     * @param body    empty for none
     */
    record Request(String method, String path, Map<String, String> headers, String body) {
    }

    /**
     * @param record number of the record, from 0
     * @param reason what the reason has to contain
     */
    record Rejected(int record, String reason) {
    }

    /** Whether the template is the vendor's manual destination, which can send to endpoints that nobody has. */
    boolean isManual() {
        return template.equals(vendor + "-request-sink");
    }

    /** The same case with another value of this setting, as a flow of its own. */
    Sample with(String setting, String value) {
        Map<String, String> others = new LinkedHashMap<>(settings);
        others.put(setting, value);
        return new Sample(vendor, template, id + "-" + value, name, others, records, requests, rejected);
    }

    @Override
    public String toString() {
        return template + ": " + name;
    }
}
