// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.gtmroutes.lint.kamelet.KameletDefinition;

/** The vendors, templates and samples that lie in {@code routes/kamelets}: a new one is found by its file. */
public final class SampleCatalog {

    /** Where the Kamelets of this project are, one directory for each vendor among others. */
    public static final Path KAMELETS = Path.of("routes/kamelets");

    private SampleCatalog() {
    }

    /** Every vendor with an API. */
    public static List<SampleVendor> vendors() {
        return list(KAMELETS).stream().filter(Files::isDirectory).map(SampleVendor::of).flatMap(Optional::stream).toList();
    }

    /**
     * The files of all vendors whose names end so, without that end. One template is left out: it sends the requests of a
     * job, which depend on answers; {@code BulkLoadIT} is about it.
     */
    public static List<String> names(String suffix) {
        return vendors().stream().flatMap(vendor -> list(KAMELETS.resolve(vendor.name())).stream())
                .map(file -> file.getFileName().toString()).filter(name -> name.endsWith(suffix))
                .filter(name -> !name.startsWith("salesloft-bulk-load-sink"))
                .map(name -> name.replace(suffix, "")).toList();
    }

    /** All cases of all sample files. */
    public static List<Sample> samples() {
        return vendors().stream().flatMap(SampleCatalog::samples).toList();
    }

    /** Samples of sources hold a page of a list, see {@code ListSamplesTest}. */
    private static Stream<Sample> samples(SampleVendor vendor) {
        return list(KAMELETS.resolve(vendor.name())).stream()
                .filter(file -> file.toString().endsWith("-sink" + SampleFile.SUFFIX))
                .flatMap(file -> SampleFile.read(file, vendor).stream());
    }

    /** The text of the Kamelet that a sample is for. */
    static String template(Sample sample) {
        Path directory = KAMELETS.resolve(sample.vendor().name());
        try {
            return Files.readString(directory.resolve(sample.template() + KameletDefinition.ENDING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
