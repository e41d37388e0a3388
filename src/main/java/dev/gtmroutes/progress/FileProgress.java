// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.progress;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is noted of the records of a file, in {@code .<file>.progress} beside it: see {@link ProgressLines}.
 *
 * <p>A file is told by its key in the file system, its size and when it was written to. If any of these differ, it is the
 * same file all the same as long as it holds the records that already have an outcome, each at its place.
 *
 * @param settled what became of its records
 * @param part    what these records were
 * @param length  how many bytes of the lines there are may be added to; 0 where they have to be written anew
 * @param done    whether each record has its outcome, so that only the file has to go
 */
record FileProgress(InputProgress settled, SettledPart part, long length, boolean done) {

    private static final Logger LOG = LoggerFactory.getLogger(FileProgress.class);

    private static FileProgress none(InputProgress settled) {
        return new FileProgress(settled, new SettledPart(), 0, false);
    }

    /**
     * Reads what is noted of a file.
     *
     * @return nothing if there is no progress, or the file is not the one it was noted for
     * @throws IOException if the file cannot be read, or a later version of the program wrote the progress
     */
    static FileProgress read(Path file, FileFingerprint now) throws IOException {
        ProgressLines lines;
        try {
            lines = ProgressLines.read(ProgressName.beside(file));
        } catch (NoSuchFileException e) {
            return none(new InputProgress());
        } catch (ProgressHeader.NewerFormatException e) {
            throw new IOException(
                    ProgressName.beside(file) + " has " + e.getMessage() + ". Run that version, or delete this progress"
                            + " file to send all records of " + file.getFileName() + " again",
                    e);
        } catch (IOException e) {
            if (ProgressName.isNoFile(ProgressName.beside(file))) {
                return unusable(file, "it is not a file");
            }
            throw ProgressHeader.unreadable(ProgressName.beside(file), e);
        } catch (RuntimeException e) {
            return unusable(file, e.getMessage());
        }
        if (lines.header() == null) {
            return unusable(file, "its first line is incomplete");
        }
        if (lines.damaged() > 0) {
            LOG.warn("{}: {} lines are damaged: the records of {} in these lines may be sent "
                    + "again", ProgressName.beside(file),
                    lines.damaged(), file.getFileName());
        }
        return read(lines, file, now);
    }

    private static FileProgress read(ProgressLines lines, Path file, FileFingerprint now) throws IOException {
        ProgressHeader header = lines.header();
        BitSet changed = lines.changedIn(file, now);
        if (changed == null) {
            return lines.isDone() ? none(new InputProgress(header.only())) : another(lines, file);
        }
        if (lines.isDone() && !lines.isDoneOf(now)) {
            // It begins with the same bytes, but the file that this was noted for has gone.
            return none(new InputProgress());
        }
        lines.settled().isOf(header.mark());
        lines.settled().forget(changed);
        lines.part().forget(changed);
        return new FileProgress(lines.settled(), lines.part(), header.isUnchanged(now) ? lines.length() : 0,
                lines.isDone() && header.size() == now.size());
    }

    /**
     * Nobody can tell whether a record that equals one of the earlier file is that record or another one. Where records
     * are sent only once, a person has to decide.
     */
    private static FileProgress another(ProgressLines lines, Path file) {
        InputProgress earlier = lines.settled();
        InputProgress settled = new InputProgress(lines.header().only());
        earlier.doubtful().forEach((place, fingerprints) -> settled.doubt(Set.of(place), fingerprints));
        long[] sent = lines.part().carriedOut(earlier);
        if (sent.length > 0) {
            settled.doubt(lines.part().sentTo(), sent);
        }
        if (!earlier.all().isEmpty()) {
            String held = sent.length == 0 ? "" : " " + sent.length + " records of the earlier file were sent in once-only "
                    + "requests: equal records of this file are held in the dead letters";
            LOG.warn("{} is not the file that was being delivered under this name: delivery starts at its first record.{}",
                    file.getFileName(), held);
        }
        return none(settled);
    }

    private static FileProgress unusable(Path file, String why) {
        LOG.warn("{} cannot be used ({}): all records of {} will be sent, including records that were sent "
                + "before", ProgressName.beside(file),
                why, file.getFileName());
        return none(new InputProgress());
    }
}
