// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gtmroutes.console.letters.RecordChanges.Change;
import org.junit.jupiter.api.Test;

class RecordChangesTest {

    @Test
    void eachAttributeThatDiffersIsNamed() {
        RecordChanges changes = RecordChanges.between("{\"a\":1,\"b\":{\"c\":\"x\"},\"list\":[{\"e\":1}],\"old\":true}",
                "{\"a\":1,\"b\":{\"c\":\"y\"},\"list\":[{\"e\":2},{\"e\":3}]}");
        assertThat(changes.changes()).containsExactly(new Change("b.c", "\"x\"", "\"y\""), new Change("list[0].e", "1", "2"),
                new Change("list[1]", null, "{\"e\":3}"), new Change("old", "true", null));
        assertThat(changes.count()).isEqualTo("4 attributes changed");
    }

    @Test
    void whatIsNoJsonHasNoChangesAndManyAreCut() {
        assertThat(RecordChanges.between("no JSON", "{}").changes()).isEmpty();
        assertThat(RecordChanges.between("{}", "{").changes()).isEmpty();
        StringBuilder many = new StringBuilder("{\"n\":0");
        for (int i = 0; i < 200; i++) {
            many.append(",\"a").append(i).append("\":1");
        }
        RecordChanges changes = RecordChanges.between("{\"n\":0}", many + "}");
        assertThat(changes.changes()).hasSize(100);
        assertThat(changes.count()).isEqualTo("More than 100 attributes changed");
    }

    @Test
    void aReasonBeginsAsASentenceButNoNameIsChanged() {
        assertThat(GroupRow.sentence("participants must not be empty")).isEqualTo("Participants must not be empty");
        assertThat(GroupRow.sentence("person_id is missing")).isEqualTo("person_id is missing");
        assertThat(GroupRow.sentence("… Not Found")).isEqualTo("… Not Found");
        assertThat(GroupRow.sentence("")).isEmpty();
    }
}
