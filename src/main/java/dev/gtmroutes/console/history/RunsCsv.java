// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.history;

import java.io.IOException;
import java.io.Writer;

import dev.gtmroutes.console.web.SpreadsheetText;
import dev.gtmroutes.history.Run;

/** Runs as lines that spreadsheets read. */
final class RunsCsv {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String TITLES = "Started,Ended,Input,Inputs,Destination,State,Read,Delivered,Unchanged,Rejected,"
            + "Held,Seconds\r\n";

    private RunsCsv() {
    }

    /** Spreadsheets take a file for UTF-8 if it begins like this. */
    static void writeTitles(Writer out) throws IOException {
        out.write(BYTE_ORDER_MARK + TITLES);
    }

    /** What is not known is an empty cell. */
    static void write(Run run, Writer out) throws IOException {
        Object[] cells = {run.begin(), run.end(), text(run.input()), run.inputs(), text(run.destination()),
                new RunRow(run, run.begin()).state(), run.read(), run.delivered(), run.unchanged(), run.rejected(),
                run.held(),
                run.end() == null ? null : run.took(run.end()).toMillis() / 1000.0};
        for (int i = 0; i < cells.length; i++) {
            out.write((i == 0 ? "" : ",") + (cells[i] == null ? "" : cells[i]));
        }
        out.write("\r\n");
    }

    /** Names come from outside. */
    static String text(String text) {
        return '"' + SpreadsheetText.safe(text).replace("\"", "\"\"") + '"';
    }
}
