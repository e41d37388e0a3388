// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.yaml;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Says in plain words what is wrong with YAML that the parser refuses. The parser's own messages are for programmers. */
public final class YamlFault {

    /** What the parser's message has in it, and what it means. */
    private static final Map<String, String> MEANINGS = new LinkedHashMap<>();

    static {
        MEANINGS.put("mapping values are not allowed",
                "this line has a second ': ', or is indented further than the lines above: put a text with ': ' in quotes");
        MEANINGS.put("could not find expected ':'",
                "this is neither a name with a value, such as batchSize: 10, nor a part of the line above");
        MEANINGS.put("but found '-'", "this list item is not where the lines above expect one: check the indentation");
        MEANINGS.put("expected <block end>",
                "this line does not fit the lines above: check its indentation, and that a quote above has its end");
        MEANINGS.put("expected ',' or ']'", "a list in [ ] has no comma or no ']'");
        MEANINGS.put("expected ',' or '}'", "a group in { } has no comma or no '}'");
        MEANINGS.put("TAB", "a tab is used for the indentation: use spaces");
        MEANINGS.put("that cannot start any token", "a text cannot begin with this character: put it in quotes");
        MEANINGS.put("while scanning a quoted scalar", "a quote has no end");
        MEANINGS.put("unknown escape character",
                "this is not a YAML escape: write \\\\ for a backslash, or use single quotes");
        MEANINGS.put("found undefined alias", "a text that begins with * is a reference in YAML: put it in quotes");
        MEANINGS.put("while scanning an alias", "a text that begins with * is a reference in YAML: put it in quotes");
        MEANINGS.put("while scanning an anchor", "a text that begins with & is an anchor in YAML: put it in quotes");
        MEANINGS.put("while scanning a block scalar",
                "only a comment can stand behind | or >: begin the text on the next line");
        MEANINGS.put("expected a single document", "a file has one document: remove the line ---");
        MEANINGS.put("Number of aliases", "the file has too many references (*name) to lists and groups: at most 50");
    }

    private YamlFault() {
    }

    /** The line where the parser gave up, from 1; of a text or a name without an end, where that began. */
    public static int line(MarkedYamlEngineException e) {
        boolean endless = e.getContext() != null && e.getContext().startsWith("while scanning");
        Optional<Mark> mark = endless ? e.getContextMark().or(e::getProblemMark) : e.getProblemMark();
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    /** What a message of the parser means; the message itself where nothing plainer is known. */
    public static String meaning(String said) {
        return MEANINGS.entrySet().stream().filter(each -> said.contains(each.getKey())).map(Map.Entry::getValue).findFirst()
                .orElse(said);
    }

    /** One sentence without a full stop. */
    public static String of(MarkedYamlEngineException e) {
        String said = (e.getContext() == null ? "" : e.getContext() + ", ") + e.getProblem();
        String meaning = meaning(said);
        int from = e.getContextMark().map(Mark::getLine).orElse(0) + 1;
        return meaning + (e.getContext() != null && from < line(e) ? "; look from line " + from + " on" : "");
    }
}
