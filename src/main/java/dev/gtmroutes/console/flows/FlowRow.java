// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import dev.gtmroutes.console.state.FlowChip;
import dev.gtmroutes.flow.FlowStatus;

/**
 * A flow above its form.
 *
 * @param flow as it is now
 * @param chip its state for people
 */
public record FlowRow(FlowStatus flow, FlowChip chip) {

    public String id() {
        return flow.id();
    }

    public String description() {
        return flow.description();
    }

    public String problem() {
        return flow.problem();
    }

    /** Whether what was saved now is in use, as a sentence. */
    public String effect() {
        return switch (flow.state()) {
            case ACTIVE -> "The flow runs with it.";
            case PAUSED -> "The flow is paused.";
            case NOT_LOADED -> "The flow is not loaded.";
            case WAITING_FOR_CREDENTIAL, WAITING_FOR_DISK, PAUSED_AFTER_REJECTIONS,
                    STALLED -> "The records of the flow wait.";
        };
    }

    public boolean mayPause() {
        return flow.state().mayPause();
    }

    public boolean mayActivate() {
        return flow.state().mayActivate();
    }
}
