// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.FlowLetters;
import org.junit.jupiter.api.Test;

/** What a person is told of a task that failed. */
class LetterTaskTest {

    private static final LetterStore BROKEN = new LetterStore(null, Path.of("data"), Path.of("routes")) {
        @Override
        FlowLetters flow(String flow) {
            throw new StackOverflowError();
        }
    };

    @Test
    void anErrorIsToldLikeAnyOtherFailure() {
        List<String> audit = new ArrayList<>();
        LetterTask task = new LetterTask(BROKEN, LetterTask.Action.DISCARD, Map.of("calls", DeadLetterSelection.ALL), false,
                (flow, records) -> audit.add(flow));
        task.run();

        assertThat(task.remarks()).containsExactly("Failed for calls. The log of the program contains the reason.");
        assertThat(task.isEnded()).isTrue();
        assertThat(task.isBad()).isTrue();
        assertThat(audit).isEmpty();
    }
}
