package dev.gtmroutes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A part of the README that is made from something else, between two comments with its name. */
public final class ReadmePart {

    private static final Path README = Path.of("README.md");

    private ReadmePart() {
    }

    /** Asserts that the part holds this text; with {@code -Dreadme.update=true}, makes it so first. */
    public static void assertIs(String name, String text) throws IOException {
        String readme = Files.readString(README);
        int start = readme.indexOf("-->\n", readme.indexOf("<!-- " + name + ":")) + 4;
        String fresh = readme.substring(0, start) + text + readme.substring(readme.indexOf("<!-- /" + name + " -->"));
        if (Boolean.getBoolean("readme.update")) {
            Files.writeString(README, fresh);
        }

        assertThat(Files.readString(README)).as("run mvn test -Dtest=ReadmeTest -Dreadme.update=true").isEqualTo(fresh);
    }
}
