// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.kamelet;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.gtmroutes.api.OutcomePolicy;
import dev.gtmroutes.credential.RateLimit;
import dev.gtmroutes.parameter.Durations;
import dev.gtmroutes.record.mapping.Mapping;
import dev.gtmroutes.record.mapping.MappingProblem;
import dev.gtmroutes.record.read.RecordSize;

/** Which values a parameter can have, by its schema. */
public final class ParameterValue {

    /** Parameters of the delivery and of sources mean the same in all Kamelets that have them. */
    private static final Map<String, BigDecimal> LEAST = Map.ofEntries(Map.entry("maxInFlight", BigDecimal.ONE),
            Map.entry("batchSize", BigDecimal.ONE), Map.entry("maxBatchBytes", BigDecimal.ONE),
            Map.entry("batchTimeout", BigDecimal.ZERO), Map.entry("pauseAfterRejections", BigDecimal.ZERO),
            Map.entry("parallelFragments", BigDecimal.ONE), Map.entry("pageSize", BigDecimal.ONE),
            Map.entry("period", BigDecimal.ZERO), Map.entry("overlapDays", BigDecimal.ZERO),
            Map.entry("recordsPerPoll", BigDecimal.ONE), Map.entry("consumers", BigDecimal.ONE),
            Map.entry("instances", BigDecimal.ONE));
    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final Pattern URL = Pattern.compile("(?s)/.*|(?i:https?)://.+|\\{.*");

    /** Forms that only settings of vendor APIs and of the delivery have. */
    private static final Map<String, Consumer<String>> FORMS = Map.of("outcomes", OutcomePolicy::parse,
            "failureWhen", OutcomePolicy::pointer, "rateLimit", RateLimit::parse, "maxRecordBytes", RecordSize::of);

    private final Parameter parameter;

    public ParameterValue(Parameter parameter) {
        this.parameter = parameter;
    }

    /** @return why it cannot have this value, and which it can, one line that begins with the label of the parameter */
    Optional<String> refuses(String value) {
        return refusal(value).map(each -> parameter.label() + ": " + each);
    }

    /**
     * The same of a value that a setting gives. Some settings have forms that flows never write.
     *
     * @param subject what the line begins with
     */
    public Optional<String> refusesSetting(String subject, String value) {
        return refusal(value)
                .or(() -> Optional.ofNullable(FORMS.get(parameter.name())).flatMap(form -> refusedBy(form, value)))
                .map(each -> subject + ": " + each);
    }

    private static Optional<String> refusedBy(Consumer<String> form, String value) {
        try {
            form.accept(value);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage().replace(RecordSize.SETTING + ": ", ""));
        }
    }

    private Optional<String> refusal(String value) {
        String quoted = "'" + value.replaceAll("\\s+", " ") + "' ";
        if (!parameter.choices().isEmpty() && !parameter.choices().contains(value)) {
            return Optional.of(quoted + "is not allowed. Enter " + String.join(" or ", parameter.choices()));
        }
        return switch (parameter.type()) {
            case "integer" -> value.matches("[+-]?\\d+") ? range(value)
                    : Optional.of(quoted + "is not a whole number. Enter digits only");
            case "number" -> value.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?") ? range(value)
                    : Optional.of(quoted + "is not a number");
            case "boolean" -> value.equals("true") || value.equals("false") ? Optional.empty()
                    : Optional.of(quoted + "is not allowed. Enter true or false");
            default -> text(value, quoted);
        };
    }

    private Optional<String> text(String value, String quoted) {
        if (parameter.isDuration() && !Durations.isDuration(value)) {
            return Optional.of(quoted + "is not a duration. " + Durations.EXAMPLE);
        }
        if (parameter.isMapping()) {
            return Optional.of(Mapping.problems(value)).filter(each -> !each.isEmpty())
                    .map(each -> each.stream().map(MappingProblem::toString).collect(Collectors.joining("; ")));
        }
        if (parameter.isUrl() && !value.isEmpty() && !URL.matcher(value).matches()) {
            return Optional.of("Enter a path that begins with /, or an absolute URL such as https://api.example.com/calls.");
        }
        // It may hold a secret, so it is not shown.
        return PasswordMarks.isWebhook(parameter) && !value.isBlank() && !isAbsolute(value)
                ? Optional.of("Enter a URL such as https://hooks.example.com/in?team=gtm.") : Optional.empty();
    }

    private static boolean isAbsolute(String url) {
        try {
            URI parts = new URI(url.strip());
            return parts.getHost() != null
                    && List.of("http", "https").contains(String.valueOf(parts.getScheme()).toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private Optional<String> range(String value) {
        BigDecimal number = new BigDecimal(value);
        Optional<BigDecimal> most = bound("maximum").or(() -> parameter.type().equals("integer") ? Optional.of(MOST)
                : Optional.empty());
        if (most.isPresent() && number.compareTo(most.get()) > 0) {
            String limit = most.get().toPlainString();
            return Optional.of(parameter.name().equals("batchSize")
                    ? "The API takes at most " + limit + " records in one request; " + value + " is more."
                    : "Enter a number of at most " + limit + "; " + value + " is more.");
        }
        Optional<BigDecimal> least = bound("minimum").or(() -> Optional.ofNullable(LEAST.get(parameter.name())));
        if (least.isPresent() && number.compareTo(least.get()) < 0) {
            return Optional.of("Enter a number of at least " + least.get().toPlainString() + "; " + value + " is less.");
        }
        return Optional.empty();
    }

    private Optional<BigDecimal> bound(String name) {
        try {
            return Optional.of(parameter.schema().get(name).text()).filter(each -> !each.isEmpty()).map(BigDecimal::new);
        } catch (NumberFormatException e) {
            // A bound that is no number bounds nothing here; the Kamelet's own check is where it belongs.
            return Optional.empty();
        }
    }
}
