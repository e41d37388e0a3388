// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import dev.gtmroutes.lint.kamelet.Kamelets;
import org.junit.jupiter.api.Test;

/** Whose name and letters a template has. */
class VendorMarkTest {

    private final Kamelets known = Kamelets.in(Path.of("routes/kamelets"));

    @Test
    void filesTopicsAndLookupsAreNoVendors() {
        assertThat(VendorMark.vendors(known)).contains("Salesloft", VendorMark.OTHER)
                .doesNotContain("Delivery", "Kafka", "Lookup");
        assertThat(known.find("kafka-records-sink").map(VendorMark::vendor)).contains(VendorMark.OTHER);
        assertThat(known.find("salesloft-bulk-load-sink").map(VendorMark::vendor)).contains("Salesloft");
    }
}
