// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.gtmroutes.console.versions.LineDiff.Kind;
import org.junit.jupiter.api.Test;

class LineDiffTest {

    private static String diff(String before, String after) {
        return LineDiff.of(before, after).stream().map(each -> switch (each.kind()) {
            case SAME -> " " + each.text();
            case REMOVED -> "-" + each.text();
            case ADDED -> "+" + each.text();
            case LEFT_OUT -> "… " + each.text();
        }).collect(Collectors.joining("\n"));
    }

    @Test
    void theSameTextHasNoLines() {
        assertThat(diff("a\nb\n", "a\nb")).isEmpty();
    }

    @Test
    void changedLinesStandAmongOthers() {
        assertThat(diff("a\nb\nc\nd", "a\nx\nc\nd\ne")).isEqualTo(" a\n-b\n+x\n c\n d\n+e");
        assertThat(diff("", "a")).isEqualTo("+a");
        assertThat(diff("a\nb", "b")).isEqualTo("-a\n b");
    }

    @Test
    void manyLinesThatAreTheSameAreLeftOut() {
        String lines = IntStream.range(0, 20).mapToObj(each -> "line " + each).collect(Collectors.joining("\n"));
        assertThat(diff(lines, lines.replace("line 10", "other"))).isEqualTo("… 7 lines are the same\n line 7\n line 8\n"
                + " line 9\n-line 10\n+other\n line 11\n line 12\n line 13");
    }

    @Test
    void textsWithoutAnythingInCommonAreReplacedAsAWhole() {
        String one = IntStream.range(0, 3000).mapToObj(each -> "a" + each).collect(Collectors.joining("\n"));
        List<Kind> kinds = LineDiff.of(one, one.replace('a', 'b')).stream().map(LineDiff.Line::kind).distinct().toList();
        assertThat(kinds).containsExactly(Kind.REMOVED, Kind.ADDED);
    }
}
