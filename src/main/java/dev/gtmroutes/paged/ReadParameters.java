// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.paged;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import dev.gtmroutes.paged.page.PageForm;
import dev.gtmroutes.paged.page.Precision;

/** The parameters of {@code rest-records-source} as a user gives them, and what they mean together. */
final class ReadParameters {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@/%-]*");
    private static final Pattern DOTTED = Pattern.compile("[^.\\s]+(\\.[^.\\s]+)*");

    String api = "";
    String name = "";
    String path = "";
    String query = "";
    String records = "data";
    String key = "id";
    String paging = "none";
    String pageParameter = "";
    int firstPage = 1;
    String sizeParameter = "limit";
    String total = "";
    String next = "";
    String changed = "";
    String since = "";
    String until = "";
    boolean sorted;
    String precision = "micros";
    Duration overlap = Duration.ofMinutes(5);
    String costs = "1";

    /** @throws IllegalArgumentException if they make no sense; the message is one sentence */
    ReadOrder order() {
        Paging pages = Paging.of(paging, pageParameter, firstPage, sizeParameter);
        Changes changes = new Changes(since, until, sorted, Precision.of(precision), overlap);
        PageCosts points = PageCosts.parse(costs);
        names(pages);
        changes(pages);
        String[] parts = path.split("\\?", 2);
        String fixed = parts.length == 2 ? parts[1] : "";
        check(PATH.matcher(parts[0]).matches() && !(parts[0] + "/").contains("/../")
                && ListQuery.ENCODED.matcher(fixed).matches(),
                "path is '" + path + "'. Enter a path that begins with /, percent-encoded, such as /people?active=true");
        String added = added(fixed, pages);
        String text = new ListQuery().addAll(fixed).addAll(added).at(parts[0]);
        String all = fixed.isEmpty() || added.isEmpty() ? fixed + added : fixed + "&" + added;
        String account = account();
        PageForm form = PageForm.of(records, key, changed, total, next).leadingBy(pages.style().leads());
        return new ReadOrder(text + account, name, "the API", parts[0], all, pages, form, changes, points,
                parts[0] + " " + records + account);
    }

    /** Whose list it is: that of another account has other records. What an endpoint has in its query is not shown. */
    private String account() {
        String[] parts = api.split("\\?", 2);
        String shown = parts[0].replaceFirst("//[^/@]*@", "//");
        boolean hides = !shown.equals(api);
        return api.isEmpty() ? "" : " of " + shown + (hides ? "#%08x".formatted(api.hashCode()) : "");
    }

    private void names(Paging pages) {
        check(NAME.matcher(name).matches(), "name is '" + name + "'. Enter letters, digits, dots, dashes and underscores");
        for (String[] each : new String[][] {{"records", records}, {"key", key}, {"total", total}, {"next", next},
                {"changed", changed}}) {
            check(each[1].isEmpty() || DOTTED.matcher(each[1]).matches(), each[0] + " is '" + each[1]
                    + "'. Enter the name of an attribute, or names joined by dots");
        }
        check(firstPage >= 0, "firstPage is " + firstPage + "; it must not be less than 0");
        check(pages.style() == Paging.Style.PAGE || firstPage == 1, "firstPage has no effect unless paging is page");
        boolean hasParameter = pages.style() != Paging.Style.NONE && pages.style() != Paging.Style.LINK;
        check(hasParameter || pageParameter.isEmpty(), "pageParameter has no effect if paging is " + paging);
        check(next.isEmpty() || pages.style() == Paging.Style.PAGE || pages.style().follows(),
                "next has no effect if paging is " + paging);
        check(pages.style() != Paging.Style.ID || !key.isEmpty(), "paging id needs a key: the attribute with the id");
    }

    private void changes(Paging pages) {
        if (since.isEmpty()) {
            check(until.isEmpty() && !sorted, (sorted ? "sorted" : "until") + " has no effect without since");
            return;
        }
        check(!since.endsWith("[gt]"),
                "since '" + since + "' leaves out records that changed at the same time as the last one. "
                        + "Use the parameter for at or after, such as " + since.replace("[gt]", "[gte]"));
        check(!key.isEmpty(), "since needs a key, by which a record is recognised that comes again");
        check(!sorted || !changed.isEmpty(), "sorted needs changed: the attribute with the time of the last change");
        check(!sorted || until.isEmpty(), "until is only for lists that are not sorted");
        check(!sorted || pages.style() == Paging.Style.PAGE || pages.style() == Paging.Style.OFFSET,
                "sorted needs paging page or offset");
    }

    /** What the user adds, percent-encoded. It must not change what the source itself asks for. */
    private String added(String fixed, Paging pages) {
        Set<String> taken = new HashSet<>(List.of(pages.parameter(), pages.sizeParameter(), since, until));
        for (String each : fixed.split("&")) {
            taken.add(ListQuery.name(each));
        }
        taken.remove("");
        List<String> names = new ArrayList<>();
        ListQuery added = new ListQuery();
        for (String each : query.split("&")) {
            int equals = each.indexOf('=');
            check(each.isBlank() || equals > 0, "query is '" + query + "'. Enter name=value, several joined by &");
            if (equals > 0) {
                names.add(each.substring(0, equals).strip());
                added.add(names.get(names.size() - 1), each.substring(equals + 1));
            }
        }
        names.stream().filter(taken::contains).findFirst().ifPresent(each -> {
            throw new IllegalArgumentException("query contains " + each + ", which the source itself sets. Remove it");
        });
        return added.at("").replaceFirst("^\\?", "");
    }

    private static void check(boolean well, String otherwise) {
        if (!well) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
