// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.form;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FileErrors;
import dev.gtmroutes.flow.Flows;
import dev.gtmroutes.flow.files.FlowFile;
import dev.gtmroutes.form.RefusedEdit.Kind;
import dev.gtmroutes.form.versions.FlowVersions;
import dev.gtmroutes.form.versions.StoredVersion;
import dev.gtmroutes.lint.flow.SampleFiles;
import dev.gtmroutes.lint.yaml.YamlFile;

/** The folder of the files of flows: names in it, and writes that nobody sees half of. */
final class FlowDirectory {

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,99}");
    /** Pages of their own have these addresses. */
    private static final Set<String> RESERVED = Set.of("new", "form", "samples");
    private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".camel.yaml", ".camel.yml");
    /** A flow that changes ends its requests under way first, and nobody waits for that. */
    private static final long CHANGED_MILLIS = 3000;
    private static final long NEW_MILLIS = 15_000;

    private final Path folder;
    private final Flows flows;
    private final FlowVersions versions;
    private final Disk disk = new Disk();

    FlowDirectory(Path folder, Flows flows, FlowVersions versions) {
        this.folder = folder;
        this.flows = flows;
        this.versions = versions;
    }

    /** Where a new flow of this id lies. */
    Path file(String id) {
        return folder.resolve(id + ".yaml");
    }

    /** What is wrong with an id for a new flow; no id can lead out of the folder. */
    List<FieldFinding> newId(String id) {
        if (id.isBlank()) {
            return refused("Enter a name.");
        }
        if (!ID.matcher(id).matches()) {
            return refused("Use at most 100 lower-case letters, digits and dashes, beginning with a letter or digit. The "
                    + "file, the inbox and the address of the flow have this name.");
        }
        if (RESERVED.contains(id)) {
            return refused("The console uses this name itself. Choose another name.");
        }
        boolean taken = flows.files().stream().anyMatch(each -> each.flows().contains(id))
                || ENDINGS.stream().anyMatch(each -> Files.exists(folder.resolve(id + each)));
        return taken ? refused("A flow with this name exists. Choose another name.") : List.of();
    }

    private static List<FieldFinding> refused(String message) {
        return List.of(new FieldFinding("id", message));
    }

    /**
     * Writes a file as a new version and returns when the program has taken it over, or is still about to after a while.
     *
     * @param now  what the file has in it; null if there is no file
     * @throws RefusedEdit if the disk does not take it
     */
    void write(Path file, String now, String text, StoredVersion.Kind kind) throws RefusedEdit {
        Instant before = read(file);
        try {
            versions.change(FlowVersions.name(YamlFile.of(file, text)), file, now, kind, text, () -> replace(file, text));
        } catch (IOException e) {
            throw RefusedEdit.of(Kind.NOT_WRITTEN, "The version cannot be kept: " + FileErrors.text(e)
                    + ". Nothing was written");
        }
        await(() -> read(file).isAfter(before), before.equals(Instant.MIN) ? NEW_MILLIS : CHANGED_MILLIS);
    }

    private void replace(Path file, String text) throws RefusedEdit {
        try {
            disk.createFolder(folder);
            disk.replaceShared(file, text);
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    /** Deletes a file with the sample beside it, in the same way. Both are kept, so that they can be restored. */
    void delete(Path file, String now) throws RefusedEdit {
        try {
            versions.keepDeleted(FlowVersions.name(YamlFile.of(file, now)), file, now, SampleFiles.beside(file));
        } catch (IOException e) {
            throw RefusedEdit.of(Kind.NOT_WRITTEN, "The version cannot be kept: " + FileErrors.text(e)
                    + ". Nothing was deleted");
        }
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(SampleFiles.beside(file));
            disk.syncFolder(folder);
        } catch (IOException e) {
            throw notWritten(file, e);
        }
        await(() -> read(file).equals(Instant.MIN), CHANGED_MILLIS);
    }

    /** Writes a flow that was deleted, with its sample. */
    void bringBack(String flow, String text) throws RefusedEdit {
        Path file = file(flow);
        write(file, null, text, StoredVersion.Kind.RESTORED);
        try {
            versions.bringSampleBack(flow, SampleFiles.beside(file));
        } catch (IOException e) {
            throw notWritten(SampleFiles.beside(file), e);
        }
    }

    /** When the program read this file; the beginning of time if it does not know it. */
    private Instant read(Path file) {
        return flows.files().stream().filter(each -> each.path().equals(file)).map(FlowFile::read).findFirst()
                .orElse(Instant.MIN);
    }

    /** Why no file can be written here, in one sentence; empty if files can be. */
    Optional<String> readOnly() {
        return Files.isDirectory(folder) && !Files.isWritable(folder) ? Optional.of("The directory " + folder
                + " is read-only for the program. Change the files where they come from, for example in the ConfigMap; the "
                + "program reads them again.") : Optional.empty();
    }

    private RefusedEdit notWritten(Path file, IOException e) {
        return readOnly().map(each -> RefusedEdit.of(Kind.CONFLICT, each)).orElseGet(
                () -> RefusedEdit.of(Kind.NOT_WRITTEN, file + " cannot be written: " + FileErrors.text(e)));
    }

    /** Returns when the program has taken over a new flow, or is still about to after a while. */
    void awaitKnown(String id) {
        await(() -> flows.knows(id), NEW_MILLIS);
    }

    /** The edit is made; whether it is in use by then is for the state of the flow to say. */
    private static void await(BooleanSupplier takenOver, long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        while (!takenOver.getAsBoolean() && System.nanoTime() < end) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
