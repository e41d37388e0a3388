// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** README and docs: their size, their links, and the names of the commands that CI runs. */
class PagesTest {

    private static final int MOST_README_BYTES = 8192;
    private static final Pattern NAMED = Pattern.compile("sh name=([a-z-]+)");

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.size(Path.of("README.md"))).isLessThanOrEqualTo(MOST_README_BYTES);
    }

    @Test
    void everyLinkInTheProjectLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Page page : Page.all()) {
            page.links().forEach((line, targets) -> targets.stream().filter(target -> !leadsSomewhere(page, target))
                    .forEach(target -> broken.add(page + ":" + line + ": " + target)));
        }
        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Page page, String target) {
        if (target.matches("[a-z]+:.*")) {
            return true;
        }
        String[] parts = target.split("#", 2);
        Path folder = page.path().toAbsolutePath().getParent();
        Path file = parts[0].isEmpty() ? page.path().toAbsolutePath() : folder.resolve(parts[0]).normalize();
        if (!Files.exists(file)) {
            return false;
        }
        try {
            return parts.length == 1 || Page.read(file).anchors().contains(parts[1]);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void everyPageIsLinkedFromAnother() throws IOException {
        Set<Path> linked = new HashSet<>();
        for (Page page : Page.all()) {
            Path folder = page.path().toAbsolutePath().getParent();
            page.links().values().stream().flatMap(List::stream)
                    .map(target -> folder.resolve(target.split("#")[0]).normalize())
                    .filter(target -> !target.equals(page.path().toAbsolutePath())).forEach(linked::add);
        }
        assertThat(Page.all()).map(Page::path).filteredOn(path -> !path.equals(Path.of("README.md")))
                .allSatisfy(path -> assertThat(linked).contains(path.toAbsolutePath()));
    }

    @Test
    void aNameOfCommandsStandsOnceAndCiRunsEachOfThem() throws IOException {
        Map<String, Page.Block> named = new TreeMap<>();
        for (Page page : Page.all()) {
            for (Page.Block block : page.blocks()) {
                Matcher name = NAMED.matcher(block.info());
                if (name.matches()) {
                    assertThat(named.put(name.group(1), block)).as("another block named %s beside %s", name.group(1), block)
                            .isNull();
                } else {
                    assertThat(block.info())
                            .as("%s: 'sh' has a name: sh name=…; commands that CI does not run are 'console'",
                                    block)
                            .doesNotMatch("sh\\b.*");
                }
            }
        }
        List<String> run = Pattern.compile("\\$\\(block ([a-z-]+)\\)").matcher(Files.readString(Path.of(".ci/run")))
                .results().map(match -> match.group(1)).toList();
        assertThat(named.keySet()).containsExactlyInAnyOrderElementsOf(run);
    }
}
