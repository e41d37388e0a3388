// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows.page;

import java.util.function.Function;

import dev.gtmroutes.console.credentials.CredentialLinks;
import dev.gtmroutes.console.flows.FlowLine;
import dev.gtmroutes.flow.FlowState;

/**
 * Why a flow does not deliver as it should, and what mends it.
 *
 * @param title    what is wrong
 * @param text     what happens next; empty if nothing does
 * @param link     where a person mends it; empty for nowhere
 * @param linkText what the link says
 * @param action   what the program can do at once, the end of an address such as {@code retry}; empty for nothing
 * @param verb     what the button says
 */
public record FlowAlert(String title, String text, String link, String linkText, String action, String verb) {

    /**
     * @param credentials where the credential of a flow is replaced
     * @return            null if there is nothing to say
     */
    static FlowAlert of(FlowLine line, Function<String, CredentialLinks.Link> credentials) {
        return switch (line.chip().kind()) {
            case RETRYING -> new FlowAlert(title(line),
                    "The program sends the requests again by itself; no record is lost.", "", "", "retry", "Retry now");
            case FAILING -> failing(line, credentials);
            case NEEDS_SETUP -> new FlowAlert(title(line), "", "/flows/" + line.id() + "/edit", "Open the settings", "", "");
            case LATE -> new FlowAlert(title(line), "The program goes on by itself.", "/exports", "Open the exports", "",
                    "");
            default -> null;
        };
    }

    private static FlowAlert failing(FlowLine line, Function<String, CredentialLinks.Link> credentials) {
        if (line.state() == FlowState.WAITING_FOR_CREDENTIAL) {
            CredentialLinks.Link credential = credentials.apply(line.id());
            return new FlowAlert(title(line), "Its records wait; the program tries again at growing intervals.",
                    credential.href(), credential.mayReplace() ? "Replace the credential" : "Open the credentials",
                    "activate", "Try again now");
        }
        if (line.state() == FlowState.WAITING_FOR_DISK) {
            return new FlowAlert(title(line), "Its records wait; the program tries again every second.", "", "", "", "");
        }
        String letters = line.open() > 0 ? "/dead-letters?flow=" + line.id() : "";
        return line.state() == FlowState.PAUSED_AFTER_REJECTIONS
                ? new FlowAlert(title(line),
                        "The flow stopped, so its other records wait. Correct the cause first.", letters,
                        "Open the dead letters", "activate", "Resume")
                : new FlowAlert(title(line), "", letters, "Open the dead letters", "", "");
    }

    private static String title(FlowLine line) {
        String detail = line.chip().detail();
        return detail.isEmpty() ? line.chip().text() + "." : detail.endsWith(".") ? detail : detail + ".";
    }
}
