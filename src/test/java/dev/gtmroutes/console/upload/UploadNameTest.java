// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.console.upload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a browser calls a file, its name in the inbox is only a name. */
class UploadNameTest {

    @ParameterizedTest
    @CsvSource({
            "missed-calls.csv, missed-calls.csv",
            "Missed Calls (2).CSV, Missed-Calls-2-.csv",
            "../../etc/passwd, passwd.json",
            "'C:\\Users\\ana\\calls.ndjson', calls.ndjson",
            ".hidden.json, hidden.json",
            "Entrées.json, Entrees.json",
            "calls, calls.json",
            "calls.xlsx, calls.xlsx.json",
            "intake-20260131T235959123Z-000000.ndjson, 20260131T235959123Z-000000.ndjson",
            "...., upload.json",
            "'', upload.json"})
    void itIsOnlyAName(String given, String name) {
        assertThat(UploadName.of(given)).isEqualTo(name);
    }

    @Test
    void itIsNotTooLongAndHasANumberWhereItIsTaken() {
        assertThat(UploadName.of("x".repeat(500) + ".csv")).hasSize(84).endsWith("x.csv");
        assertThat(UploadName.of(null)).isEqualTo("upload.json");
        assertThat(UploadName.numbered("calls.csv", 2)).isEqualTo("calls-2.csv");
    }
}
