// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.index.FoundLetter;
import dev.gtmroutes.deadletter.index.LetterPage;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A dead letter, as JSON.
 *
 * @param id         such as {@code 2026-01-31/17}
 * @param kind       {@code rejected}, or {@code held}: nobody knows whether the destination took it
 * @param fate       {@code open}, {@code replayed} or {@code discarded}
 * @param edited     whether somebody has changed the record
 * @param reason     why it was not delivered
 * @param status     HTTP status of the answer, 0 if there was none
 * @param answer     body of the answer
 * @param template   what was to deliver it
 * @param sourceFile where the record came from
 * @param line       and the line there, 0 where there are no lines
 * @param requestId  of the request that carried it last, as in response events; empty if it was not sent or it is not known
 * @param recordKey  value of the attributes in the setting Record Key; empty without one
 * @param time       when it was written
 * @param record     the record byte for byte; a text, if it is no JSON object
 * @param history    what was done with it, oldest first; left out of lists
 */
@Schema(name = "DeadLetter")
public record LetterJson(String flow, String id, String kind, String fate, boolean edited, String reason, int status,
        String answer, String template, String sourceFile, long line, String requestId, String recordKey,
        Instant time,
        @JsonRawValue @Schema(type = SchemaType.OBJECT) String record,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<DeedJson> history) {

    /** Something that was done with a dead letter: {@code edited}, {@code replaying} or {@code discarded}. */
    @Schema(name = "DeadLetterDeed")
    public record DeedJson(String what, Instant time) {
    }

    /** A page of a list. */
    @Schema(name = "DeadLetters")
    public record PageJson(List<LetterJson> letters,
            @JsonProperty("next") @Schema(description = "value of before for the next page; null after the last page. The "
                    + "next page can exist although this page is empty, because one request searches a limited "
                    + "part") String next) {

        static PageJson of(LetterPage page) {
            return new PageJson(page.letters().stream()
                    .map(each -> LetterJson.of(each.flow(), each.letter(), null)).toList(),
                    page.next() == null ? null : page.next().toString());
        }
    }

    static LetterJson of(String flow, FoundLetter found) {
        return of(flow, found.letter(),
                found.history().stream().map(each -> new DeedJson(each.what(), each.time())).toList());
    }

    private static LetterJson of(String flow, DeadLetter letter, List<DeedJson> history) {
        String record = new String(letter.record(), StandardCharsets.UTF_8);
        return new LetterJson(flow, letter.id().toString(), letter.state().toString(), letter.fate().word(),
                letter.edited(), letter.reason(), letter.status(), letter.answer(), letter.template(),
                letter.sourceFile(), letter.sourceLine(), letter.requestId(), letter.recordKey(), letter.time(),
                letter.wellFormed() ? record : TextNode.valueOf(record).toString(), history);
    }
}
