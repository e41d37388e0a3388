// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.delivery.changed;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

import dev.gtmroutes.delivery.FlowRoute;
import dev.gtmroutes.delivery.status.DestinationStatus;
import dev.gtmroutes.remembered.FormsUnavailableException;

/** Records wait while the database of Only Changed cannot be used: neither are they sent unchecked, nor given back. */
public final class FormsWait {

    private static final Duration RETRY = Duration.ofSeconds(1);

    /** What needs the database. */
    public interface Step {

        void run() throws IOException;
    }

    private FormsWait() {
    }

    /**
     * Runs a step, again and again while the database cannot be used. Meanwhile the destination sends nothing, and says why.
     *
     * @param  running     whether the flow still runs
     * @return             false if the flow was stopped before
     * @throws IOException for another reason
     */
    public static boolean run(DestinationStatus destination, BooleanSupplier running, Step step)
            throws IOException, InterruptedException {
        boolean waited = false;
        while (true) {
            try {
                step.run();
                if (waited) {
                    destination.diskWorked();
                }
                return true;
            } catch (FormsUnavailableException e) {
                waited = true;
                destination.diskRefused(e.getMessage());
            } catch (IOException | RuntimeException e) {
                if (waited) {
                    // The database is back. What is wrong now must not keep the destination from sending.
                    destination.diskWorked();
                }
                throw e;
            }
            if (!FlowRoute.pause(RETRY, running)) {
                return false;
            }
        }
    }
}
