// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.versions;

import java.util.ArrayList;
import java.util.List;

/** What differs between two texts, line by line. */
final class LineDiff {

    /** Of unchanged lines, so many are shown around a change. */
    private static final int CONTEXT = 3;
    /** Larger parts that differ are shown as replaced as a whole. */
    private static final long MOST_CELLS = 4_000_000;

    /** What became of a line. */
    public enum Kind {
        SAME,
        REMOVED,
        ADDED,
        /** Stands for unchanged lines that are not shown. */
        LEFT_OUT
    }

    /** A line of one text or of both. */
    public record Line(Kind kind, String text) {

        public boolean isRemoved() {
            return kind == Kind.REMOVED;
        }

        public boolean isAdded() {
            return kind == Kind.ADDED;
        }

        public boolean isLeftOut() {
            return kind == Kind.LEFT_OUT;
        }
    }

    private LineDiff() {
    }

    /** @return no line if the texts are the same */
    static List<Line> of(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        if (old.equals(now)) {
            return List.of();
        }
        int head = 0;
        while (head < Math.min(old.size(), now.size()) && old.get(head).equals(now.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < Math.min(old.size(), now.size()) - head
                && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        List<Line> lines = new ArrayList<>();
        add(lines, Kind.SAME, old.subList(0, head));
        middle(lines, old.subList(head, old.size() - tail), now.subList(head, now.size() - tail));
        add(lines, Kind.SAME, old.subList(old.size() - tail, old.size()));
        return shortened(lines);
    }

    /** By the longest common subsequence of lines. */
    private static void middle(List<Line> lines, List<String> old, List<String> now) {
        if ((long) old.size() * now.size() > MOST_CELLS) {
            add(lines, Kind.REMOVED, old);
            add(lines, Kind.ADDED, now);
            return;
        }
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j)) ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                lines.add(new Line(Kind.SAME, old.get(i++)));
                j++;
            } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line(Kind.REMOVED, old.get(i++)));
            } else {
                lines.add(new Line(Kind.ADDED, now.get(j++)));
            }
        }
    }

    private static void add(List<Line> lines, Kind kind, List<String> texts) {
        texts.forEach(each -> lines.add(new Line(kind, each)));
    }

    private static List<Line> shortened(List<Line> lines) {
        List<Line> shown = new ArrayList<>();
        int left = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (isNearChange(lines, i)) {
                if (left > 0) {
                    shown.add(new Line(Kind.LEFT_OUT, left == 1 ? "1 line is the same" : left + " lines are the same"));
                    left = 0;
                }
                shown.add(lines.get(i));
            } else {
                left++;
            }
        }
        return shown;
    }

    private static boolean isNearChange(List<Line> lines, int at) {
        return lines.subList(Math.max(0, at - CONTEXT), Math.min(lines.size(), at + CONTEXT + 1)).stream()
                .anyMatch(each -> each.kind != Kind.SAME);
    }
}
