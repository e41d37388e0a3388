// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * What answers mean: the one table that deliveries, sources, webhooks and token requests go by. A vendor API may override
 * entries of it.
 *
 * <p>The status has arrived, so it counts, whatever is wrong with the rest of the answer. Where only the body can tell that
 * it is no success, and the body is cut, broken off or not JSON, the outcome is {@link Outcome#UNKNOWN}.
 *
 * @param rules       what differs from the table, in the order in which they are tried
 * @param failureWhen what a 2xx holds that says no; null where none does
 */
public record OutcomePolicy(List<Rule> rules, JsonPointer failureWhen) {

    /** The table as it is, for APIs that nothing else is known of. */
    public static final OutcomePolicy USUAL = new OutcomePolicy(List.of(), null);

    /**
     * An entry of the table.
     *
     * @param from     the lowest status it is about
     * @param to       the highest one
     * @param pointers what the body has to hold, all of it
     * @param outcome  what such an answer means
     */
    record Rule(int from, int to, List<JsonPointer> pointers, Outcome outcome) {

        boolean matches(ApiAnswer answer) {
            return covers(answer.status()) && (pointers.isEmpty() || answer.json()
                    .filter(body -> pointers.stream().noneMatch(each -> body.at(each).isMissingNode())).isPresent());
        }

        private boolean covers(int status) {
            return status >= from && status <= to;
        }

        /** Whether answers of this status are no success if the body holds what is named. */
        boolean doubts(int status) {
            return covers(status) && !pointers.isEmpty() && outcome != Outcome.DELIVERED;
        }
    }

    /**
     * @param  text overrides such as {@code 403=retry, 500:/error/message:/error/code=credential}; blank for none
     * @throws IllegalArgumentException if it is something else; the message is one sentence
     */
    public static OutcomePolicy parse(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String each : text.split(",")) {
            if (!each.isBlank()) {
                rules.add(rule(each.strip()));
            }
        }
        return rules.isEmpty() ? USUAL : new OutcomePolicy(rules, null);
    }

    private static Rule rule(String text) {
        int equals = text.lastIndexOf('=');
        String[] condition = (equals < 0 ? text : text.substring(0, equals)).strip().split(":");
        if (equals < 0 || !condition[0].strip().matches("[1-5](\\d\\d|xx)")) {
            throw new IllegalArgumentException("'" + text + "' is not an entry of a table of outcomes. Write a status, = "
                    + "and an outcome, such as 403=retry or 500:/error/code=credential");
        }
        String status = condition[0].strip();
        return new Rule(Integer.parseInt(status.replace('x', '0')), Integer.parseInt(status.replace('x', '9')),
                List.of(condition).subList(1, condition.length).stream().map(each -> pointer(each.strip())).toList(),
                Outcome.of(text.substring(equals + 1)));
    }

    /**
     * @return the pointer that a setting holds
     * @throws IllegalArgumentException if it holds none
     */
    public static JsonPointer pointer(String text) {
        try {
            return JsonPointer.compile(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a JSON pointer. Begin it with /, such as "
                    + "/error/message");
        }
    }

    /** The same table with what a 2xx holds that says no; null for what it was. */
    public OutcomePolicy failingWhen(JsonPointer pointer) {
        return pointer == null ? this : new OutcomePolicy(rules, pointer);
    }

    /** @param onceOnly whether the request must not be carried out twice */
    public Outcome of(ApiAnswer answer, boolean onceOnly) {
        if (answer.refusal() != null) {
            return Outcome.CREDENTIAL;
        }
        if (answer.status() == ApiAnswer.IMPOSSIBLE) {
            return Outcome.REFUSED;
        }
        if (answer.status() == ApiAnswer.NONE) {
            return answer.maybeSent() && onceOnly ? Outcome.UNKNOWN : Outcome.RETRY;
        }
        Optional<Rule> rule = rule(answer);
        Outcome outcome = rule.isPresent() ? checked(rule.get().outcome(), answer.status(), onceOnly)
                : failureWhen != null && isWell(answer.status()) ? checked(answer) : of(answer.status(), onceOnly);
        return outcome == Outcome.DELIVERED && isDoubtful(answer) ? Outcome.UNKNOWN : outcome;
    }

    /** Whether an entry that comes first would have said something else if the body could be read. */
    private boolean isDoubtful(ApiAnswer answer) {
        return rules.stream().takeWhile(each -> !each.matches(answer)).anyMatch(each -> each.doubts(answer.status()))
                && !isEmpty(answer) && answer.json().isEmpty();
    }

    private static boolean isEmpty(ApiAnswer answer) {
        return answer.isComplete() && answer.body().length == 0;
    }

    private Optional<Rule> rule(ApiAnswer answer) {
        return rules.isEmpty() ? Optional.empty() : rules.stream().filter(each -> each.matches(answer)).findFirst();
    }

    /** Whether an override, and not the table, says what this answer means. */
    public boolean overrides(ApiAnswer answer) {
        return rule(answer).isPresent();
    }

    /** An override sends nothing again that may have been carried out and must not be twice. */
    private static Outcome checked(Outcome overridden, int status, boolean onceOnly) {
        return overridden == Outcome.RETRY && of(status, onceOnly) == Outcome.UNKNOWN ? Outcome.UNKNOWN : overridden;
    }

    private Outcome checked(ApiAnswer answer) {
        if (isEmpty(answer)) {
            return Outcome.DELIVERED;
        }
        Optional<JsonNode> body = answer.json();
        return body.isEmpty() ? Outcome.UNKNOWN : failure(body.get()) == null ? Outcome.DELIVERED : Outcome.REFUSED;
    }

    private JsonNode failure(JsonNode body) {
        JsonNode there = body.at(failureWhen);
        return saysNothing(there) ? null : there;
    }

    /**
     * What a 2xx says in the place where one that says no does, as one line, cut if it is long; empty if it does not say no.
     */
    public String failureIn(ApiAnswer answer) {
        JsonNode failure = failureWhen == null || !isWell(answer.status()) ? null
                : answer.json().map(this::failure).orElse(null);
        return failure == null ? "" : Exceptions.line(failure.isTextual() ? failure.asText() : failure.toString());
    }

    /** Whether what stands in the place of an error, or of a list of them, is none: missing, null, false, 0 or empty. */
    public static boolean saysNothing(JsonNode error) {
        return error.isContainerNode() ? error.isEmpty()
                : error.isNumber() ? error.asDouble() == 0
                : error.isBoolean() ? !error.asBoolean() : error.isNull() || error.asText("").isBlank();
    }

    /** Whether an answer of this status says that the API took the request. */
    public static boolean isWell(int status) {
        return status >= 200 && status < 300;
    }

    /**
     * What a status means by itself, be it of an answer or of one record in it. A gateway that gave up, and a server that
     * broke down over a request, may have carried it out.
     */
    public static Outcome of(int status, boolean onceOnly) {
        if (isWell(status)) {
            return Outcome.DELIVERED;
        }
        return switch (status) {
            case 401 -> Outcome.CREDENTIAL;
            case 408, 425, 429, 503 -> Outcome.RETRY;
            // What the credential may not do, an endpoint that is none: all records of a batch share that.
            case 402, 403, 405, 406, 407, 411, 414, 415, 417, 421, 426, 428, 431, 451, 501, 505 -> Outcome.REFUSED;
            default -> status >= 500 ? onceOnly ? Outcome.UNKNOWN : Outcome.RETRY
                    : status >= 400 ? Outcome.REJECTED : Outcome.REFUSED;
        };
    }
}
