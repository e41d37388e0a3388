// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.export;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Days in a row, in UTC.
 *
 * @param first the first one
 * @param last  the last one, included
 */
public record Days(LocalDate first, LocalDate last) {

    /** These days in pieces that one job of this type may have, without gaps; none if the last day is before the first. */
    List<Days> cut(ExportType type) {
        List<Days> pieces = new ArrayList<>();
        for (LocalDate next = first; !next.isAfter(last);) {
            LocalDate most = type.last(next);
            Days piece = new Days(next, most.isBefore(last) ? most : last);
            pieces.add(piece);
            next = piece.last.plusDays(1);
        }
        return pieces;
    }

    /** How many. */
    long count() {
        return ChronoUnit.DAYS.between(first, last) + 1;
    }

    /** Whether they have a day in common. */
    public boolean overlap(Days other) {
        return !first.isAfter(other.last) && !other.first.isAfter(last);
    }

    @Override
    public String toString() {
        return first + ".." + last;
    }
}
