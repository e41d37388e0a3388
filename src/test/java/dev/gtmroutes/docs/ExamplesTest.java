package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.lint.Finding;
import dev.gtmroutes.lint.Lint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Examples in README and docs: whole flows and Kamelets pass the linter, everything else at least parses. */
class ExamplesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void flowsAndKameletsPassTheLinter() throws IOException {
        Path routes = copyOfKamelets();
        int flows = 0;
        for (Page page : Page.all()) {
            for (Page.Block block : page.blocks()) {
                if (isWhole(block)) {
                    Path file = routes.resolve(block.text().contains("kind: Kamelet") ? "kamelets/example/" + kameletName(block)
                            : "flows/example.yaml");
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, block.text());
                    List<Finding> findings = Lint.check(routes);
                    assertThat(findings).as(block.toString()).isEmpty();
                    Files.delete(file);
                    flows++;
                }
            }
        }
        assertThat(flows).isGreaterThan(3);
    }

    @Test
    void yamlAndJsonParse() throws IOException {
        List<String> faults = new ArrayList<>();
        for (Page page : Page.all()) {
            for (Page.Block block : page.blocks()) {
                try {
                    switch (block.language()) {
                        case "yaml" -> new Yaml().load(block.text());
                        case "json" -> JSON.readTree(block.text());
                        default -> { }
                    }
                } catch (RuntimeException | IOException e) {
                    faults.add(block + ": " + e.getMessage());
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    /** Whether the block is a file of a flow or Kamelet, and no part of one. */
    private static boolean isWhole(Page.Block block) {
        return block.language().equals("yaml") && block.text().replaceAll("(?m)^#.*\n", "").stripLeading()
                .matches("(?s)(- route:|apiVersion: camel).*");
    }

    private static String kameletName(Page.Block block) {
        return block.text().replaceAll("(?s).*?metadata:\\s+name: (\\S+).*", "$1") + ".kamelet.yaml";
    }

    private Path copyOfKamelets() throws IOException {
        Path from = Path.of("routes/kamelets");
        Path to = folder.resolve("kamelets");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return folder;
    }
}
