// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.lint.flow;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

import dev.gtmroutes.lint.yaml.Report;
import dev.gtmroutes.lint.yaml.YamlNode;

/** A file of flows holds routes, each with an id that can name its directory, and takes records from that directory. */
final class FlowRoutes {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    /** What delivers the responses of flow calls to its webhook is called calls.crm-responses. */
    private static final Pattern RESPONSES = Pattern.compile("(.+)\\.[^.]+-responses");
    private static final Set<String> OWN_FOLDERS = Set.of("responses", "dead-letters", "fragments", "state");

    void check(YamlNode root, Report report) {
        if (!root.isList()) {
            report.tell(root.line(), "route", "a file of flows is a list. Begin it with - route:");
            return;
        }
        Set<String> ids = new HashSet<>();
        boolean any = false;
        for (YamlNode item : root.items()) {
            if (item.get("errorHandler").exists()) {
                report.tell(item.line(), "error-handler", "Camel applies errorHandler to the flows of all files that are "
                        + "loaded later. Write onException, which applies to the flows of this file");
            }
            if (item.get("from").exists()) {
                any = true;
                report.tell(item.line(), "route-id", "the route has no id. Write - route: with id: and put from: under it");
            } else if (item.get("route").exists()) {
                any = true;
                id(item.get("route"), ids, report);
            }
        }
        if (!any) {
            report.tell(root.line(), "route", "the file contains no route. Add one, beginning with - route:");
        }
    }

    private static void id(YamlNode route, Set<String> ids, Report report) {
        YamlNode id = route.get("id");
        if (id.text().isEmpty()) {
            report.tell(route.line(), "route-id",
                    "the route has no id. Add id:, which names its inbox, its dead letters and its log lines");
        } else if (!ID.matcher(id.text()).matches()) {
            report.tell(id.line(), "route-id", "'" + id.text() + "' cannot be an id, because directories and URLs contain "
                    + "it. Use letters, digits, dots, dashes and underscores, beginning with a letter or digit");
        } else if (RESPONSES.matcher(id.text()).matches()) {
            report.tell(id.line(), "route-id", "'" + id.text() + "' is reserved for the responses of another flow. Choose "
                    + "an id without a dot before the end -responses");
        } else if (!ids.add(id.text())) {
            report.tell(id.line(), "route-id", "another route has the id " + id.text() + ". Choose another");
        } else {
            inbox(route, id.text(), report);
        }
        DestinationNames.check(route, report);
        start(route.get("autoStartup"), report);
    }

    /** YAML 1.2 knows true and false only: yes and no are texts. */
    private static void start(YamlNode autoStartup, Report report) {
        String text = autoStartup.text();
        if (autoStartup.exists() && !text.contains("{{") && !text.equalsIgnoreCase("true")
                && !text.equalsIgnoreCase("false")) {
            report.tell(autoStartup.line(), "value", "autoStartup is '" + text + "'. Write true or false");
        }
    }

    private static void inbox(YamlNode route, String id, Report report) {
        for (EndpointCall call : EndpointCall.in(route)) {
            if (call.step().equals("from") && call.kamelet().filter("inbox-source"::equals).isPresent()) {
                call.argument("flow").filter(each -> each.isLiteral() && !each.plain().equals(id))
                        .ifPresent(each -> report.tell(each.line(), "flow-name", "this reads the inbox '"
                                + each.plain() + "', but /intake/ uses the id of the route. Write flow: " + id));
                call.argument("folder").filter(Argument::isLiteral).ifPresent(each -> folder(each, report));
            }
        }
    }

    private static void folder(Argument folder, Report report) {
        String first = folder.plain().strip().replaceFirst("^(\\./)+", "").split("/")[0];
        if (OWN_FOLDERS.contains(first)) {
            report.tell(folder.line(), "inbox-folder", "the program stores its own files in the folder '" + first
                    + "' of the data directory. Choose another");
        }
    }
}
