package dev.gtmroutes.lint;

import java.math.BigDecimal;
import java.util.Optional;

/** Which values a parameter can have, by its schema. */
final class ParameterValue {

    private final Parameter parameter;

    ParameterValue(Parameter parameter) {
        this.parameter = parameter;
    }

    /** @return why it cannot have this value, and which it can */
    Optional<String> refuses(String value) {
        String quoted = parameter.name() + ": '" + value + "' ";
        if (!parameter.choices().isEmpty() && !parameter.choices().contains(value)) {
            return Optional.of(quoted + "is none of its values: write " + String.join(" or ", parameter.choices()));
        }
        return switch (parameter.type()) {
            case "integer" -> value.matches("[+-]?\\d+") ? range(value)
                    : Optional.of(quoted + "is no whole number: write digits only");
            case "number" -> value.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?") ? range(value)
                    : Optional.of(quoted + "is no number: write one");
            case "boolean" -> value.equals("true") || value.equals("false") ? Optional.empty()
                    : Optional.of(quoted + "is neither true nor false: write one of them");
            default -> Optional.empty();
        };
    }

    private Optional<String> range(String value) {
        BigDecimal number = new BigDecimal(value);
        Optional<BigDecimal> most = bound("maximum");
        if (most.isPresent() && number.compareTo(most.get()) > 0) {
            String limit = most.get().toPlainString();
            return Optional.of(parameter.name().equals("batchSize")
                    ? "batchSize: the API takes at most " + limit + " records in one request, not " + value + ": lower it"
                    : parameter.name() + " is at most " + limit + ", not " + value + ": lower it");
        }
        Optional<BigDecimal> least = bound("minimum");
        if (least.isPresent() && number.compareTo(least.get()) < 0) {
            return Optional.of(parameter.name() + " is at least " + least.get().toPlainString() + ", not " + value
                    + ": raise it");
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
