// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.letters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LetterCsvTest {

    @Test
    void noCellIsAFormula() {
        for (String each : new String[] {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"}) {
            assertThat(LetterCsv.cell(each).replace("\"", "")).startsWith("'");
        }
        assertThat(LetterCsv.cell("=1,2")).isEqualTo("\"'=1,2\"");
        assertThat(LetterCsv.cell("a=1")).isEqualTo("a=1");
        assertThat(LetterCsv.cell("")).isEmpty();
    }

    @Test
    void noPartOfACellIsAFormulaWhereOtherCharactersSeparate() {
        assertThat(LetterCsv.cell("x;=cmd|'/c calc'!A1")).isEqualTo("x;'=cmd|'/c calc'!A1");
        assertThat(LetterCsv.cell("x,;+1\t-1\n@a")).isEqualTo("\"x,;'+1\t'-1\n'@a\"");
        assertThat(LetterCsv.cell("a; b;c=1")).isEqualTo("a; b;c=1");
    }

    @Test
    void whatSeparatesCellsIsQuoted() {
        assertThat(LetterCsv.cell("a \"b\", c")).isEqualTo("\"a \"\"b\"\", c\"");
        assertThat(LetterCsv.cell("a\nb")).isEqualTo("\"a\nb\"");
    }
}
