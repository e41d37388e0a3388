// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.gtmroutes.catalogue.EndpointEntry.OwnParameter;

/** The source of a list: it says what is read and how the vendor pages, and leaves the rest to the paged source. */
final class SourceKamelet {

    private final VendorEntry vendor;
    private final String firstLine;

    SourceKamelet(VendorEntry vendor, String firstLine) {
        this.vendor = vendor;
        this.firstLine = firstLine;
    }

    GeneratedKamelet of(ListEntry list) {
        List<String> required = list.parameters().stream().filter(each -> each.defaultValue() == null)
                .map(OwnParameter::name).toList();
        Map<String, String> values = vendor.values(firstLine);
        values.put("sourceTitle", YamlText.title(vendor.title() + " " + list.title() + " Source"));
        values.put("list", list.name());
        values.put("evidence", list.evidence());
        values.put("description", YamlText.wrapped(description(list)));
        values.put("required", String.join(", ", required));
        values.put("own", list.parameters().stream().map(each -> each.declaration("")).collect(Collectors.joining("\n")));
        values.put("path", YamlText.scalar(list.path()));
        values.put("pageSize", list.pageSize());
        values.put("maximum", list.largestPage().isEmpty() ? "" : "maximum: \"" + list.largestPage() + "\", ");
        values.put("reading", list.reading().entrySet().stream()
                .map(each -> each.getKey() + ": " + value(each.getValue())).collect(Collectors.joining("\n")));
        return new GeneratedKamelet(vendor.name() + "-" + list.name() + "-source",
                Skeleton.named("source.kamelet.txt").fill(values, words(list, required)));
    }

    private static Set<String> words(ListEntry list, List<String> required) {
        Set<String> words = new HashSet<>();
        if (!required.isEmpty()) {
            words.add("requires");
        }
        if (!list.isWhole()) {
            words.add("pages");
        }
        if (list.isIncremental()) {
            words.add("incremental");
        }
        return words;
    }

    private static String description(ListEntry list) {
        return list.fields().isEmpty() ? list.description()
                : list.description() + " Attributes of a record: " + String.join(", ", list.fields()) + ".";
    }

    private static String value(String text) {
        return text.matches("true|false|\\d+") ? text : YamlText.scalar(text);
    }
}
