// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.gtmroutes.progress.InputProgress.DestinationKey;
import dev.gtmroutes.progress.ProgressLog.Note;

/**
 * What is known of a message that may come again. Immutable.
 *
 * @param fingerprint tells it from another message at its offset
 * @param states      SENDING or SETTLED, for each destination that it went to
 */
record KnownMessage(long fingerprint, Map<DestinationKey, Note> states) {

    static KnownMessage nothing(long fingerprint) {
        return new KnownMessage(fingerprint, Map.of());
    }

    /** @return null if nothing is left to be known */
    KnownMessage with(Note what, DestinationKey place) {
        Map<DestinationKey, Note> more = new HashMap<>(states);
        switch (what) {
            case SETTLED -> more.put(place, Note.SETTLED);
            // What is settled stays so, whatever is noted late.
            case SENDING -> more.putIfAbsent(place, Note.SENDING);
            case UNSENT -> more.remove(place, Note.SENDING);
            default -> throw new IllegalArgumentException(what + " is not a state of a message");
        }
        return more.isEmpty() ? null : new KnownMessage(fingerprint, Map.copyOf(more));
    }

    boolean isSending() {
        return states.containsValue(Note.SENDING);
    }

    /**
     * What holds for a destination, should the flow have been edited since: one that moved within its flow keeps what is
     * noted of it, and one that took the place of another goes on behind that. Where nobody can tell which of several it
     * is, the message counts as one that may have been sent.
     *
     * @param  now all destinations of the flow
     * @return     SENDING, SETTLED, or null for nothing
     */
    Note at(DestinationKey destination, List<DestinationKey> now) {
        Note exact = states.getOrDefault(destination, states.keySet().stream().filter(destination::isAt).findFirst()
                .map(states::get).orElse(null));
        if (exact != null) {
            return exact;
        }
        List<DestinationKey> gone = states.keySet().stream().filter(each -> !each.isAmong(now)).toList();
        List<DestinationKey> alike = gone.stream().filter(each -> each.template().equals(destination.template())).toList();
        if (alike.isEmpty()) {
            return gone.stream().filter(each -> each.id().equals(destination.id())
                    && now.stream().noneMatch(there -> there.template().equals(each.template())))
                    .findFirst().map(states::get).orElse(null);
        }
        boolean one = alike.size() == 1 && alike.get(0).twins() == 1 && destination.twins() == 1;
        return one ? states.get(alike.get(0)) : Note.SENDING;
    }
}
