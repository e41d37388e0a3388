// SPDX-License-Identifier: Apache-2.0
import java.util.Random;

/**
 * What the destination does to a request. The same seed does the same to the same records.
 *
 * @param delay  how long it takes, in ms
 * @param before what it does instead of carrying it out
 * @param after  whether it breaks the connection once it has carried it out
 */
record Fate(int delay, Before before, boolean after) {

    enum Before {
        NOTHING, DROP_READ, BUSY, BUSY_RETRY_AFTER
    }

    static final Fate KIND = new Fate(0, Before.NOTHING, false);

    static Fate of(Random random) {
        int delay = random.nextInt(15) == 0 ? 200 + random.nextInt(500) : random.nextInt(40);
        int dice = random.nextInt(100);
        Before before = dice < 2 ? Before.DROP_READ : dice < 4 ? Before.BUSY : dice < 6 ? Before.BUSY_RETRY_AFTER
                : Before.NOTHING;
        return new Fate(delay, before, dice >= 6 && dice < 8);
    }
}
