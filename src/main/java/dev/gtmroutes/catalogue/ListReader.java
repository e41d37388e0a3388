// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.catalogue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.gtmroutes.catalogue.EndpointEntry.OwnParameter;
import dev.gtmroutes.lint.yaml.YamlNode;

/** Reads what a catalogue file says about one list of a vendor. */
final class ListReader {

    /** What {@code listing} can say for all lists of the vendor: how it pages. */
    static final List<String> LISTING = List.of("records", "key", "paging", "pageParameter", "firstPage", "pageSize",
            "largestPage", "sizeParameter", "total", "next", "costs");

    private static final List<String> OWN = List.of("changed", "since", "until", "sorted", "precision");
    private static final List<String> KEYS = Stream.of(List.of("title", "description", "request", "parameters"), LISTING,
            OWN, List.of("fields", Evidence.KEY)).flatMap(List::stream).toList();
    /** What lists have in common however they page. */
    private static final Set<String> OF_ANY_PAGING = Set.of("records", "key");
    private static final List<String> STYLES = List.of("none", "offset", "page", "cursor", "link", "id");
    private static final List<String> PRECISIONS = List.of("days", "seconds", "millis", "micros");
    private static final Set<String> PATHS = Set.of("records", "key", "total", "next", "changed");
    private static final String DOTTED = "[\\w$-]+(\\.[\\w$-]+)*";
    /** Names of parameters that all sources of lists have, or that they give to the paged source. */
    private static final Set<String> COMMON = Set.of("credential", "query", "period", "overlap", "pageSize", "readPatience",
            "retryMaxDelay", "api", "name", "path", "data", "state", "routeId", "flow");
    private static final Pattern REQUEST = Pattern.compile("GET +(/\\S*)");
    private static final Pattern VARIABLE = Pattern.compile("\\{(\\w*)}");

    private final Path file;
    private final Section listing;

    /** @param listing of the vendor; may be empty */
    ListReader(Path file, Section listing) {
        this.file = file;
        this.listing = listing;
    }

    ListEntry read(String name, YamlNode node) throws CatalogueException {
        Section list = Section.of(file, "list " + name, node, KEYS);
        Matcher request = REQUEST.matcher(list.required("request"));
        if (!request.matches()) {
            throw list.wrong("request", "is '" + list.required("request")
                    + "'. Allowed: GET, a space and a path that begins with /");
        }
        List<OwnParameter> parameters = new ParameterReader(file, "sources of lists", COMMON, List.of("string", "integer"))
                .read(list);
        Map<String, String> reading = reading(list);
        boolean whole = reading.get("paging").equals("none");
        ListEntry entry = new ListEntry(name,
                list.matching("title", CatalogueReader.titleForm(), CatalogueReader.titleAllowed()),
                list.sentences("description"), path(list, request.group(1), parameters), parameters, reading,
                whole ? "" : value(list, "pageSize", "100"), whole ? "" : value(list, "largestPage", ""),
                fields(list), Evidence.of(list));
        check(list, entry);
        return entry;
    }

    /** The path with each of its variables as a placeholder of the Kamelet. */
    private static String path(Section list, String path, List<OwnParameter> parameters) throws CatalogueException {
        list.plain("request", path);
        List<String> variables = VARIABLE.matcher(path).results().map(each -> each.group(1)).toList();
        for (String each : variables) {
            if (parameters.stream().map(OwnParameter::name).noneMatch(each::equals)) {
                throw list.wrong("request", "names {" + each + "}, which is not a parameter of this list. Add it under "
                        + "parameters");
            }
        }
        for (OwnParameter each : parameters) {
            if (!variables.contains(each.name())) {
                throw list.wrong("parameters", "has " + each.name() + ", which the list does not use. Write {" + each.name()
                        + "} in request, or remove the parameter");
            }
        }
        return VARIABLE.matcher(path).replaceAll("{{$1}}");
    }

    /** What the file says, by the names of the source's parameters: the list itself, or the vendor's listing. */
    private Map<String, String> reading(Section list) throws CatalogueException {
        Map<String, String> reading = new LinkedHashMap<>();
        for (String each : LISTING) {
            Section section = section(list, each);
            if (section != null && !Set.of("pageSize", "largestPage").contains(each)) {
                reading.put(each, text(section, each));
            }
        }
        for (String each : OWN) {
            if (list.has(each)) {
                reading.put(each, text(list, each));
            }
        }
        reading.putIfAbsent("paging", "none");
        return reading;
    }

    /** Where it stands; null if nowhere. What a listing says of its paging means nothing for a list with its own. */
    private Section section(Section list, String key) {
        Predicate<String> inherited = each -> OF_ANY_PAGING.contains(each) || !list.has("paging");
        return list.has(key) ? list : inherited.test(key) && listing.has(key) ? listing : null;
    }

    private String value(Section list, String key, String otherwise) throws CatalogueException {
        Section section = section(list, key);
        return section == null ? otherwise : section.number(key, otherwise);
    }

    private static String text(Section section, String key) throws CatalogueException {
        switch (key) {
            case "paging":
                return section.oneOf(key, STYLES, "none");
            case "precision":
                return section.oneOf(key, PRECISIONS, "micros");
            case "sorted":
                return String.valueOf(section.flag(key));
            case "firstPage":
                return section.matching(key, "\\d{1,9}", "a whole number of 0 or more");
            case "costs":
                return section.matching(key, "[0-9:,-]+", "points by page number, such as 1-100:1,101-:3");
            default:
                String form = PATHS.contains(key) ? DOTTED : "[\\w.$\\[\\]-]+";
                String text = section.matching(key, form,
                        PATHS.contains(key) ? "names of attributes with dots between them, such as meta.total; none for "
                                + "nothing" : "the name of a parameter of the query, such as offset; none for nothing");
                return text.equals("none") ? "" : text;
        }
    }

    private static List<String> fields(Section list) throws CatalogueException {
        String text = list.text("fields", "");
        if (!text.matches("([\\w.$-]+(, *[\\w.$-]+)*)?")) {
            throw list.wrong("fields", "is '" + text + "'. Allowed: names of attributes with commas between them");
        }
        return text.isEmpty() ? List.of() : List.of(text.split(", *"));
    }

    /** What contradicts itself in the file. The paged source refuses the rest when a flow is loaded. */
    private static void check(Section list, ListEntry entry) throws CatalogueException {
        Map<String, String> reading = entry.reading();
        if (!reading.containsKey("key")) {
            throw list.wrong("it has no key: add key: and the attribute that identifies a record, or none for the whole "
                    + "record");
        }
        boolean changed = !reading.getOrDefault("changed", "").isEmpty();
        boolean until = !reading.getOrDefault("until", "").isEmpty();
        boolean sorted = reading.getOrDefault("sorted", "").equals("true");
        if (entry.isIncremental() && (!changed || reading.get("key").isEmpty())) {
            throw list.wrong("since", "needs changed, the attribute with the time of the last change, and a key");
        }
        if (!entry.isIncremental() && (sorted || until || reading.containsKey("precision"))) {
            throw list.wrong("sorted, until and precision have no effect without since");
        }
        if (sorted && until) {
            throw list.wrong("until", "has no effect on a sorted list. Remove one of the two");
        }
        if (!entry.largestPage().isEmpty() && Integer.parseInt(entry.pageSize()) > Integer.parseInt(entry.largestPage())) {
            throw list.wrong("pageSize is " + entry.pageSize() + " and larger than largestPage, " + entry.largestPage());
        }
    }
}
