// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export.fragment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;

import dev.gtmroutes.disk.Disk;
import dev.gtmroutes.disk.FolderContent;
import dev.gtmroutes.export.ExportJobs;

/**
 * What those who carry out tasks of an export tell the one who handed them over: a file for each fragment, in a folder for
 * each job, in the directory for state that they share. Safe for use by many threads and programs.
 */
public final class FragmentReports {

    private static final String MISSING = "missing";

    /** What became of a fragment. @param data what was fetched and delivered; null if People.ai has none */
    public record Report(FragmentData data) {
    }

    private final Path folder;
    private final Disk disk;

    /** @param state the directory where sources note how far they are */
    public FragmentReports(Path state, Disk disk) {
        this.folder = state.resolve("people-ai-fragments").toAbsolutePath();
        this.disk = disk;
    }

    private Path file(Fragment fragment) {
        return folder.resolve(fragment.job()).resolve(fragment.baseName());
    }

    /** Returns when the report is on the disk. @param data null if People.ai has none */
    void write(Fragment fragment, FragmentData data) throws IOException {
        Path file = file(fragment);
        disk.createFolder(file.getParent());
        disk.replace(file, (data == null ? MISSING : data.toString()).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What was reported of a fragment.
     *
     * @return             null if nothing was, so far
     * @throws IOException if it cannot be read
     */
    public Report read(Fragment fragment) throws IOException {
        try {
            String text = Files.readString(file(fragment)).strip();
            return new Report(text.equals(MISSING) ? null : FragmentData.of(text));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IllegalArgumentException e) {
            throw new IOException(file(fragment) + " is not a report of a fragment. Delete the file", e);
        }
    }

    /** Deletes what nobody asks for any more: reports of jobs whose data People.ai no longer keeps. */
    public void forgetOld(Instant now) throws IOException {
        Instant oldest = now.minus(ExportJobs.RETENTION.multipliedBy(2));
        for (Path job : FolderContent.of(folder)) {
            if (Files.getLastModifiedTime(job).toInstant().isBefore(oldest)) {
                for (Path file : FolderContent.of(job)) {
                    Files.deleteIfExists(file);
                }
                Files.deleteIfExists(job);
            }
        }
    }
}
