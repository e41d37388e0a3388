// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import dev.gtmroutes.crash.CrashMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Each source with each destination, record by record, without a fault. {@code bench/crash-matrix.sh} adds the faults. */
class CrashMatrixIT {

    private static final int RECORDS = 200;

    @TempDir
    Path directory;

    @Test
    @DisabledIfSystemProperty(named = "native.image.path", matches = ".+", disabledReason = "it starts the program in Java")
    void withoutAFaultEachRecordArrivesOnceFromEachSourceAtEachDestination() throws Exception {
        CrashMatrix matrix = new CrashMatrix(List.of(), RECORDS)
                .runWithoutFault(directory, Program.startArguments().toString());
        assertThat(matrix.failures()).isEmpty();
    }
}
