package dev.gtmroutes.lint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A YAML file that was read as far as it can be.
 *
 * @param path     where it lies
 * @param text     what is in it
 * @param root     what it means; absent where it is no YAML, or empty
 * @param problems what is wrong with it as YAML
 */
public record YamlFile(Path path, String text, YamlNode root, List<Finding> problems) {

    private static final String RULE = "yaml";

    /** Reads a file. One that cannot be read is told as a problem, too. */
    public static YamlFile read(Path path) {
        try {
            return of(path, Files.readAllBytes(path));
        } catch (IOException e) {
            return broken(path, "", 1, "this file cannot be read: " + e);
        }
    }

    /** Reads the bytes of a file. */
    public static YamlFile of(Path path, byte[] bytes) {
        try {
            return parse(path, StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return broken(path, "", 1, "this file is not UTF-8 text: save it as UTF-8");
        }
    }

    /** Reads a text that is to become the file of this path. */
    public static YamlFile parse(Path path, String text) {
        try {
            Report report = new Report(path);
            Optional<Node> root = new Compose(LoadSettings.builder().setLabel(path.toString()).build())
                    .composeString(text);
            if (root.isEmpty()) {
                report.tell(1, "empty", "there is nothing in this file: fill it or delete it");
            }
            YamlNode tree = root.map(new YamlTree(report)::build).orElseGet(() -> YamlNode.absent(1));
            return new YamlFile(path, text, tree, report.findings());
        } catch (MarkedYamlEngineException e) {
            return broken(path, text, line(e), "not valid YAML: " + sentence(e));
        } catch (ReaderException e) {
            String before = text.substring(0, Math.min(e.getPosition(), text.length()));
            return broken(path, text, (int) before.lines().count(),
                    "not valid YAML: a character that must not be in a file: remove it");
        } catch (YamlEngineException e) {
            return broken(path, text, 1, "not valid YAML: " + e.getMessage());
        }
    }

    private static YamlFile broken(Path path, String text, int line, String message) {
        Report report = new Report(path);
        report.tell(Math.max(1, line), RULE, message);
        return new YamlFile(path, text, YamlNode.absent(1), report.findings());
    }

    /** Where the parser gave up; of a text or a key without an end, where that began. */
    private static int line(MarkedYamlEngineException e) {
        boolean endless = e.getContext() != null && e.getContext().startsWith("while scanning");
        Optional<Mark> mark = endless ? e.getContextMark().or(e::getProblemMark) : e.getProblemMark();
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    private static String sentence(MarkedYamlEngineException e) {
        if (e.getContext() == null) {
            return e.getProblem();
        }
        int from = e.getContextMark().map(Mark::getLine).orElse(0) + 1;
        return e.getContext() + ", " + e.getProblem() + (from < line(e) ? ": look from line " + from + " on" : "");
    }

    /** Lines that say something: neither empty nor only a comment. */
    long linesOfContent() {
        return text.lines().map(String::strip).filter(each -> !each.isEmpty() && !each.startsWith("#")).count();
    }
}
