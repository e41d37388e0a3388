package dev.gtmroutes.sandbox;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Map;

/**
 * One vendor API, as its data file describes it; {@code sandbox/README.md} in the resources says how.
 *
 * @param name         the first segment of its paths here
 * @param title        its name for people
 * @param basePath     what every path of it starts with, below the name
 * @param maxBodyBytes a longer body is refused
 * @param credential   what it wants to see
 * @param errors       bodies of refusals by status; {@code default} is for the others
 * @param answer       the answer of every endpoint that has none of its own
 * @param endpoints    what it takes
 */
record Vendor(String name, String title, String basePath, int maxBodyBytes, Credential credential,
        Map<String, BodyTemplate> errors, Endpoint.GoodAnswer answer, List<Endpoint> endpoints) {

    Vendor {
        if (name == null || basePath == null || credential == null || answer == null || endpoints == null) {
            throw new IllegalArgumentException(
                    "a vendor needs name, basePath, credential, answer and endpoints: " + name);
        }
        if (errors == null || !errors.containsKey("default")) {
            throw new IllegalArgumentException("vendor " + name + " needs errors.default");
        }
        if (maxBodyBytes < 1) {
            throw new IllegalArgumentException("vendor " + name + " needs maxBodyBytes");
        }
    }

    /** Where its paths start on this server. */
    String root() {
        return "/" + name + basePath;
    }

    Endpoint.GoodAnswer answerOf(Endpoint endpoint) {
        return endpoint.answer() == null ? answer : endpoint.answer();
    }

    BodyTemplate errorBody(int status) {
        BodyTemplate own = errors.get(Integer.toString(status));
        return own == null ? errors.get("default") : own;
    }

    /**
     * The credential of a vendor.
     *
     * @param sentAs the headers it may come in, any of them
     * @param key    the key that is accepted
     * @param status the answer to any other
     * @param body   the body of that answer
     */
    record Credential(@JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Place> sentAs,
            String key, int status, BodyTemplate body) {

        Credential {
            if (sentAs == null || sentAs.isEmpty() || key == null || status == 0 || body == null) {
                throw new IllegalArgumentException("a credential needs sentAs, key, status and body");
            }
        }

        /** The first of its headers. */
        String header() {
            return sentAs.get(0).header();
        }
    }

    /** A header, and what stands before the key in it, such as {@code "Bearer "}. */
    record Place(String header, String prefix) {

        Place {
            if (header == null) {
                throw new IllegalArgumentException("a credential's sentAs needs a header");
            }
            prefix = prefix == null ? "" : prefix;
        }
    }
}
