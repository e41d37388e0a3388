// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.inbox;

import org.apache.camel.support.DefaultScheduledPollConsumerScheduler;

/** Looks into the inbox twice a second, also after an error such as a full memory, which would end Camel's own. */
public class SteadyScheduler extends DefaultScheduledPollConsumerScheduler {

    private static final int MILLIS = 500;

    public SteadyScheduler() {
        setInitialDelay(0);
        setDelay(MILLIS);
    }

    @Override
    public void scheduleTask(Runnable task) {
        super.scheduleTask(() -> {
            try {
                task.run();
            } catch (Error e) {
                // Camel has told it. Thrown on, it would end the looking for good, and with it the flow.
            }
        });
    }
}
