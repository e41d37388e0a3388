// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;

import dev.gtmroutes.delivery.outcome.DeadLetterFile;

/**
 * Reads the dead letters of a flow one by one, oldest first. Memory does not grow with their number. Not for use by
 * several threads.
 */
public final class Letters implements Iterator<DeadLetter>, Closeable {

    private final Path folder;
    private final Iterator<DeadLetterFile> files;
    private final DeadLetterSelection choice;
    private final Marks marks;
    private DeadLetterFile file;
    private LetterLines lines;
    private DeadLetter next;

    Letters(Path folder, DeadLetterSelection choice, Marks marks) throws IOException {
        this.folder = folder;
        this.choice = choice;
        this.marks = marks;
        this.files = DeadLetterFile.in(folder).stream().filter(choice::mayBeIn).iterator();
    }

    /** @throws UncheckedIOException if they cannot be read on */
    @Override
    public boolean hasNext() {
        try {
            while (next == null && (lines != null || openNext())) {
                next = read();
            }
            return next != null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public DeadLetter next() {
        if (!hasNext()) {
            throw new NoSuchElementException("There are no more dead letters.");
        }
        DeadLetter letter = next;
        next = null;
        return letter;
    }

    private boolean openNext() throws IOException {
        while (lines == null && files.hasNext()) {
            file = files.next();
            try {
                lines = new LetterLines(file.path(folder));
            } catch (NoSuchFileException e) {
                // Somebody has deleted it just now.
                lines = null;
            }
        }
        return lines != null;
    }

    /** @return the next letter of the file that is chosen; null if it has no more, then it is closed */
    private DeadLetter read() throws IOException {
        for (byte[] each = lines.next(); each != null; each = lines.next()) {
            LetterId id = new LetterId(file, lines.number());
            DeadLetter.Fate fate = marks.fate(id);
            if (choice.mayBe(id) && (fate == DeadLetter.Fate.OPEN || !choice.ids().isEmpty())) {
                DeadLetter letter = DeadLetter.of(id, each, fate, marks.edit(id)).in(folder.getFileName().toString());
                if (choice.takes(letter)) {
                    return letter;
                }
            }
        }
        close();
        return null;
    }

    @Override
    public void close() throws IOException {
        if (lines != null) {
            lines.close();
            lines = null;
        }
    }
}
