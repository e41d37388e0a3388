// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** The formatter wraps code that is too long, but neither comments nor texts. */
class LineLengthTest {

    private static final int MOST = 125;

    @Test
    void noLineOfASourceIsTooLong() throws IOException {
        List<String> tooLong = new ArrayList<>();
        int files = 0;
        for (String folder : List.of("src", "bench", "examples")) {
            for (Path file : sources(Path.of(folder))) {
                files++;
                List<String> lines = Files.readAllLines(file);
                for (int i = 0; i < lines.size(); i++) {
                    if (lines.get(i).codePoints().count() > MOST) {
                        tooLong.add(file + ":" + (i + 1));
                    }
                }
            }
        }

        assertThat(tooLong).as("lines of more than %d characters", MOST).isEmpty();
        assertThat(files).as("sources").isGreaterThan(500);
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(each -> each.toString().endsWith(".java") && !each.toString().contains("/target/")).toList();
        }
    }
}
