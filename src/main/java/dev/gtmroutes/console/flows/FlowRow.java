// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.flows;

import dev.gtmroutes.flow.FlowStatus;

/**
 * A flow above its form.
 *
 * @param flow as it is now
 */
public record FlowRow(FlowStatus flow) {

    public String id() {
        return flow.id();
    }

    public String description() {
        return flow.description();
    }

    /** Such as {@code waiting-for-credential}; also the name of its style. */
    public String state() {
        return flow.state().toString();
    }

    public String reason() {
        return flow.reason();
    }

    public String problem() {
        return flow.problem();
    }

    public boolean mayPause() {
        return flow.state().mayPause();
    }

    public boolean mayActivate() {
        return flow.state().mayActivate();
    }
}
