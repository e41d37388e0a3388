// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.overview;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

import dev.gtmroutes.lint.flow.CredentialUse;
import dev.gtmroutes.lint.flow.VendorApi;
import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.YamlFile;

/** The flow and the record by which a person sees a first record delivered; both are files of the program. */
final class SampleFlow {

    /** Id of the flow. */
    static final String ID = "sample-calls";

    private static final String FLOW = "/demo/sample-calls.yaml";
    private static final String RECORD = "/demo/sample-calls.json";

    private SampleFlow() {
    }

    /** The file of the flow. */
    static String text() {
        return read(FLOW);
    }

    /** What it does, in a sentence. */
    static String description() {
        return file().root().items().get(0).get("route").get("description").text();
    }

    /** The record, on one line. */
    static String recordText() {
        return read(RECORD).strip();
    }

    static InputStream recordBody() {
        return new ByteArrayInputStream(recordText().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether all that a file of a flow sends goes to this place.
     *
     * @param place   what the base URLs of its APIs begin with
     * @param resolve gives a text with the values of settings in the place of their names
     */
    static boolean sendsOnlyTo(String place, YamlFile file, Kamelets known, UnaryOperator<String> resolve) {
        List<String> used = CredentialUse.in(List.of(file), known).stream().map(CredentialUse::api).toList();
        return !used.isEmpty() && VendorApi.all(known).stream().filter(each -> used.contains(each.name()))
                .allMatch(each -> KnownVendors.baseUrl(each, resolve).filter(url -> url.startsWith(place)).isPresent());
    }

    /** The file that a new flow would have. */
    static YamlFile file() {
        return YamlFile.of(Path.of(ID + ".yaml"), text());
    }

    private static String read(String resource) {
        try (InputStream in = SampleFlow.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
