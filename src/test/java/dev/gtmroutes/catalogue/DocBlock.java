// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of docs/vendors.md, behind a comment with its name: what the page shows is what tests run. */
public final class DocBlock {

    private static final Path PAGE = Path.of("docs/vendors.md");

    private DocBlock() {
    }

    /** The block, moved to the left as far as its fence stands. */
    public static String named(String name) {
        try {
            Matcher block = Pattern.compile("( *)<!-- " + name + " -->\\n *```yaml\\n(.*?)\\n *```", Pattern.DOTALL)
                    .matcher(Files.readString(PAGE));
            if (!block.find()) {
                throw new AssertionError(PAGE + " has no block " + name);
            }
            return block.group(2).replaceAll("(?m)^" + block.group(1), "") + "\n";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
