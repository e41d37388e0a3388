// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;

import dev.gtmroutes.delivery.outcome.Rejection;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.delivery.status.InputCounts;
import dev.gtmroutes.record.ShapedRecord;
import org.junit.jupiter.api.Test;

class InputTest {

    private static final List<ShapedRecord> ONE = Collections.singletonList(null);

    /** Cannot count. */
    private static final class Broken extends DestinationStatus {

        @Override
        public void delivered(int records) {
            throw new IllegalStateException("delivered");
        }

        @Override
        public void rejected(Rejection rejection, int records, boolean inARow) {
            throw new IllegalStateException("rejected");
        }
    }

    @Test
    void recordsAreUnderWayNoMoreWhateverFailsWhenTheyAreCounted() {
        Input input = new Input(new Broken(), "flow", "source", () -> true, null);
        input.sending(2);

        assertThatThrownBy(() -> input.delivered(ONE)).hasMessage("delivered");
        assertThatThrownBy(() -> input.refused(ONE, Rejection.unsent("no"), true)).hasMessage("rejected");

        assertThat(input.whenLanded(() -> {
        })).as("is anything under way").isFalse();
        assertThat(input.counts()).isEqualTo(new InputCounts(0, 1, 0, 1, 0));
    }
}
