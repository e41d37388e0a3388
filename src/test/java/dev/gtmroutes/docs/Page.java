// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of documentation in Markdown.
 *
 * @param path   relative to the project
 * @param blocks fenced blocks, in their order
 * @param prose  the lines of the page, blank where a block was; line numbers are those of the file
 */
record Page(Path path, List<Block> blocks, List<String> prose) {

    private static final Pattern FENCE = Pattern.compile("^ *```(.*)$");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.*)$");
    private static final Pattern LINK = Pattern.compile("!?\\[(?:[^\\]\\[]|\\[[^\\]]*])*]\\(([^)\\s]+)\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]+`");

    /**
     * A fenced block.
     *
     * @param line of its opening fence, from 1
     * @param info the text behind the opening fence, such as {@code sh name=demo}
     */
    record Block(Path page, int line, String info, String text) {

        String language() {
            return info.split(" ")[0];
        }

        @Override
        public String toString() {
            return page + ":" + line;
        }
    }

    /** README, the pages in {@code docs/}, and the other pages for people at the top of the project. */
    static List<Page> all() throws IOException {
        List<Page> pages = new ArrayList<>();
        for (String name : List.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md")) {
            pages.add(read(Path.of(name)));
        }
        try (Stream<Path> docs = Files.list(Path.of("docs"))) {
            for (Path page : docs.filter(path -> path.toString().endsWith(".md")).sorted().toList()) {
                pages.add(read(page));
            }
        }
        return pages;
    }

    static Page read(Path path) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<String> prose = new ArrayList<>();
        StringBuilder block = null;
        int opened = 0;
        String info = "";
        List<String> lines = Files.readAllLines(path);
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches() && block == null) {
                block = new StringBuilder();
                opened = i + 1;
                info = fence.group(1).strip();
            } else if (fence.matches()) {
                blocks.add(new Block(path, opened, info, block.toString()));
                block = null;
            } else if (block != null) {
                block.append(lines.get(i)).append('\n');
            }
            prose.add(block != null || fence.matches() ? "" : lines.get(i));
        }
        if (block != null) {
            throw new IOException(path + ":" + opened + ": the block is not closed");
        }
        return new Page(path, blocks, prose);
    }

    /** What the page says in words: without inline code, addresses of links, comments and indented code. */
    List<String> sentences() {
        return prose.stream().map(line -> line.startsWith("    ") || line.startsWith("<!--") ? ""
                : CODE.matcher(line).replaceAll("‘code’").replaceAll("]\\([^)]*\\)", "]")).toList();
    }

    /** Inline code, by the line that it is in. */
    Map<Integer, List<String>> inlineCode() {
        Map<Integer, List<String>> found = new HashMap<>();
        for (int i = 0; i < prose.size(); i++) {
            Matcher code = CODE.matcher(prose.get(i));
            while (code.find()) {
                found.computeIfAbsent(i + 1, line -> new ArrayList<>())
                        .add(code.group().substring(1, code.group().length() - 1));
            }
        }
        return found;
    }

    /** Targets of links and pictures, by the line that they are in. */
    Map<Integer, List<String>> links() {
        Map<Integer, List<String>> found = new HashMap<>();
        for (int i = 0; i < prose.size(); i++) {
            Matcher link = LINK.matcher(CODE.matcher(prose.get(i)).replaceAll("code"));
            while (link.find()) {
                found.computeIfAbsent(i + 1, line -> new ArrayList<>()).add(link.group(1));
            }
        }
        return found;
    }

    /** The names of its headings in addresses, as GitHub makes them. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> times = new HashMap<>();
        for (String line : prose) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                String anchor = heading.group(1).strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-');
                int before = times.merge(anchor, 1, Integer::sum) - 1;
                anchors.add(before == 0 ? anchor : anchor + "-" + before);
            }
        }
        return anchors;
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
