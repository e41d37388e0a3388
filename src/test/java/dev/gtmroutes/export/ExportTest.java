// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import dev.gtmroutes.export.fragment.Fragment;
import dev.gtmroutes.export.fragment.FragmentData;
import dev.gtmroutes.peopleai.SettableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which fragment is next, where two windows have a day in common. */
class ExportTest {

    @TempDir
    Path data;

    private final SettableClock clock = new SettableClock("2026-03-10T12:00:00Z");
    private Export export;
    private ExportWindow early;
    private ExportWindow late;

    @BeforeEach
    void begin() throws IOException {
        export = new Export("flow", data.resolve("state/people-ai-export"), clock, () -> true);
        ExportOrder order = ExportOrder.of("2026-03-05", "", "delta", "all");
        export.ledger().open(order, 1, true);
        clock.pass(Duration.ofDays(1));
        export.ledger().open(order, 1, true);
        early = export.ledger().windows(each -> true).get(0);
        late = export.ledger().windows(each -> true).get(1);
    }

    private void completed(ExportWindow window, String job) {
        export.ledger().took(window, new ExportJob(job, "Completed", "delta", "all", "JSONLines", window.days(),
                clock.instant(), 200, 2), "started");
    }

    private Fragment take() {
        return export.take().orElse(null);
    }

    private void accept(Fragment fragment) {
        export.fragments().accepted(fragment, new FragmentData(100, 0, 1, "print"), 100, 1);
        export.giveBack(fragment);
    }

    @Test
    void theLaterOneWaitsUntilNothingOfTheEarlierOneIsLeft() {
        completed(early, "one");
        completed(late, "two");
        Fragment first = take();
        Fragment second = take();
        assertThat(take()).isNull();
        accept(first);
        export.waits().failed(second.toString(), "the sink is full");
        export.giveBack(second);
        assertThat(take()).as("what has failed may have brought some of its records").isNull();

        export.waits().forgetAll();
        assertThat(take()).isEqualTo(second);
        accept(second);
        assertThat(take().job()).isEqualTo("two");
        assertThat(take().job()).isEqualTo("two");
    }

    @Test
    void theEarlierOneWaitsForWhatIsUnderWay() {
        completed(late, "two");
        Fragment underWay = take();
        completed(early, "one");
        assertThat(take()).isNull();
        accept(underWay);
        assertThat(take().job()).isEqualTo("one");
    }

    @Test
    void aClockThatJumpsAheadDoesNotLoseAJobWhoseDataIsThere() throws IOException {
        SettableClock now = new SettableClock(Instant.now().toString());
        Export next = new Export("flow", data.resolve("state/people-ai-export"), now, () -> true);
        next.ledger().open(ExportOrder.of("2026-03-05", "", "delta", "all"), 1, true);
        early = next.ledger().windows(each -> true).get(0);
        next.ledger().took(early, new ExportJob("one", "Completed", "delta", "all", "JSONLines", early.days(), now.instant(),
                200, 2), "started");
        now.pass(Duration.ofDays(11));
        next.forgetWhatIsTooOld();
        assertThat(early.job()).isEqualTo("one");

        now.pass(Duration.ofDays(-11));
        next = new Export("flow", data.resolve("state/people-ai-export"), now, () -> true);
        next.ledger().open(ExportOrder.of("2026-03-05", "", "delta", "all"), 1, true);
        next.forgetWhatIsTooOld();
        assertThat(next.ledger().windows(each -> each.hasJob("one"))).hasSize(1);
    }

    @Test
    void whatNeverComesDoesNotHoldUpTheOtherForEverAndIsTold() {
        completed(early, "one");
        completed(late, "two");
        clock.pass(Duration.ofHours(7));
        assertThat(export.concerns(true)).containsExactly(
                "delta 2026-03-05..2026-03-09: no fragment of job one has come for 7 h. Next: fetch fragments of "
                        + "job one, 2 of 2 are left",
                "delta 2026-03-09..2026-03-10: no fragment of job two has come for 7 h. It waits for the fragments of delta "
                        + "2026-03-05..2026-03-09, which has some of the same days");

        export.ledger().lost(early, "its data is too old");
        assertThat(take().job()).isEqualTo("two");
    }
}
