// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.rename;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FileErrors;
import dev.gtmroutes.disk.FolderLock;
import dev.gtmroutes.rename.FlowData.Move;

/**
 * Carries out a rename on the disk. The plan is on the disk first, as {@code rename.json} in the data directory, and goes
 * last. While it is there, the flow has no file: only the last step makes one. Each step may be done again. A rename
 * is undone only while the program runs; what a crash interrupts is carried out at the next start.
 */
final class RenameSteps {

    private final Path intent;
    private final Disk disk;

    RenameSteps(Path data, Disk disk) {
        this.intent = data.resolve("rename.json");
        this.disk = disk;
    }

    /** What goes with the files. */
    interface Extra {
        /** May be called again after a crash. */
        void carryOut(RenamePlan plan) throws IOException;
    }

    /** The rename that was interrupted; empty if none was. @throws IOException in one line, if it cannot be read */
    Optional<RenamePlan> interrupted() throws IOException {
        try {
            return Optional.of(RenamePlan.read(Files.readAllBytes(intent)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IOException(intent + " cannot be read: " + FileErrors.text(e), e);
        }
    }

    /** Returns when the rename will be carried out, whatever happens. */
    void begin(RenamePlan plan) throws IOException {
        disk.replace(intent, plan.json());
    }

    /** Does what is not done yet of a rename that was begun. @param extra done before the flow has its new file */
    void carryOut(RenamePlan plan, Extra extra) throws IOException {
        if (Files.exists(plan.oldFile()) && Files.readString(plan.oldFile()).equals(plan.before())) {
            Files.delete(plan.oldFile());
            disk.syncFolder(plan.oldFile().getParent());
        }
        for (Move each : plan.moves()) {
            move(each.from(), each.to());
        }
        extra.carryOut(plan);
        if (Files.notExists(plan.newFile())) {
            disk.replaceShared(plan.newFile(), plan.text());
        }
        end();
    }

    /** Puts all back as it was before a rename that was begun. */
    void undo(RenamePlan plan) throws IOException {
        if (Files.exists(plan.newFile()) && Files.readString(plan.newFile()).equals(plan.text())) {
            Files.delete(plan.newFile());
        }
        List<Move> back = new ArrayList<>(plan.moves());
        Collections.reverse(back);
        for (Move each : back) {
            move(each.to(), each.from());
        }
        if (Files.notExists(plan.oldFile())) {
            disk.replaceShared(plan.oldFile(), plan.before());
        }
        end();
    }

    private void end() throws IOException {
        Files.deleteIfExists(intent);
        disk.syncFolder(intent.toAbsolutePath().getParent());
    }

    private void move(Path from, Path to) throws IOException {
        if (Files.notExists(from)) {
            return;
        }
        if (Files.exists(to) && FlowData.isNothing(to)) {
            Files.deleteIfExists(to.resolve(FolderLock.FILE));
            Files.delete(to);
        }
        if (Files.exists(to)) {
            throw new IOException(to + " exists. Move it away, and start the program again");
        }
        disk.createFolder(to.toAbsolutePath().getParent());
        disk.move(from, to);
    }
}
