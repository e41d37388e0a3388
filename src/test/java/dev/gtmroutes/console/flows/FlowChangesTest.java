// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.console.state.FlowChip;
import dev.gtmroutes.flow.FlowState;
import org.junit.jupiter.api.Test;

/** A page is sent the lines that have changed since it was sent, and no others. */
class FlowChangesTest {

    private final List<String> made = new ArrayList<>();
    private final FlowChanges changes = new FlowChanges(line -> {
        made.add(line.id() + " " + line.deliveredToday());
        return "<td>" + line.deliveredToday();
    });

    private static FlowLine line(String id, long delivered) {
        return new FlowLine(id, "", "", FlowState.ACTIVE, FlowSummary.UNKNOWN,
                new FlowChip(FlowChip.Kind.HEALTHY, "Healthy", null, "", null), new Sparkline("", 0), delivered, 0,
                WaitingInput.NOTHING, Instant.EPOCH, 0, 0);
    }

    @Test
    void onlyChangedLinesAreSent() {
        FlowChanges.Changes first = changes.since(0, List.of(line("a", 1), line("b", 1)));
        assertThat(first.isOtherList()).isTrue();
        FlowChanges.Changes same = changes.since(first.number(), List.of(line("a", 1), line("b", 1)));
        assertThat(same.isOtherList()).isFalse();
        assertThat(same.changed()).isEmpty();

        FlowChanges.Changes next = changes.since(first.number(), List.of(line("a", 1), line("b", 2)));
        assertThat(next.changed()).extracting(each -> each.line().id()).containsExactly("b");
        assertThat(changes.since(next.number(), List.of(line("a", 1), line("b", 2))).changed()).isEmpty();
        // Another page that has not asked in between.
        changes.since(next.number(), List.of(line("a", 2), line("b", 2)));
        assertThat(changes.since(first.number(), List.of(line("a", 2), line("b", 2))).changed())
                .extracting(each -> each.line().id())
                .containsExactly("a", "b");
    }

    @Test
    void flowsThatComeOrGoMakeAnotherList() {
        long number = changes.since(0, List.of(line("a", 1))).number();
        FlowChanges.Changes more = changes.since(number, List.of(line("a", 1), line("b", 1)));
        assertThat(more.isOtherList()).isTrue();
        assertThat(changes.since(more.number(), List.of(line("a", 1), line("b", 1))).isOtherList()).isFalse();
        // The page of a program that ran before, or later.
        assertThat(changes.since(more.number() + 5, List.of(line("a", 1), line("b", 1))).isOtherList()).isTrue();
    }

    @Test
    void theCellsOfALineAreMadeWhenItChanges() {
        long number = changes.since(0, List.of(line("a", 1), line("b", 1))).number();
        changes.since(number, List.of(line("a", 1), line("b", 1)));
        changes.since(0, List.of(line("a", 1), line("b", 1)));
        assertThat(made).containsExactly("a 1", "b 1");
        FlowChanges.Changes next = changes.since(number, List.of(line("a", 1), line("b", 2)));
        assertThat(made).containsExactly("a 1", "b 1", "b 2");
        assertThat(next.all()).extracting(each -> each.cells().toString()).containsExactly("<td>1", "<td>2");
    }
}
