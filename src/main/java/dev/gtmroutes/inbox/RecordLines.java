package dev.gtmroutes.inbox;

/**
 * Turns a small body into lines of one record each, so that bodies of many requests can share a file. Whatever a body
 * holds, it must not spoil its neighbours: what is no record becomes a line of its own, for the reader to reject.
 */
interface RecordLines {

    /**
     * @param body the whole body
     * @return lines, each ended by one newline byte; empty if the body has no record
     */
    byte[] of(byte[] body, BodyFormat format);
}
