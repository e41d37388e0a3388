package dev.gtmroutes.inbox;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

import dev.gtmroutes.api.Backoff;

/** Which files are left alone for a while because they failed, each time for longer. */
final class FileDelays {

    /** A flow that fails for every file must not fill the memory with their names. */
    static final int MOST = 10_000;

    private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofMinutes(5));

    private final Map<Path, Rest> rests = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    FileDelays() {
        this(System::nanoTime);
    }

    FileDelays(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Begins a rest, twice as long as the one before. */
    Rest failed(Path file, String why) {
        return rests.compute(file, (each, last) -> {
            Duration length = last == null ? BACKOFF.first() : BACKOFF.after(last.length);
            return new Rest(length, nanos.getAsLong() + length.toNanos(), why, last == null || !last.why.equals(why));
        });
    }

    /** Whether this file has to wait: because it failed, or because too many others did. */
    boolean isResting(Path file) {
        Rest rest = rests.get(file);
        return rest == null ? rests.size() >= MOST : rest.until - nanos.getAsLong() > 0;
    }

    /** The file did well: should it ever fail again, it begins with a short rest. */
    void forget(Path file) {
        rests.remove(file);
    }

    void forgetAll() {
        rests.clear();
    }

    boolean has(Path file) {
        return rests.containsKey(file);
    }

    /** Forgets files that are not there any more. */
    void keepOnly(Set<Path> present) {
        rests.keySet().retainAll(present);
    }

    /**
     * @param length how long the file rests
     * @param why    what it failed for
     * @param news   whether it did not fail for the same reason before
     */
    record Rest(Duration length, long until, String why, boolean news) {
    }
}
