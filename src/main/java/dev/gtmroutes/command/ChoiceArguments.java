// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.command;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.deadletter.LetterId;
import dev.gtmroutes.deadletter.LetterRefusedException;
import dev.gtmroutes.delivery.outcome.DeadLetterState;

/** Which dead letters a command is about: by their ids, or by the options. */
final class ChoiceArguments {

    /** The options, each with a value. */
    static final Set<String> OPTIONS = Set.of("--reason", "--since", "--state", "--request", "--key");

    private static final Pattern AGO = Pattern.compile("(\\d{1,9})([smhd])");

    private ChoiceArguments() {
    }

    /** @throws UsageException if they make no sense */
    static DeadLetterSelection of(Arguments arguments, List<String> ids) throws UsageException {
        boolean narrowed = OPTIONS.stream().anyMatch(each -> arguments.value(each) != null);
        if (narrowed && !ids.isEmpty()) {
            throw new UsageException("give either ids or filters (--reason, --since, --state, --request, --key)");
        }
        String reason = arguments.value("--reason");
        return new DeadLetterSelection(ids(ids), reason == null ? "" : reason, "", since(arguments.value("--since")), null,
                state(arguments.value("--state"))).with(arguments.value("--request"), arguments.value("--key"));
    }

    private static Set<LetterId> ids(List<String> texts) throws UsageException {
        Set<LetterId> ids = new TreeSet<>();
        for (String each : texts) {
            ids.add(id(each));
        }
        return ids;
    }

    static LetterId id(String text) throws UsageException {
        try {
            return LetterId.parse(text);
        } catch (LetterRefusedException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** An instant, a date (UTC), or how long ago. */
    private static Instant since(String text) throws UsageException {
        if (text == null) {
            return null;
        }
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            String iso = ago.group(2).equals("d") ? "P" + ago.group(1) + "D" : "PT" + ago.group(1) + ago.group(2);
            return Instant.now().minus(Duration.parse(iso));
        }
        try {
            return text.contains("T") ? Instant.parse(text) : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new UsageException("--since is '" + text
                    + "'. Write a time such as 2026-01-31T12:00:00Z or 2026-01-31, or an age such as 2h (s, m, h, d)");
        }
    }

    private static DeadLetterState state(String text) throws UsageException {
        DeadLetterState state = text == null ? null : DeadLetterState.of(text);
        if (text != null && state == null) {
            throw new UsageException("--state is '" + text + "'. Write held or rejected");
        }
        return state;
    }
}
