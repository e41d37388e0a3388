// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.retention;

/** What is kept in a data directory for some time. Each kind has a setting, and one for each flow. */
public enum Kept {

    /** Files whose records all have an outcome. */
    DONE("gtm.keep-done", "7d,2G", "finished files"),
    /** Files without records, and the progress of files that are gone. */
    FAILED("gtm.keep-failed", "30d,1G", "failed files"),
    /** Files of dead letters that are all replayed or discarded. */
    DEAD_LETTERS("gtm.keep-dead-letters", "30d,2G", "files of closed dead letters"),
    /** Files of dead letters of which some are open. */
    OPEN_DEAD_LETTERS("gtm.keep-open-dead-letters", "", "files of open dead letters"),
    /** Files of response events that no webhook has accepted. */
    RESPONSES("gtm.keep-responses", "30d,1G", "files of response events that no webhook accepted");

    private final String setting;
    private final String usual;
    private final String words;

    Kept(String setting, String usual, String words) {
        this.setting = setting;
        this.usual = usual;
        this.words = words;
    }

    /** The setting for all flows. That of a flow has the id of the flow behind it, after a dot. */
    public String setting() {
        return setting;
    }

    /** What holds without a setting. */
    public String usual() {
        return usual;
    }

    /** What they are, for a person. */
    String words() {
        return words;
    }
}
