// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.deadletter.index;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.gtmroutes.deadletter.DeadLetter;
import dev.gtmroutes.deadletter.DeadLetterSelection;
import dev.gtmroutes.delivery.outcome.DeadLetterFile;

/** Adds the counts of many files and flows up to groups. */
final class GroupTally {

    private static final int MOST_FLOWS = 100;

    /** A group so far. */
    private static final class Sum {

        private final GroupTable.Group first;
        private final Set<String> flows = new TreeSet<>();
        private final long[] days = new long[ReasonGroup.DAYS];
        private boolean uniform = true;
        private long count;
        private Instant newest = Instant.MIN;

        private Sum(GroupTable.Group first) {
            this.first = first;
        }

        private ReasonGroup group() {
            return new ReasonGroup(first.reason().key(), uniform ? first.text() : first.reason().text(),
                    first.reason().state(), first.reason().status(), first.reason().template(), flows, count,
                    Arrays.stream(days).boxed().toList(), newest);
        }
    }

    private final Map<String, Sum> sums = new HashMap<>();
    private final DeadLetterSelection choice;
    private final LocalDate today;
    private String flow;
    private LocalDate day;

    /** @param choice by flow, state, time and what became of the letters; anything else is not for counts */
    GroupTally(DeadLetterSelection choice, Instant now) {
        this.choice = choice;
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    DeadLetter.Fate fate() {
        return choice.fate();
    }

    /** Adds what is chosen of a file. */
    void add(String ofFlow, DeadLetterFile file, FileGroups groups) {
        Instant begin = file.day().atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = file.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        flow = ofFlow;
        day = file.day();
        if ((choice.since() == null || !begin.isBefore(choice.since()))
                && (choice.until() == null || !end.isAfter(choice.until()))) {
            groups.tally(this);
        } else if (choice.mayBeIn(file)) {
            groups.tally(this, choice.since(), choice.until());
        }
    }

    /** Adds lines of a group, which {@link #add(String, DeadLetterFile, FileGroups) the file} has. */
    void add(GroupTable.Group group, long count, Instant newest) {
        if (choice.state() != null && choice.state() != group.reason().state()) {
            return;
        }
        Sum sum = sums.computeIfAbsent(group.reason().key(), each -> new Sum(group));
        sum.count += count;
        sum.uniform = sum.uniform && sum.first.text().equals(group.text());
        sum.newest = newest.isAfter(sum.newest) ? newest : sum.newest;
        if (sum.flows.size() < MOST_FLOWS) {
            sum.flows.add(flow);
        }
        long ago = ChronoUnit.DAYS.between(day, today);
        if (ago >= 0 && ago < ReasonGroup.DAYS) {
            sum.days[(int) (ReasonGroup.DAYS - 1 - ago)] += count;
        }
    }

    /** The group with the newest letter first. */
    List<ReasonGroup> groups() {
        return sums.values().stream().map(Sum::group)
                .sorted(Comparator.comparing(ReasonGroup::newest).reversed().thenComparing(ReasonGroup::key)).toList();
    }
}
