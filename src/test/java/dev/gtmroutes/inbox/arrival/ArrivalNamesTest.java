// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox.arrival;

import static dev.gtmroutes.inbox.arrival.BodyFormat.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class ArrivalNamesTest {

    @Test
    void namesRiseWhateverTheClockDoes() {
        long[] clock = {1_700_000_000_000L};
        ArrivalNames names = new ArrivalNames(() -> clock[0],
                Stream.of("intake-20231114T221320000Z-000041.csv", "intake-99999999T999999999Z-000000.csv", "other"));
        List<String> given = new ArrayList<>();
        for (long now : new long[] {0, 0, 1, -5000, 2}) {
            clock[0] = 1_700_000_000_000L + now;
            given.add(names.next(NDJSON));
        }
        assertThat(given).containsExactly("intake-20231114T221320000Z-000042.ndjson",
                "intake-20231114T221320000Z-000043.ndjson", "intake-20231114T221320001Z-000000.ndjson",
                "intake-20231114T221320001Z-000001.ndjson", "intake-20231114T221320002Z-000000.ndjson").isSorted();
    }
}
