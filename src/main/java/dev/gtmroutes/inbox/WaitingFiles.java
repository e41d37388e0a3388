// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

import dev.gtmroutes.api.Exceptions;
import dev.gtmroutes.progress.ProgressName;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.OptimizedFileFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks through an inbox directory for the oldest files that may be taken, a limited number at a time. Camel would make
 * an exchange for every file before it sorts and limits them, and many small files would not fit into the memory.
 */
final class WaitingFiles implements OptimizedFileFilter, Comparator<GenericFile<File>> {

    /** How many files are taken between two looks. */
    static final int AT_A_TIME = 500;

    private static final Logger LOG = LoggerFactory.getLogger(InboxFiles.class);

    private final QuietPeriod quiet;
    private final FailureDelays<Path> rests;
    private final RefusedFiles untakeable = new RefusedFiles();
    private FilesUnderWay underWay = new FilesUnderWay();
    private UnfinishedNames unfinished = new UnfinishedNames("");
    private Set<Path> progress = Set.of();
    private volatile Map<String, Integer> chosen = Map.of();
    private String problem = "";

    WaitingFiles(QuietPeriod quiet, FailureDelays<Path> rests) {
        this.quiet = quiet;
        this.rests = rests;
    }

    /** What is being delivered already. */
    void setUnderWay(FilesUnderWay underWay) {
        this.underWay = underWay;
    }

    /** Names of files that are not taken. */
    void setUnfinished(UnfinishedNames unfinished) {
        this.unfinished = unfinished;
    }

    /** Whether a file may be taken by its name. */
    boolean isFinal(Path file) {
        return unfinished.isFinal(file);
    }

    /** The progress files that were there at the last look. */
    Set<Path> progress() {
        return progress;
    }

    /** Chooses the files of the next poll. */
    Set<String> look(Path directory) {
        PriorityQueue<Candidate> oldest = new PriorityQueue<>(Candidate.ORDER.reversed());
        Set<Path> present = new HashSet<>();
        Set<Path> noted = new HashSet<>();
        try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
            for (Path each : names) {
                Path file = directory.resolve(each.getFileName().toString());
                if (ProgressName.isName(file.getFileName().toString())) {
                    noted.add(file);
                } else if (!UnfinishedNames.isHidden(file)) {
                    look(file, oldest, present);
                }
            }
            rests.keepOnly(present);
            quiet.keepOnly(present);
            untakeable.keepOnly(present);
            progress = noted;
            problem = "";
        } catch (IOException | DirectoryIteratorException e) {
            oldest.clear();
            String text = Exceptions.text(e instanceof DirectoryIteratorException ? e.getCause() : e);
            if (!text.equals(problem)) {
                LOG.warn("Cannot list {}: {}", directory, text);
            }
            problem = text;
        }
        Map<String, Integer> ranks = new HashMap<>();
        while (!oldest.isEmpty()) {
            ranks.put(oldest.poll().name, oldest.size());
        }
        chosen = ranks;
        return ranks.keySet();
    }

    private void look(Path file, PriorityQueue<Candidate> oldest, Set<Path> present) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (unfinished.isUnfinished(file)) {
                untakeable.unfinished(file, now);
            } else if (now.isSymbolicLink()) {
                untakeable.link(file);
            } else if (!now.isRegularFile()) {
                untakeable.notAFile(file, now);
            } else if (!underWay.has(file, now.fileKey()) && mayBeTaken(file, now)) {
                oldest.add(new Candidate(now.lastModifiedTime().toMillis(), file.getFileName().toString()));
                if (oldest.size() > AT_A_TIME) {
                    oldest.remove();
                }
            }
        } catch (NoSuchFileException e) {
            // Gone since it was listed.
        } catch (IOException e) {
            // Taken up and told when somebody wants to read it; here it only is in the way of no other.
            if (!unfinished.isUnfinished(file) && !rests.isWaiting(file) && oldest.size() < AT_A_TIME) {
                oldest.add(new Candidate(Long.MAX_VALUE, file.getFileName().toString()));
            }
        }
        if (rests.last(file).isPresent() || quiet.has(file) || untakeable.has(file)) {
            present.add(file);
        }
    }

    /** Whether the file can be read, is finished and need not rest. */
    boolean mayBeTaken(Path file, BasicFileAttributes now) {
        return now.isRegularFile() && !rests.isWaiting(file) && quiet.isQuiet(file, now);
    }

    /** The names that were chosen at the last look. */
    Set<String> chosen() {
        return chosen.keySet();
    }

    @Override
    public Boolean accept(String name) {
        return chosen.containsKey(name);
    }

    /** Oldest first, then by name. */
    @Override
    public int compare(GenericFile<File> one, GenericFile<File> other) {
        return Integer.compare(chosen.getOrDefault(one.getFileNameOnly(), 0),
                chosen.getOrDefault(other.getFileNameOnly(), 0));
    }

    private record Candidate(long modified, String name) {
        private static final Comparator<Candidate> ORDER = Comparator.comparingLong(Candidate::modified)
                .thenComparing(Candidate::name);
    }
}
