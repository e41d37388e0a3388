// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.flow.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.gtmroutes.credential.Secrets;
import dev.gtmroutes.flow.FlowLoader;
import dev.gtmroutes.lint.yaml.YamlNode;
import dev.gtmroutes.parameter.DidYouMean;
import dev.gtmroutes.parameter.ParameterText;
import org.apache.camel.util.SensitiveUtils;
import org.apache.camel.util.URISupport;

/**
 * Says in one line why a file of flows could not be loaded, where, and what to do about it. Only Camel's innermost
 * cause is told: the messages around it repeat whole endpoint URIs, and with them what may be secret.
 */
public final class LoadProblem {

    private static final Pattern MARK = Pattern.compile("in (?:file:)?(\\S+), line (\\d+), column");
    private static final Pattern PROPERTY = Pattern.compile("Property with key \\[([^]]+)] not found");
    private static final Pattern KAMELET = Pattern.compile("Resource not found: .*/([^/]+)\\.kamelet\\.yaml");
    private static final Pattern PARAMETER = Pattern
            .compile("Route template (\\S+) the following mandatory parameters must be provided: (.*)");
    private static final Pattern COMPONENT = Pattern.compile("No endpoint could be found for: (\\w[\\w+.-]*)(:?)");
    private static final Pattern TAKEN = Pattern.compile("another route has the id (\\S+)\\. Choose another");
    /** A value with # is a reference to a bean of the Kamelet; what is wrong with that bean is said further down. */
    private static final Pattern BINDING = Pattern.compile("Error binding property \\((\\w+)=((?!#).*)\\) with name",
            Pattern.DOTALL);
    private static final Pattern NODE = Pattern.compile("(Unsupported field|Unknown node id): (\\S+)");
    /** The step that the loader refuses for a Kamelet. */
    private static final String DYNAMIC = "toD";
    /** Camel says this of a step without a URI. */
    private static final String NO_URI = "Uri is mandatory";
    /** The words of a simple flow. */
    private static final List<String> WORDS = List.of("route", "id", "description", "autoStartup", "from", "uri",
            "parameters", "steps", "to");

    private final Path file;
    private final Secrets secrets;

    /** @param secrets what must not be told: a message may quote what Camel has put in the place of a setting's name */
    public LoadProblem(Path file, Secrets secrets) {
        this.file = file;
        this.secrets = secrets;
    }

