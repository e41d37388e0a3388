// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.trust;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.yaml.BoundedYaml;
import dev.gtmroutes.lint.yaml.NodePlaces;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The text of a file of flows for people who may not see secrets. It is put together from the nodes of the YAML: what is
 * no node, such as a comment, is not shown, and a text that is no YAML is not shown at all.
 */
public final class MaskedYaml {

    private static final String MASK = "***";
    private static final String NOTHING = "# The console does not show this file, because it is not valid YAML and may "
            + "contain secrets. Open the file in an editor.\n";
    /** The query of an endpoint or of a URL, and all behind a name in front of an @. */
    private static final String SCHEME = "[a-zA-Z][\\w+.-]{0,30}:";
    /** Looks from the beginning of each word only, and only at one that a question mark ends: else, from each letter. */
    private static final Pattern QUERY = Pattern.compile(
            "(?<![^\\s?])(?=[^\\s?]*+\\?)([^\\s?]*?" + SCHEME + "[^\\s?]*+\\?).*", Pattern.DOTALL);
    private static final Pattern USER = Pattern.compile("(" + SCHEME + "//)[^\\s/]*@", Pattern.DOTALL);
    private static final Pattern TOKEN = Pattern.compile("(?i)\\b(bearer|basic|token|accesstoken:)\\s+\\S");
    private static final Pattern BLOCK = Pattern.compile("\\|[+-]?\\R(.*)", Pattern.DOTALL);
    private static final Pattern PART = Pattern.compile("#[^\\r\\n]*|[*&][^\\s,\\[\\]{}]+|[\\s:,?\\[\\]{}-]");

    private final String text;
    private final NodePlaces places;
    private final StringBuilder shown = new StringBuilder();

    private MaskedYaml(String text) {
        this.text = text;
        this.places = new NodePlaces(text);
    }

    /** @param known the Kamelets, whose parameters say which values are secret */
    public static String of(String text, Kamelets known) {
        try {
            Optional<Node> root = BoundedYaml.compose(text, "flow");
            return root.isEmpty() ? "" : new MaskedYaml(text).show(new SecretNodes(root.get(), known));
        } catch (RuntimeException e) {
            // Whatever it is: what is not understood is not shown.
            return NOTHING;
        }
    }

    private String show(SecretNodes nodes) {
        List<ScalarNode> inOrder = nodes.texts().stream().sorted(Comparator.comparingInt(places::start)).toList();
        int done = 0;
        for (ScalarNode each : inOrder) {
            between(done, places.start(each));
            shown.append(nodes.isSecret(each) ? places.start(each) == places.end(each) ? "" : MASK : written(each));
            done = places.end(each);
        }
        between(done, text.length());
        return shown.toString();
    }

    /** Only what gives the YAML its form; comments lose their words. */
    private void between(int from, int to) {
        Matcher part = PART.matcher(text.substring(from, Math.max(from, to)));
        while (part.find()) {
            shown.append(part.group().startsWith("#") ? "# " + MASK : part.group());
        }
    }

    private String written(ScalarNode node) {
        String masked = masked(node.getValue());
        String source = text.substring(places.start(node), places.end(node));
        boolean plain = node.getScalarStyle() == ScalarStyle.PLAIN && !source.startsWith("!") && !source.startsWith("&");
        if (masked.equals(node.getValue()) && (plain || source.startsWith("\"") || source.startsWith("'")
                || isLines(source, masked))) {
            return source;
        }
        return source.isEmpty() ? "" : NodePlaces.quoted(masked);
    }

    /** Whether this is a block that contains the lines of a text, each on its own, and nothing else. */
    private static boolean isLines(String source, String value) {
        Matcher block = BLOCK.matcher(source);
        return block.matches() && block.group(1).stripIndent().strip().equals(value.strip());
    }

    /** A text that stands under no name of a secret, without what may be secret in it. */
    public static String masked(String value) {
        if (TOKEN.matcher(value).find()) {
            return MASK;
        }
        return USER.matcher(QUERY.matcher(value).replaceAll("$1" + MASK)).replaceAll("$1" + MASK + "@");
    }
}
