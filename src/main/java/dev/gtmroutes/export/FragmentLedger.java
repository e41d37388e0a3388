// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.time.Duration;
import java.util.function.Consumer;

import dev.gtmroutes.export.fragment.Fragment;
import dev.gtmroutes.export.fragment.FragmentData;

/**
 * What became of fragments, noted in the {@link Ledger}, with what it says of changes that cannot be written. A fragment
 * that is not asked for any more changes nothing. Safe for use by many threads.
 */
public final class FragmentLedger {

    private final Ledger ledger;

    FragmentLedger(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * The sink has accepted all records of the fragment.
     *
     * @param data    what was fetched
     * @param bytes   of that, which went to the sink
     * @param records of that, which went to the sink
     */
    void accepted(Fragment fragment, FragmentData data, long bytes, long records) {
        progress(fragment, of -> of.accepted(fragment, data, bytes, records), "is delivered", bytes, records);
    }

    /** The task of the fragment was handed over. */
    void handedOver(Fragment fragment) {
        progress(fragment, of -> of.handedOver(fragment), "is handed over", 0, 0);
    }

    /** Whoever carried out the task of the fragment reports what was fetched, and delivered by now. */
    void reported(Fragment fragment, FragmentData data) {
        synchronized (ledger) {
            ledger.find(fragment).filter(each -> each.data() != null).ifPresent(window -> ledger.progress(window,
                    () -> window.data().reported(fragment, data), () -> ledger.tell(window,
                            "fragment %d is reported as delivered (%d bytes, %d records)".formatted(fragment.index(),
                                    data.bytes(), data.records()))));
        }
    }

    private void progress(Fragment fragment, Consumer<JobData> change, String what, long bytes, long records) {
        synchronized (ledger) {
            ledger.find(fragment).filter(each -> each.data() != null && each.data().wants(fragment))
                    .ifPresent(window -> ledger.progress(window, () -> {
                        change.accept(window.data());
                        window.failed("");
                    }, () -> ledger.tell(window, "fragment %d %s, %d of %d (%d bytes, %d records)".formatted(
                            fragment.index(), what, window.data().accepted(), window.data().fragments(), bytes, records))));
        }
    }

    /** The fragment could not be fetched, or was not accepted; it is tried again. */
    public void failed(Fragment fragment, String why) {
        synchronized (ledger) {
            ledger.find(fragment).ifPresent(window -> ledger.change(window, () -> window.failed(why), () -> {}));
        }
    }

    /**
     * People.ai does not have the fragment. One that is extra need not be there; for any other one, the whole job has to be
     * replaced.
     *
     * @param rest how long to wait at most before another job is started
     */
    public void missing(Fragment fragment, String why, Duration rest) {
        synchronized (ledger) {
            ledger.find(fragment).filter(each -> each.data() != null).ifPresent(window -> {
                if (!fragment.isExtra()) {
                    ledger.replace(window, why, rest);
                } else if (window.data().wants(fragment)) {
                    ledger.progress(window, () -> window.data().missing(fragment),
                            () -> ledger.tell(window, "there is no fragment " + fragment.index()
                                    + (fragment.ask() == Fragment.Ask.AGAIN ? " any more" : "")));
                }
            });
        }
    }
}
