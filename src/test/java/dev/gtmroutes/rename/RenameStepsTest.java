// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.rename;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.rename.FlowData.Move;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rename that ends in the middle, at each of its steps. */
class RenameStepsTest {

    /** Stands for kill -9. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Fails at one of the calls that change the disk, before or behind it. */
    private static final class FailingDisk extends Disk {
        private final int at;
        private final boolean isKill;
        private int calls;

        FailingDisk(int at, boolean isKill) {
            this.at = at;
            this.isKill = isKill;
        }

        private void call() throws IOException {
            calls++;
            if (isKill && calls == at) {
                throw new Killed();
            } else if (calls == at) {
                throw new IOException("the disk is full");
            }
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            call();
            super.move(from, to);
            call();
        }

        @Override
        public void syncFolder(Path folder) throws IOException {
            call();
            super.syncFolder(folder);
        }
    }

    @TempDir
    Path directory;

    private Path data(int run) {
        return directory.resolve("run-" + run + "/data");
    }

    private RenamePlan prepared(int run) throws IOException {
        Path data = data(run);
        write(data.resolve("inbox/calls/a.ndjson"), "{}");
        write(data.resolve("dead-letters/calls/2026-01-01.ndjson"), "{}");
        write(data.resolve("state/lists/calls.json"), "{}");
        write(data.resolveSibling("flows/calls.yaml"), "id: calls");
        write(data.resolveSibling("flows/calls.sample.json"), "[]");
        List<Move> moves = new ArrayList<>(new FlowData(data, data.resolve("state")).moves("calls", "people"));
        assertThat(moves).hasSize(3);
        moves.add(new Move(data.resolveSibling("flows/calls.sample.json"), data.resolveSibling("flows/people.sample.json")));
        return new RenamePlan("calls", "people", "ann", data.resolveSibling("flows/calls.yaml"), "id: calls",
                data.resolveSibling("flows/people.yaml"), "id: people", moves, Map.of("calls", "people"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** All files with what is in them, but those that are only left of writing. */
    private Map<String, String> files(int run) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(data(run).getParent())) {
            for (Path each : all.filter(Files::isRegularFile).toList()) {
                if (!each.toString().endsWith(".part") && !each.toString().endsWith(".new")) {
                    files.put(data(run).getParent().relativize(each).toString(), Files.readString(each));
                }
            }
        }
        return files;
    }

    private static Map<String, String> whole(String name) {
        return new TreeMap<>(Map.of("data/inbox/" + name + "/a.ndjson", "{}",
                "data/dead-letters/" + name + "/2026-01-01.ndjson", "{}", "data/state/lists/" + name + ".json", "{}",
                "flows/" + name + ".yaml", "id: " + name, "flows/" + name + ".sample.json", "[]"));
    }

    @Test
    void afterKillMinusNineAtAnyStepTheFlowIsWholeUnderOneName() throws Exception {
        List<String> ends = new ArrayList<>();
        boolean isKilled = true;
        for (int run = 1; isKilled; run++) {
            RenamePlan plan = prepared(run);
            isKilled = kill(run, plan);

            RenameSteps next = new RenameSteps(data(run), new Disk());
            List<String> done = new ArrayList<>();
            if (next.interrupted().isPresent()) {
                assertThat(files(run)).doesNotContainKey("flows/calls.yaml.new");
                next.carryOut(next.interrupted().get(), each -> done.add(each.from() + each.names()));
                assertThat(done).containsExactly("calls{calls=people}");
            }
            assertThat(next.interrupted()).isEmpty();
            String name = Files.exists(plan.oldFile()) ? "calls" : "people";
            assertThat(files(run)).as("killed at step " + run).isEqualTo(whole(name));
            ends.add(name);
        }
        assertThat(ends).contains("calls", "people").hasSizeGreaterThan(15);
    }

    /** @return whether it was */
    private boolean kill(int at, RenamePlan plan) throws IOException {
        RenameSteps steps = new RenameSteps(data(at), new FailingDisk(at, true));
        try {
            steps.begin(plan);
            steps.carryOut(plan, each -> assertThat(plan.newFile()).doesNotExist());
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    @Test
    void whileARenameIsNotFinishedTheFlowHasNoFileButInTheLastStep() throws Exception {
        RenamePlan plan = prepared(0);
        RenameSteps steps = new RenameSteps(data(0), new Disk());
        steps.begin(plan);
        assertThatThrownBy(() -> steps.carryOut(plan, each -> {
            throw new Killed();
        })).isInstanceOf(Killed.class);
        assertThat(files(0)).doesNotContainKeys("flows/calls.yaml", "flows/people.yaml").containsKey("data/rename.json");
    }

    @Test
    void whatFailsIsUndone() throws Exception {
        for (int run = 3;; run++) {
            RenamePlan plan = prepared(run);
            new RenameSteps(data(run), new Disk()).begin(plan);
            RenameSteps steps = new RenameSteps(data(run), new FailingDisk(run - 2, false));
            try {
                steps.carryOut(plan, each -> {
                });
                assertThat(run).isGreaterThan(10);
                return;
            } catch (IOException e) {
                steps.undo(plan);
                assertThat(files(run)).as("failed at step " + (run - 2)).isEqualTo(whole("calls"));
                assertThat(steps.interrupted()).isEmpty();
            }
        }
    }

    @Test
    void aPlanThatCannotBeReadIsReportedWithItsFile() throws Exception {
        write(data(0).resolve("rename.json"), "{");
        assertThatThrownBy(() -> new RenameSteps(data(0), new Disk()).interrupted())
                .hasMessage(data(0).resolve("rename.json") + " cannot be read: is not JSON");
    }

    @Test
    void anEmptyFolderInTheWayIsReplacedAndAnotherOneIsNot() throws Exception {
        RenamePlan plan = prepared(0);
        write(data(0).resolve("dead-letters/people/.lock"), "");
        write(data(0).resolve("inbox/people/b.ndjson"), "{}");
        RenameSteps steps = new RenameSteps(data(0), new Disk());
        steps.begin(plan);
        assertThatThrownBy(() -> steps.carryOut(plan, each -> {
        })).hasMessageContaining(data(0).resolve("inbox/people") + " exists. Move it away");
        Files.delete(data(0).resolve("inbox/people/b.ndjson"));
        steps.carryOut(plan, each -> {
        });
        assertThat(files(0)).isEqualTo(whole("people"));
    }
}
