// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.trust;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.kamelet.Kamelets;
import dev.gtmroutes.lint.kamelet.Parameter;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The texts of a YAML file, and which of them may be secret: by the key that they stand under, however that is written, and
 * wherever a text is that an alias repeats there.
 */
final class SecretNodes {

    private static final Pattern SECRET = Pattern.compile(".*(password|passwd|passphrase|passcode|pwd|secret|token|apikey|"
            + "accesskey|privatekey|signature|jaasconfig|authorization|authentication|cookie|webhook)s?");
    /** All values below these count, for they are headers or have no names. */
    private static final Set<String> WHOLE = Set.of("requestheaders", "setheader", "setheaders", "headers", "constructors",
            "script");
    /** Words of the language of routes that say nothing about a secret. */
    private static final Set<String> WORDS = Set.of("name", "expression", "constant", "simple", "header", "headers",
            "variable",
            "exchangeProperty", "method", "ref", "tokenize", "id");
    private static final Pattern NAME = Pattern.compile("(?i)name|key|id");

    private final Set<String> passwords = new TreeSet<>();
    private final Set<ScalarNode> texts = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<ScalarNode> secrets = Collections.newSetFromMap(new IdentityHashMap<>());
    /** An alias leads to the same node again. */
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> closed = Collections.newSetFromMap(new IdentityHashMap<>());

    SecretNodes(Node root, Kamelets known) {
        known.all().forEach(each -> each.parameters().stream().filter(Parameter::isPassword)
                .forEach(parameter -> passwords.add(plain(parameter.name()))));
        walk(root, false);
    }

    Set<ScalarNode> texts() {
        return texts;
    }

    boolean isSecret(ScalarNode text) {
        return secrets.contains(text);
    }

    private void walk(Node node, boolean secret) {
        if (!(secret ? closed : open).add(node)) {
            return;
        }
        if (node instanceof ScalarNode text) {
            texts.add(text);
            if (secret) {
                secrets.add(text);
            }
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(each -> walk(each, secret));
        } else if (node instanceof MappingNode map) {
            boolean named = map.getValue().stream().anyMatch(this::namesSecret);
            map.getValue().forEach(each -> entry(each, secret, named));
        }
    }

    private void entry(NodeTuple entry, boolean secret, boolean named) {
        String key = entry.getKeyNode() instanceof ScalarNode text ? text.getValue() : null;
        boolean isName = key != null && NAME.matcher(key).matches();
        walk(entry.getKeyNode(), key == null || secret && !WORDS.contains(key));
        walk(entry.getValueNode(),
                key == null || (secret || named) && !isName || isSecret(key) || WHOLE.contains(plain(key)));
    }

    /** Such as {@code name: Authorization} beside the value of a header. */
    private boolean namesSecret(NodeTuple entry) {
        return entry.getKeyNode() instanceof ScalarNode key && NAME.matcher(key.getValue()).matches()
                && entry.getValueNode() instanceof ScalarNode name && isSecret(name.getValue());
    }

    private boolean isSecret(String name) {
        String plain = plain(name);
        return passwords.contains(plain) || SECRET.matcher(plain).matches();
    }

    /** apiKey, api-key and API_KEY are the same to Camel or to people. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
