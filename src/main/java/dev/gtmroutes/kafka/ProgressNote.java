// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import dev.gtmroutes.progress.InputProgress;
import dev.gtmroutes.progress.ProgressLog;

/**
 * What became of messages at a destination, as a line of text: {@code sending calls:1 people-ai-push-call 1
 * calls/0/4711/9f86d081884c7d65}.
 */
record ProgressNote(ProgressLog.Note what, InputProgress.DestinationKey place, List<MessageId> messages) {

    private static final int WORDS_BEFORE = 4;

    String text() {
        return what.name().toLowerCase(Locale.ROOT) + " " + URLEncoder.encode(place.id(), UTF_8) + " "
                + URLEncoder.encode(place.template(), UTF_8) + " " + place.twins() + " "
                + messages.stream().map(MessageId::toString).collect(Collectors.joining(" "));
    }

    /** The same, of the destination by the id that it has now. */
    ProgressNote renamed(UnaryOperator<String> ids) {
        return new ProgressNote(what, place.renamed(ids), messages);
    }

    /** @throws RuntimeException if it is not what {@link #text} makes */
    static ProgressNote parse(String text) {
        String[] words = text.split(" ");
        InputProgress.DestinationKey place = new InputProgress.DestinationKey(URLDecoder.decode(words[1], UTF_8),
                URLDecoder.decode(words[2], UTF_8), Integer.parseInt(words[3]));
        return new ProgressNote(ProgressLog.Note.valueOf(words[0].toUpperCase(Locale.ROOT)), place,
                Arrays.stream(words).skip(WORDS_BEFORE).map(MessageId::parse).toList());
    }
}
