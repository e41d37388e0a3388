// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of a page in {@code docs/} that is generated, between two comments with its name. */
public final class GeneratedPart {

    private static final String UPDATE = "docs.update";

    private GeneratedPart() {
    }

    /** Whether this run writes the generated parts instead of comparing them: {@code -Ddocs.update=true}. */
    public static boolean isUpdate() {
        return Boolean.getBoolean(UPDATE);
    }

    /**
     * Asserts that the part holds this text. With {@code -Ddocs.update=true}, writes the text first.
     *
     * @param page the name of the page in {@code docs/}
     * @param name the name of the part
     * @param text the lines between the two comments
     */
    public static void assertIs(String page, String name, String text) throws IOException {
        Path file = Path.of("docs", page);
        String before = Files.readString(file);
        int opening = before.indexOf("<!-- " + name + ": generated");
        int end = before.indexOf("<!-- /" + name + " -->");
        assertThat(opening).as("%s has a part <!-- %s: generated … -->", file, name).isNotNegative();
        assertThat(end).as("%s has <!-- /%s -->", file, name).isGreaterThan(opening);
        int start = before.indexOf("-->\n", opening) + 4;
        if (isUpdate()) {
            Files.writeString(file, before.substring(0, start) + text + before.substring(end));
            return;
        }

        assertThat(before.substring(start, end)).as("%s is stale: run mvn test -Dtest='*PageTest' -Ddocs.update=true", file)
                .isEqualTo(text);
    }
}
