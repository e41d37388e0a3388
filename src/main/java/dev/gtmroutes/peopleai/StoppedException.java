package dev.gtmroutes.peopleai;

import java.io.IOException;

/** A download was given up because its flow was stopped. Nothing is wrong. */
final class StoppedException extends IOException {

    StoppedException() {
        super("the flow was stopped");
    }
}
