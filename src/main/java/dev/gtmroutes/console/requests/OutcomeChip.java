// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.requests;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.gtmroutes.delivery.status.RecentRequest;
import dev.gtmroutes.delivery.status.RequestResult;

/**
 * What became of a request, for people: a word, an icon and a colour.
 *
 * @param style the end of the name of its style, {@code chip-delivered}
 * @param icon  name of its icon
 * @param text  such as {@code 99 delivered, 1 rejected}
 * @param next  when the next attempt starts at the latest, to be said behind the text; null if none is waited for
 */
public record OutcomeChip(String style, String icon, String text, Instant next) {

    static OutcomeChip of(RecentRequest request) {
        RequestResult result = request.result();
        if (result.isLater()) {
            return request.isWell() ? new OutcomeChip("complete", "check", "Accepted", null)
                    : new OutcomeChip("failing", "x", "Failed", null);
        }
        if (result.again() == request.records()) {
            return again(request);
        }
        String text = text(result);
        return result.held() > 0 ? new OutcomeChip("held", "help-circle", text, null)
                : result.rejected() > 0 ? new OutcomeChip("rejected", "x", text, null)
                : result.again() > 0 ? new OutcomeChip("retrying", "refresh", text, null)
                : new OutcomeChip("delivered", "check", text, null);
    }

    private static OutcomeChip again(RecentRequest request) {
        RequestResult result = request.result();
        String text = result.parts() > 1 ? "Sent again in " + result.parts() + " parts"
                : !request.isLastAttempt() ? "Sent again"
                : result.pause() == null ? "Waits for the credential" : "Attempt " + (request.attempt() + 1);
        return new OutcomeChip("retrying", "refresh", text, result.parts() > 1 || !request.isLastAttempt()
                || result.pause() == null ? null : request.at().plus(result.pause()));
    }

    private static String text(RequestResult result) {
        List<String> parts = new ArrayList<>();
        add(parts, result.delivered(), "delivered");
        add(parts, result.rejected(), "rejected");
        add(parts, result.held(), "held");
        add(parts, result.again(), "sent again");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, int count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    /** Whether a request has records with this outcome. */
    static boolean matches(String outcome, RequestResult result) {
        return switch (outcome) {
            case "delivered" -> result.delivered() > 0;
            case "rejected" -> result.rejected() > 0;
            case "held" -> result.held() > 0;
            case "retrying" -> result.again() > 0;
            default -> true;
        };
    }
}
