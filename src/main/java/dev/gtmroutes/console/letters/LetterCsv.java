// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import dev.gtmroutes.console.web.SpreadsheetText;
import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.index.LetterPage;

/** Writes dead letters as CSV (RFC 4180), one by one. No cell is a formula to a program that opens the file. */
final class LetterCsv {

    private final Writer out;

    LetterCsv(Writer out) throws IOException {
        this.out = out;
        line(List.of("time", "flow", "id", "outcome", "state", "edited", "reason", "status", "source", "line", "record key",
                "request id", "template", "record"));
    }

    void add(LetterPage.Entry entry) throws IOException {
        DeadLetter letter = entry.letter();
        line(List.of(letter.time().toString(), entry.flow(), letter.id().toString(), letter.state().toString(),
                letter.fate().word(), String.valueOf(letter.edited()), letter.reason(),
                letter.status() > 0 ? String.valueOf(letter.status()) : "", letter.sourceFile(),
                letter.sourceLine() > 0 ? String.valueOf(letter.sourceLine()) : "", letter.recordKey(), letter.requestId(),
                letter.template(), new String(letter.record(), StandardCharsets.UTF_8)));
    }

    private void line(List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            out.write(i == 0 ? "" : ",");
            out.write(cell(cells.get(i)));
        }
        out.write("\r\n");
    }

    static String cell(String text) {
        String safe = SpreadsheetText.safe(text);
        return safe.chars().anyMatch(each -> each == ',' || each == '"' || each == '\n' || each == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
