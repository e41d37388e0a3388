// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gtmroutes.catalogue.Catalogue;
import dev.gtmroutes.catalogue.CatalogueException;
import dev.gtmroutes.lint.Lint;
import dev.gtmroutes.lint.flow.Settings;
import dev.gtmroutes.lint.yaml.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Examples in README and docs: whole flows and Kamelets pass the linter, everything else at least parses. */
class ExamplesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void flowsAndKameletsPassTheLinter() throws Exception {
        Path routes = copyOfKamelets();
        int flows = 0;
        for (Page page : Page.all()) {
            writeKameletsOfVendors(page, routes);
            for (Page.Block block : page.blocks()) {
                if (isWhole(block)) {
                    Path file = routes
                            .resolve(block.text().contains("kind: Kamelet") ? "kamelets/example/" + kameletName(block)
                                    : "flows/example.yaml");
                    Files.createDirectories(file.getParent());
                    Files.writeString(file, block.text().stripIndent());
                    // Another example may write to the store.
                    List<Finding> findings = new Lint(routes, Settings.UNKNOWN).check().stream()
                            .filter(each -> !each.rule().equals("lookup-store-missing")).toList();
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
                        default -> {}
                    }
                } catch (RuntimeException | IOException e) {
                    faults.add(block + ": " + e.getMessage());
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    /** Catalogue files on the page, with their lists, so that flows of the page can use their templates and sources. */
    private static void writeKameletsOfVendors(Page page, Path routes) throws IOException, CatalogueException {
        Path file = null;
        for (Page.Block block : page.blocks()) {
            Matcher vendor = Pattern.compile("vendor: ([\\w-]+)\n.*", Pattern.DOTALL).matcher(block.text());
            if (vendor.matches()) {
                file = Files.createDirectories(routes.resolve("catalogue")).resolve(vendor.group(1) + ".yaml");
                Files.writeString(file, block.text());
            } else if (file != null && block.text().startsWith("lists:\n")) {
                Files.writeString(file, "\n" + block.text(), StandardOpenOption.APPEND);
            }
        }
        if (file != null) {
            Catalogue.read(file).folder(routes).write();
        }
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
