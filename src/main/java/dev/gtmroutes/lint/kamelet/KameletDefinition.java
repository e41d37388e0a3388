// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.gtmroutes.lint.yaml.YamlFile;
import dev.gtmroutes.lint.yaml.YamlNode;

/** A Kamelet as its file declares it. Reading takes what is there; what is wrong with it is for {@link KameletLint}. */
public final class KameletDefinition {

    /** What the name of a Kamelet's file ends with. */
    public static final String ENDING = ".kamelet.yaml";

    private static final String TYPE = "camel.apache.org/kamelet.type";
    private static final String GROUP = "camel.apache.org/kamelet.group";
    private static final Pattern KIND = Pattern.compile(" (Source|Sink|Action)$");
    private static final String IRREVERSIBLE = "gtm.routes/irreversible";

    private final YamlFile file;
    private volatile List<Parameter> parameters;
    private volatile Map<String, String> annotations;
    private volatile Map<String, String> labels;

    private KameletDefinition(YamlFile file) {
        this.file = file;
    }

    public static KameletDefinition of(YamlFile file) {
        return new KameletDefinition(file);
    }

    public static KameletDefinition read(Path file) {
        return of(YamlFile.read(file));
    }

    public Path path() {
        return file.path();
    }

    /** The name by which Camel finds it: that of its file, without the ending. */
    public String fileName() {
        String name = path().getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    public String name() {
        return root().get("metadata").get("name").text();
    }

    public String title() {
        return definition().get("title").text();
    }

    /** The title without the word that says what kind of Kamelet it is. */
    public String plainTitle() {
        return KIND.matcher(title()).replaceFirst("");
    }

    /** The vendor that it is for, or the kind of system; empty if it does not say. */
    public Optional<String> group() {
        return Optional.ofNullable(annotations().get(GROUP));
    }

    public String description() {
        return definition().get("description").text();
    }

    /** source, sink or action, by its label. */
    public String type() {
        return labels().getOrDefault(TYPE, "");
    }

    /** Whether what it does to a vendor's data cannot be undone, so that a flow has to confirm it. */
    public boolean isIrreversible() {
        return "true".equals(annotations().get(IRREVERSIBLE));
    }

    public Map<String, String> annotations() {
        if (annotations == null) {
            annotations = texts("annotations");
        }
        return annotations;
    }

    public Map<String, String> labels() {
        if (labels == null) {
            labels = texts("labels");
        }
        return labels;
    }

    /** In the order of the file. */
    public List<Parameter> parameters() {
        // Not before somebody asks, for then the file has to be parsed.
        if (parameters == null) {
            Set<String> required = definition().get("required").items().stream().map(YamlNode::text)
                    .collect(Collectors.toSet());
            parameters = definition().get("properties").entries().stream().map(each -> Parameter.of(each, required))
                    .toList();
        }
        return parameters;
    }

    public Optional<Parameter> parameter(String name) {
        return parameters().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    public Set<String> parameterNames() {
        return parameters().stream().map(Parameter::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of the beans that each use of it gets for itself. */
    Set<String> beanNames() {
        return template().get("beans").items().stream().map(each -> each.get("name").text()).collect(Collectors.toSet());
    }

    List<String> dependencies() {
        return root().get("spec").get("dependencies").items().stream().map(YamlNode::text).toList();
    }

    /** The file it was read from. */
    public YamlFile file() {
        return file;
    }

    public YamlNode root() {
        return file.root();
    }

    YamlNode definition() {
        return root().get("spec").get("definition");
    }

    public YamlNode template() {
        return root().get("spec").get("template");
    }

    private Map<String, String> texts(String metadata) {
        Map<String, String> texts = new LinkedHashMap<>();
        root().get("metadata").get(metadata).entries().forEach(each -> texts.put(each.key(), each.value().text()));
        return Collections.unmodifiableMap(texts);
    }
}
