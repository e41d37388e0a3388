// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

/** Whether records can be handed to a flow. */
public enum FlowPresence {
    /** It takes records, or will when it is resumed. */
    LOADED,
    /** Records wait in its inbox: its file has a mistake, or was not read yet. */
    NOT_LOADED,
    /** Its file is gone, so that records would wait for ever. */
    GONE
}
