// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import java.util.Optional;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads YAML within limits: what is nested deeper would overflow the stack of each thread that reads it, and what is larger
 * would fill the memory. Camel gets a text only after it has been read here.
 */
public final class BoundedYaml {

    /** The largest file, in bytes. */
    public static final int MAX_BYTES = 3_000_000;

    private static final int MAX_DEPTH = 100;
    private static final int MAX_ALIASES = 50;
    /** The tree of many small parts would be much larger than the file. */
    private static final int MAX_PARTS = 1_000_000;

    private BoundedYaml() {
    }

    /**
     * Reads the one document of a text.
     *
     * @return empty if there is nothing in it
     * @throws YamlEngineException if it is no YAML, or exceeds a limit
     */
    public static Optional<Node> compose(String text, String label) {
        return compose(text, label, MAX_BYTES);
    }

    /** The same of a text that may be longer. */
    public static Optional<Node> compose(String text, String label, int mostCharacters) {
        LoadSettings settings = LoadSettings.builder().setLabel(label).setCodePointLimit(mostCharacters)
                .setMaxAliasesForCollections(MAX_ALIASES).build();
        return new Composer(settings, new DepthLimit(new ParserImpl(settings, new StreamReader(settings, text))))
                .getSingleNode();
    }

    /** Counts levels and parts before the composer, which calls itself for each level, makes anything of them. */
    private static final class DepthLimit implements Parser {

        private final Parser parser;
        private int depth;
        private int parts;

        DepthLimit(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public boolean hasNext() {
            return parser.hasNext();
        }

        @Override
        public Event next() {
            Event event = parser.next();
            switch (event.getEventId()) {
                case SequenceStart, MappingStart -> depth++;
                case SequenceEnd, MappingEnd -> depth--;
                default -> {
                    // It has no parts.
                }
            }
            if (depth > MAX_DEPTH) {
                throw new TooMuch("is nested more than " + MAX_DEPTH + " levels deep", event);
            }
            if (++parts > MAX_PARTS) {
                throw new TooMuch("has more than " + MAX_PARTS + " parts", event);
            }
            return event;
        }
    }

    /** With the line where it becomes too much. */
    private static final class TooMuch extends MarkedYamlEngineException {

        private static final long serialVersionUID = 1L;

        TooMuch(String what, Event event) {
            super(null, Optional.empty(), "the file " + what, event.getStartMark());
        }
    }
}
