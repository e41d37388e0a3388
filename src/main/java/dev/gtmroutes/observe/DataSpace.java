// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

import dev.gtmroutes.disk.FreeSpace;
import io.prometheus.client.Collector.MetricFamilySamples;
import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.Collector.Type;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What is left of the disk that the data directory is on. */
@Singleton
public class DataSpace {

    /** Bytes. */
    public static final String BYTES = "gtm_data_free_bytes";
    public static final String BYTES_HELP = "bytes that the program can still write to the data directory";
    /** Inodes. */
    public static final String INODES = "gtm_data_free_inodes";
    public static final String INODES_HELP = "files that the program can still create in the data directory; missing if the "
            + "file system does not limit their number, or without the command `df`";

    /** The numbers come from a process of their own, and whoever asks often must not start many. */
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private final Path data;
    private OptionalLong inodes;
    private long readAt;

    DataSpace(@ConfigProperty(name = "gtm.data") Path data) {
        this.data = data;
    }

    /** Both metrics, as they are now. */
    Stream<MetricFamilySamples> metrics() {
        OptionalDouble bytes;
        try {
            bytes = OptionalDouble.of(FreeSpace.bytes(data));
        } catch (IOException e) {
            // There is no such directory any more, which other checks tell.
            bytes = OptionalDouble.empty();
        }
        OptionalLong files = inodes();
        return Stream.of(gauge(BYTES, BYTES_HELP, bytes), gauge(INODES, INODES_HELP,
                files.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(files.getAsLong())));
    }

    private static MetricFamilySamples gauge(String name, String help, OptionalDouble value) {
        List<Sample> samples = value.isEmpty() ? List.of()
                : List.of(new Sample(name, List.of(), List.of(), value.getAsDouble()));
        return new MetricFamilySamples(name, Type.GAUGE, help, samples);
    }

    private synchronized OptionalLong inodes() {
        long now = System.nanoTime();
        if (inodes == null || now - readAt > FRESH_NANOS) {
            inodes = FreeSpace.inodes(data);
            readAt = now;
        }
        return inodes;
    }
}
