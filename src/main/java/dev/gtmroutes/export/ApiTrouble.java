// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

import dev.gtmroutes.inbox.FailureDelays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with People.ai, whatever it is asked: it is left alone for a while. Safe for use by many threads. */
public final class ApiTrouble {

    private static final Logger LOG = LoggerFactory.getLogger(ApiTrouble.class);
    private static final String PEOPLE_AI = "";

    private final String flow;
    private final FailureDelays<String> waits;
    /** Since when the credential is refused; null if it is not. */
    private volatile Instant refused;
    private volatile long credentials;

    ApiTrouble(String flow, FailureDelays<String> waits) {
        this.flow = flow;
        this.waits = waits;
    }

    /**
     * Ends the wait after a refused credential if a person has stored another one since.
     *
     * @param revision of the stored credentials
     */
    void credentialsAre(long revision) {
        if (credentials != revision && refused != null) {
            waits.worked(PEOPLE_AI);
        }
        credentials = revision;
    }

    /** Whether People.ai is left alone for a while. */
    boolean mustWait() {
        return waits.isWaiting(PEOPLE_AI);
    }

    /**
     * People.ai did not do what it should, whatever it was asked: it is left alone for a while.
     *
     * @param asked      how long it asks to be left alone, null if it does not
     * @param credential whether the credential is to blame
     */
    public void began(String why, Duration asked, boolean credential) {
        refused = !credential ? null : refused == null ? Instant.now() : refused;
        FailureDelays.Wait wait = waits.failed(PEOPLE_AI, why, asked);
        if (wait.isNews()) {
            LOG.warn("{}: {}. The export tries again in {} s, then at growing "
                    + "intervals", flow, why, wait.length().toSeconds());
        }
    }

    /** People.ai did what it should. */
    public void ended() {
        refused = null;
        if (waits.worked(PEOPLE_AI)) {
            LOG.info("{}: People.ai works again", flow);
        }
    }

    /** One line for a person; empty if People.ai answers. */
    Optional<String> text() {
        return waits.last(PEOPLE_AI).map(each -> each.why() + ". The next attempt is at "
                + each.shown().truncatedTo(ChronoUnit.SECONDS));
    }

    /** The same, only where the credential is to blame. */
    Optional<String> refused() {
        Instant since = refused;
        return since == null ? Optional.empty() : waits.last(PEOPLE_AI).map(each -> "waits for the credential since %s: %s"
                .formatted(since.truncatedTo(ChronoUnit.SECONDS), each.why()));
    }
}
