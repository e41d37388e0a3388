// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.gtmroutes.lint.yaml.Finding;

/**
 * A good file with one mistake in it.
 *
 * @param good    a text without a finding
 * @param part    what is spoiled in it
 * @param bad     what it becomes
 * @param rule    that is broken
 * @param at      a text in the spoiled file, whose line the finding should have
 * @param message a part of what should be told
 */
public record Spoiled(String good, String part, String bad, String rule, String at, String message) {

    public String text() {
        assertThat(good).contains(part);
        return good.replace(part, bad);
    }

    /** Exactly this mistake is told. */
    public void isToldBy(List<Finding> findings) {
        int at = text().indexOf(this.at);
        assertThat(at).as("'%s' is in the file", this.at).isNotNegative();
        int line = (int) text().substring(0, at).lines().count();
        line += at > 0 && text().charAt(at - 1) == '\n' ? 1 : 0;
        assertThat(findings).as("%s", findings).singleElement();
        Finding finding = findings.get(0);
        assertThat(finding.rule()).as("%s", finding).isEqualTo(rule);
        assertThat(finding.line()).as("%s", finding).isEqualTo(Math.max(1, line));
        assertThat(finding.message()).contains(message).doesNotContain("\n");
    }

    @Override
    public String toString() {
        return rule + ": " + bad.strip().lines().findFirst().orElse("(nothing)");
    }
}