    /** @return file, line where it is known, and cause: one line without line breaks */
    public String explain(Throwable failure) {
        Throwable cause = failure;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            Matcher binding = BINDING.matcher(message(each));
            if (binding.find()) {
                return explainValue(binding.group(1), binding.group(2), each);
            }
            cause = each;
        }
        return explainCause(cause, message(cause));
    }

    /** Where a setting gives the value, neither it nor what the setter says of it is told: it may be secret. */
    private String explainValue(String name, String value, Throwable binding) {
        Optional<String> setting = new WrittenParameters(file).setting(name, value);
        if (setting.isPresent()) {
            return at(name) + name + ": the value of the setting " + setting.get() + " is not valid here";
        }
        String reason = reason(binding);
        return at(name) + (reason.startsWith(": " + name + ": ") ? reason.substring(2)
                : name + ": '" + shown(name, value) + "' is not a valid value" + reason);
    }

    private String explainCause(Throwable cause, String message) {
        if (cause instanceof FlowLoader.SettingException) {
            return file + ": " + message;
        }
        if (cause instanceof ClassNotFoundException) {
            return at(message) + "unknown class " + message;
        }
        Matcher mark = MARK.matcher(message);
        Path marked = mark.find() ? Path.of(mark.group(1)) : file;
        Matcher property = PROPERTY.matcher(message);
        if (property.find()) {
            return file + ": setting " + property.group(1) + " is missing. Set it in application.properties, or as the "
                    + "environment variable " + environmentName(property.group(1));
        }
        Matcher kamelet = KAMELET.matcher(message);
        if (kamelet.find()) {
            return noKamelet(kamelet.group(1));
        }
        Matcher parameter = PARAMETER.matcher(message);
        if (parameter.find()) {
            return at(parameter.group(1)) + parameter.group(1) + " requires the parameter " + parameter.group(2);
        }
        Matcher component = COMPONENT.matcher(message);
        if (component.find()) {
            return noComponent(component.group(1), component.group(2));
        }
        Matcher node = NODE.matcher(message);
        if (node.find()) {
            return at(marked, node.group(2)) + node.group(2) + " is not valid here" + otherwise(node.group(2));
        }
        if (mark.reset().find()) {
            return marked + ":" + mark.group(2) + ": " + (message.contains(NO_URI) ? "this step has no uri. Add uri: to it"
                    : "not valid YAML: " + withoutMarks(message));
        }
        if (message.startsWith(DYNAMIC)) {
            return at(DYNAMIC) + message;
        }
        Matcher taken = TAKEN.matcher(message);
        if (taken.matches()) {
            return at("id: " + taken.group(1)) + message;
        }
        String told = URISupport.sanitizeUri(oneLine(message.isEmpty() ? cause.toString() : message));
        return (cause instanceof IllegalArgumentException ? atParameter(told) : file + ": ") + told;
    }

    private String noComponent(String name, String colon) {
        return colon.isEmpty()
                ? at(name) + name + " is not a URI. If it is a template or a source, write kamelet:" + name
                : at(name + ":") + "unknown Camel component " + name + DidYouMean.suggestion(name, List.of("kamelet"),
                        ". The URI of a template or a source begins with kamelet:");
    }

    private static String otherwise(String name) {
        return WORDS.contains(name) ? ". Check its indentation"
                : DidYouMean.suggestion(name, WORDS, ". Check its spelling and its indentation");
    }

    /** {@code file:line: } of the first parameter that the message names; without a line where it names none. */
    private String atParameter(String message) {
        return new WrittenParameters(file).ofRoutes()
                .filter(each -> Pattern.compile("(?<![\\w.-])" + Pattern.quote(each.key()) + "(?![\\w-])").matcher(message)
                        .find())
                .findFirst().map(each -> file + ":" + line(each, message) + ": ").orElse(file + ": ");
    }

    /** Of a value of several lines, the one that the message names. */
    private static int line(YamlNode.Entry parameter, String message) {
        Matcher line = Pattern.compile(Pattern.quote(parameter.key()) + ": line (\\d{1,6}), .*").matcher(message);
        int text = parameter.value().textLine();
        return text > 0 && line.matches() ? text + Integer.parseInt(line.group(1)) - 1 : parameter.line();
    }

    /** @return file, line and cause: the file calls a Kamelet that there is not */
    public String noKamelet(String name) {
        return at(name) + "unknown Kamelet " + name;
    }

    /** A URL may hold a secret as well as a password does. */
    private static String shown(String parameter, String value) {
        return SensitiveUtils.containsSensitive(parameter) || value.contains("://") ? "***"
                : value.replaceAll("\\s*\\R\\s*", " ");
    }

    private String message(Throwable each) {
        return each.getMessage() == null ? "" : secrets.mask(ParameterText.decode(each.getMessage()));
    }

    /** The setter itself may have said more precisely what is wrong. */
    private String reason(Throwable binding) {
        for (Throwable each = binding.getCause(); each != null; each = each.getCause()) {
            if (each instanceof IllegalArgumentException && !(each instanceof NumberFormatException)) {
                return ": " + oneLine(message(each));
            }
        }
        return "";
    }

    private String at(String word) {
        return at(file, word);
    }

    /** {@code file:line: } of the first line that holds this word; without a line where none does. */
    private static String at(Path file, String word) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).contains(word)) {
                    return file + ":" + (i + 1) + ": ";
                }
            }
        } catch (IOException e) {
            // The file may be gone by now; what is wrong with it is still worth saying.
        }
        return file + ": ";
    }

    /** The rule by which MicroProfile Config looks a setting up in the environment. */
    static String environmentName(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Keeps the sentences of a YAML parser and leaves out the quoted source with its carets. */
    private static String withoutMarks(String message) {
        StringBuilder sentences = new StringBuilder();
        for (String each : message.split("\n")) {
            if (!each.startsWith(" ")) {
                sentences.append(sentences.isEmpty() ? "" : ", ").append(each.strip());
            }
        }
        return sentences.toString();
    }

    private static String oneLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }
}
