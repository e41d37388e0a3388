package dev.gtmroutes.command;

import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.Refusals;

/** Tells of each dead letter that something could not be done with, and remembers that there was one. */
final class RefusedLetters implements Refusals {

    private final Terminal console;
    private boolean empty = true;

    RefusedLetters(Terminal console) {
        this.console = console;
    }

    @Override
    public void refused(LetterId letter, String why) {
        empty = false;
        console.error(letter + ": " + why);
    }

    boolean isEmpty() {
        return empty;
    }
}
