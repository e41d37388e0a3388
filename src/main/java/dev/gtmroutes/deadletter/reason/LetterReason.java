// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.reason;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.api.AnswerMessage;
import dev.gtmroutes.delivery.outcome.DeadLetterState;
import dev.gtmroutes.disk.Sha256;

/**
 * The reason of a dead letter, as a group of dead letters shares it.
 *
 * @param key      names the group; it depends only on the dead letter, so that it is the same after a restart
 * @param text     the reason; {@code …} stands for each number, id and quoted value
 * @param said     the reason as this dead letter has it
 * @param state    whether the API may have processed the record
 * @param status   HTTP status of the response; 0 if there was none
 * @param template name of the template whose vendor responded; empty if the record was not sent
 */
public record LetterReason(String key, String text, String said, DeadLetterState state, int status, String template) {

    private static final int KEY_CHARS = 16;
    /** What exactly is wrong with the text of a record differs from record to record. */
    private static final String NOT_JSON = "not valid JSON";
    private static final Pattern TAIL = Pattern
            .compile("(?: after \\d+ attempts)?(?:; the API may have processed the record)?$");
    private static final Pattern RESPONDED = Pattern.compile("responded with (\\d{3})(?: for this record)?"
            + "(?:: | and the error: | and the failed record: |(?=$)|, which |(?= ))(.*)", Pattern.DOTALL);

    /**
     * @param reason   the sentence that the program wrote into the dead letter
     * @param status   HTTP status of the response, 0 or less if there was none
     * @param answer   body of the response; empty if there was none
     * @param template name of the template that was to deliver the record
     */
    public static LetterReason of(DeadLetterState state, String reason, int status, String answer, String template) {
        String plain = TAIL.matcher(reason.strip()).replaceFirst("");
        Matcher responded = RESPONDED.matcher(plain);
        boolean isAnswered = status > 0 || responded.matches();
        String said = responded.matches() ? ofResponse(responded, plain, answer) : plain;
        String text = !isAnswered && said.startsWith(NOT_JSON) ? NOT_JSON : ReasonText.pattern(said);
        String vendor = isAnswered || state == DeadLetterState.HELD ? template : "";
        int shown = isAnswered ? Math.max(status, 0) : 0;
        String group = String.join("\n", state.toString(), String.valueOf(shown), vendor, text.toLowerCase(Locale.ROOT));
        String key = HexFormat.of().formatHex(Sha256.begin().digest(group.getBytes(StandardCharsets.UTF_8)));
        return new LetterReason(key.substring(0, KEY_CHARS), text, ReasonText.cut(said), state, shown, vendor);
    }

    private static String ofResponse(Matcher responded, String plain, String answer) {
        String detail = responded.group(2).strip();
        if (detail.isEmpty()) {
            detail = AnswerMessage.of(answer);
        } else if (detail.startsWith("{") || detail.startsWith("[")) {
            String message = AnswerMessage.of(detail);
            detail = message.isEmpty() ? detail : message;
        }
        return detail.isEmpty() ? plain : detail;
    }
}
