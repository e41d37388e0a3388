// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.lists;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

/**
 * The records that a list has at first. The order in which they were changed last differs from that of their numbers, and
 * either tells the other without a table.
 */
final class BaseOrder {

    static final long MOST = 10_000_000;

    private static final long SPAN = Duration.ofDays(365).toSeconds() * Micros.PER_SECOND;
    /** From here on they were changed last, for a year; they were made in the year before. */
    private static final long START = Micros.of(Instant.parse("2024-06-01T04:00:00.654321Z"));

    private final long size;
    private final long sameTime;
    private final long step;
    private final long factor;
    private final long inverse;

    /** @param sameTime how many records have each time of change */
    BaseOrder(long size, long seed, long sameTime) {
        this.size = size;
        this.sameTime = sameTime;
        this.step = SPAN / Math.max(1, (size + sameTime - 1) / sameTime);
        this.factor = coprime(Math.max(1, size * 618 / 1000 + seed % 1000), size);
        this.inverse = size < 2 ? 0 : BigInteger.valueOf(factor).modInverse(BigInteger.valueOf(size)).longValue();
    }

    private static long coprime(long from, long size) {
        BigInteger modulus = BigInteger.valueOf(Math.max(1, size));
        BigInteger number = BigInteger.valueOf(from);
        while (!number.gcd(modulus).equals(BigInteger.ONE)) {
            number = number.add(BigInteger.ONE);
        }
        return number.longValue();
    }

    long size() {
        return size;
    }

    /** The latest time there is. */
    static long end() {
        return START + SPAN;
    }

    /** Where a number is in the order of changes. */
    long place(long number) {
        return number * factor % size;
    }

    /** The record at a place in the order of changes. */
    SimulatedRecord at(long place) {
        return record(place * inverse % size, place);
    }

    SimulatedRecord record(long number) {
        return record(number, place(number));
    }

    private SimulatedRecord record(long number, long place) {
        return new SimulatedRecord(number, 0, START - SPAN + number * (SPAN / size), updated(place));
    }

    private long updated(long place) {
        return START + place / sameTime * step;
    }

    /** The first place with a change at this time or later. */
    long firstAt(long micros) {
        if (micros <= START) {
            return 0;
        }
        return Math.min(size, (micros - START + step - 1) / step * sameTime);
    }
}
