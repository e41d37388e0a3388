// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import dev.gtmroutes.credential.Secrets;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"", "calls.csv: 3 records", "Übergrößen – 表.csv",
                    "the summary:\n  records read 3\n\tdelivered 3\n",
                    "a\tb", "😀.csv"})
    void whatIsPlainStaysAsItIs(String text) {
        assertThat(LogText.plain(text)).isEqualTo(text);
    }

    @Test
    void noNameBeginsALine() {
        assertThat(LogText.plain("a.csv\n2026-11-29 12:00:00,000 ERROR all is lost\nb\r\nc.csv"))
                .isEqualTo("a.csv\n    2026-11-29 12:00:00,000 ERROR all is lost\n    b\\u000d\n    c.csv");
    }

    @Test
    void noNameIsACommandOrTurnsTextAround() {
        assertThat(LogText.plain("\u001b[2J\u009b31m\u0007\u0000\u007f a\u202egpj.exe \u2066x\u2028y\u200b"))
                .isEqualTo("\\u001b[2J\\u009b31m\\u0007\\u0000\\u007f a\\u202egpj.exe \\u2066x\\u2028y\\u200b");
    }

    @Test
    void aLongMessageIsCutAndNoHalfOfASecretIsLeft() {
        Secrets secrets = new Secrets();
        secrets.add("t0ken-4711");
        for (int before = 8170; before < 8200; before++) {
            ExtLogRecord line = new ExtLogRecord(Level.WARNING, "x".repeat(before) + " t0ken-4711" + "y".repeat(1_000_000),
                    ExtLogRecord.FormatStyle.NO_FORMAT, "of.the.test");
            String text = new MaskedLogs.Masked(new PatternFormatter("%p %m%n"), secrets).format(line);
            assertThat(text).hasSizeLessThan(8300).doesNotContain("t0k").endsWith((before + 1_000_011) + " characters)\n");
        }
    }

    @Test
    void aMessageOfAnExceptionBeginsNoLine() {
        Exception inner = new IllegalStateException("inner\n2026-11-29 12:00:00,000 ERROR forged");
        Exception thrown = new IllegalArgumentException("outer t0ken-4711", inner);
        inner.addSuppressed(thrown);
        ExtLogRecord line = new ExtLogRecord(Level.WARNING, "failed", ExtLogRecord.FormatStyle.NO_FORMAT, "of.the.test");
        line.setThrown(thrown);
        Secrets secrets = new Secrets();
        secrets.add("t0ken-4711");

        String text = new MaskedLogs.Masked(new PatternFormatter("%p %m%n%e"), secrets).format(line);
        assertThat(text).contains("java.lang.IllegalArgumentException: outer ***", "\tat dev.gtmroutes.observe.LogTextTest",
                "Caused by: java.lang.IllegalStateException: inner\n    2026-11-29 12:00:00,000 ERROR forged");
        assertThat(line.getThrown()).isSameAs(thrown);
        line.setThrown(new IllegalStateException("plain"));
        assertThat(PlainThrowable.of(line.getThrown(), LogText::plain)).isSameAs(line.getThrown());
        assertThat(PlainThrowable.of(null, LogText::plain)).isNull();
    }

    @Test
    void eachLineOfTheLogIsPlainAndHasNoSecret() {
        ExtLogRecord line = new ExtLogRecord(Level.WARNING, "%s was moved", ExtLogRecord.FormatStyle.PRINTF, "of.the.test");
        line.setParameters(new Object[] {"a\nb t0ken-4711"});
        Secrets secrets = new Secrets();
        secrets.add("t0ken-4711");

        assertThat(new MaskedLogs.Masked(new PatternFormatter("%p %m%n"), secrets).format(line))
                .isEqualTo("WARNING a\n    b *** was moved\n");
    }
}
