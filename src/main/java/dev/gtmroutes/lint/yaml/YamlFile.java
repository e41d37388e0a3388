// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A YAML file that was read as far as it can be. It is parsed when somebody first asks what it means: of the Kamelets that
 * a program knows, few are called.
 */
public final class YamlFile {

    private static final String RULE = "yaml";

    private final Path path;
    private final String text;
    private volatile Content content;

    private record Content(YamlNode root, List<Finding> problems) {
    }

    private YamlFile(Path path, String text, Content content) {
        this.path = path;
        this.text = text;
        this.content = content;
    }

    /** Reads a file. One that cannot be read is told as a problem, too. */
    public static YamlFile read(Path path) {
        try {
            return Files.size(path) > BoundedYaml.MAX_BYTES ? tooLarge(path) : of(path, Files.readAllBytes(path));
        } catch (IOException e) {
            return new YamlFile(path, "", broken(path, 1, "the file cannot be read: " + e));
        }
    }

    /** A file that is larger than {@link BoundedYaml#MAX_BYTES}, which was not read. */
    public static YamlFile tooLarge(Path path) {
        return new YamlFile(path, "", broken(path, 1, "the file is larger than " + BoundedYaml.MAX_BYTES / 1_000_000
                + " MB. Divide it into several files"));
    }

    /** The bytes of a file. */
    public static YamlFile of(Path path, byte[] bytes) {
        if (bytes.length > BoundedYaml.MAX_BYTES) {
            return tooLarge(path);
        }
        try {
            return of(path, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return new YamlFile(path, "", broken(path, 1, "the file is not UTF-8 text. Save it as UTF-8"));
        }
    }

    /** A text that is, or is to become, the file of this path. */
    public static YamlFile of(Path path, String text) {
        return new YamlFile(path, text, null);
    }

    /** Where it lies. */
    public Path path() {
        return path;
    }

    /** What is in it. */
    public String text() {
        return text;
    }

    /** What it means; absent where it is no YAML, or empty. */
    public YamlNode root() {
        return content().root;
    }

    /** What is wrong with it as YAML. */
    public List<Finding> problems() {
        return content().problems;
    }

    private Content content() {
        // Two threads that ask at once get the same.
        if (content == null) {
            content = parse(path, text);
        }
        return content;
    }

    private static Content parse(Path path, String text) {
        try {
            Report report = new Report(path);
            Optional<Node> root = BoundedYaml.compose(text, path.toString());
            if (root.isEmpty()) {
                report.tell(1, "empty", "the file is empty. Add a flow, or delete the file");
            }
            YamlNode tree = root.map(new YamlTree(report)::build).orElseGet(() -> YamlNode.absent(1));
            return new Content(tree, report.findings());
        } catch (MarkedYamlEngineException e) {
            return broken(path, YamlFault.line(e), "not valid YAML: " + YamlFault.of(e));
        } catch (ReaderException e) {
            String before = text.substring(0, Math.min(e.getPosition(), text.length()));
            return broken(path, (int) before.lines().count(),
                    "not valid YAML: a character that YAML does not allow. Remove it");
        } catch (YamlEngineException e) {
            return broken(path, 1, "not valid YAML: " + YamlFault.meaning(String.valueOf(e.getMessage())));
        }
    }

    private static Content broken(Path path, int line, String message) {
        Report report = new Report(path);
        report.tell(Math.max(1, line), RULE, message);
        return new Content(YamlNode.absent(1), report.findings());
    }

    /** Lines that say something: neither empty nor only a comment. */
    public long linesOfContent() {
        return text.lines().map(String::strip).filter(each -> !each.isEmpty() && !each.startsWith("#")).count();
    }
}
