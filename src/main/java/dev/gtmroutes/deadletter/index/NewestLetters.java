// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.LetterCursor;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.LetterLines;
import dev.gtmroutes.deadletter.LetterText;
import dev.gtmroutes.deadletter.Marks;

/**
 * The open dead letters of one flow, newest first. It goes step by step, a block of lines at a time, so that whoever
 * reads the letters of several flows knows which to go on with.
 */
final class NewestLetters {

    private record Step(FlowIndex.ChosenLines file, FileIndex.Block block) {

        boolean isWanted(DeadLetterSelection choice) {
            int next = file.lines().nextSetBit(block.first());
            return next >= 0 && next <= block.last() && choice.mayBeBetween(block.earliest(), block.latest());
        }
    }

    private final Path folder;
    private final DeadLetterSelection choice;
    /** Which lines are in the group is known by then, also of the rest, which no letter can tell. */
    private final DeadLetterSelection withoutGroup;
    private final LetterText text;
    private final Marks marks;
    private final Iterator<FlowIndex.ChosenLines> files;
    private Iterator<Step> steps = Collections.emptyIterator();
    private final Deque<DeadLetter> found = new ArrayDeque<>();
    private Step step;
    /** The oldest time so far: where a clock was set back, older letters count as no newer than that. */
    private Instant limit = Instant.MAX;

    /** @param files newest first */
    NewestLetters(Path folder, Iterator<FlowIndex.ChosenLines> files, DeadLetterSelection choice, Marks marks) {
        this.folder = folder;
        this.choice = choice;
        this.withoutGroup = choice.with(choice.fate(), "");
        this.text = new LetterText(choice.text());
        this.marks = marks;
        this.files = files;
        step = next();
    }

    private static List<FileIndex.Block> newestFirst(List<FileIndex.Block> blocks) {
        List<FileIndex.Block> reversed = new ArrayList<>(blocks);
        Collections.reverse(reversed);
        return reversed;
    }

    private Step next() {
        while (true) {
            while (steps.hasNext()) {
                Step next = steps.next();
                if (next.isWanted(choice)) {
                    return next;
                }
            }
            if (!files.hasNext()) {
                return null;
            }
            FlowIndex.ChosenLines file = files.next();
            steps = newestFirst(file.blocks()).stream().map(each -> new Step(file, each)).iterator();
        }
    }

    boolean isAtEnd() {
        return found.isEmpty() && step == null;
    }

    /** The letter that was found; null if the next step has to be taken first. */
    DeadLetter found() {
        return found.peekFirst();
    }

    /** Goes on behind the letter that was found. */
    void take() {
        limit = time();
        found.removeFirst();
    }

    /** No letter that is still to come is newer. */
    Instant time() {
        Instant next = found.isEmpty() ? step.block.latest() : found.peekFirst().time();
        return next.isBefore(limit) ? next : limit;
    }

    /** Where it is. */
    LetterId id() {
        return found.isEmpty() ? new LetterId(step.file.file(), step.block.last()) : found.peekFirst().id();
    }

    /** Skips what is newer than a place in this flow. */
    void skipTo(LetterCursor place) throws IOException {
        while (step != null && new LetterId(step.file.file(), step.block.first()).compareTo(place.id()) > 0) {
            step = next();
        }
        // Read at once: whoever comes with a place in a block wants to get beyond it.
        if (step != null && id().compareTo(place.id()) >= 0) {
            step();
            found.removeIf(each -> each.id().compareTo(place.id()) > 0);
        }
        limit = place.time();
    }

    /** Skips what is newer than a time. */
    void skipTo(Instant time, boolean inclusive) throws IOException {
        while (found.isEmpty() && step != null && isBehind(step.block.latest(), time, inclusive)) {
            if (isBehind(step.block.earliest(), time, inclusive)) {
                step = next();
            } else {
                step();
                while (!found.isEmpty() && isBehind(found.peekFirst().time(), time, inclusive)) {
                    found.removeFirst();
                }
            }
        }
        limit = time;
    }

    private static boolean isBehind(Instant each, Instant time, boolean inclusive) {
        return inclusive ? each.isAfter(time) : !each.isBefore(time);
    }

    /** Reads the next block. */
    void step() throws IOException {
        limit = time();
        FileIndex.Block block = step.block;
        BitSet wanted = step.file.lines();
        try (LetterLines lines = new LetterLines(step.file.file().path(folder), block.start())) {
            for (int i = block.first(); i <= block.last(); i++) {
                byte[] line = lines.next();
                if (line == null) {
                    break;
                }
                if (wanted.get(i)) {
                    look(new LetterId(step.file.file(), i), line);
                }
            }
        } catch (NoSuchFileException e) {
            // Somebody has deleted it just now.
            found.clear();
        }
        step = next();
    }

    private void look(LetterId id, byte[] line) throws IOException {
        byte[] edit = marks.edit(id);
        if (edit != null || text.mayBeIn(line)) {
            DeadLetter letter = DeadLetter.of(id, line, choice.fate(), edit);
            if (withoutGroup.takes(letter)) {
                found.addFirst(letter);
            }
        }
    }
}
