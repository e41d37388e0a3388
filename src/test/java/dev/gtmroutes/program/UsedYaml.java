// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.program;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.program.YamlSupport.Kind;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The parts of Camel that flow files use. */
final class UsedYaml {

    private static final Pattern FUNCTION = Pattern.compile("\\$\\{(\\w+)");
    private static final String CLASS = "#class:";
    /** Languages that Camel has; which of them are there is what is asked. */
    private static final Set<String> LANGUAGES = Set.of("constant", "exchangeProperty", "groovy", "header", "jq", "jsonpath",
            "method", "simple", "tokenize", "variable", "xpath");

    private final Map<Kind, Set<String>> used = new EnumMap<>(Kind.class);

    UsedYaml() {
        for (Kind kind : Kind.values()) {
            used.put(kind, new TreeSet<>());
        }
    }

    /** Adds a flow file. */
    UsedYaml add(String file) {
        for (Object entry : (List<?>) new Load(LoadSettings.builder().build()).loadFromString(file)) {
            ((Map<?, ?>) entry).keySet().forEach(key -> used.get(Kind.TOP).add((String) key));
            look(entry);
        }
        return this;
    }

    Set<String> of(Kind kind) {
        return used.get(kind);
    }

    private void look(Object node) {
        if (node instanceof List<?> items) {
            items.forEach(this::look);
        } else if (node instanceof Map<?, ?> fields) {
            fields.forEach((key, value) -> {
                field((String) key, value);
                look(value);
            });
        } else if (node instanceof String text) {
            Matcher functions = FUNCTION.matcher(text);
            while (functions.find()) {
                used.get(Kind.FUNCTION).add(functions.group(1));
            }
        }
    }

    private void field(String name, Object value) {
        if (LANGUAGES.contains(name)) {
            used.get(Kind.LANGUAGE).add(name);
        }
        switch (name) {
            case "steps" -> ((List<?>) value).forEach(step -> ((Map<?, ?>) step).keySet().forEach(
                    key -> used.get(Kind.STEP).add((String) key)));
            case "uri" -> used.get(Kind.COMPONENT)
                    .add(((String) value).replace("{{server}}", "http:").replaceFirst(":.*", ""));
            case "marshal", "unmarshal" -> ((Map<?, ?>) value).keySet().forEach(
                    key -> used.get(Kind.DATA_FORMAT).add((String) key));
            case "exception" -> ((List<?>) value).forEach(each -> used.get(Kind.EXCEPTION).add((String) each));
            case "exceptionType" -> used.get(Kind.THROWN).add((String) value);
            case "convertBodyTo" -> used.get(Kind.TYPE).add((String) ((Map<?, ?>) value).get("type"));
            case "type" -> {
                if (value.toString().startsWith(CLASS)) {
                    used.get(Kind.BEAN).add(value.toString().substring(CLASS.length()));
                }
            }
            default -> {
                // Its value is looked at as well.
            }
        }
    }
}
