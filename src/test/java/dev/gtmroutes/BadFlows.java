// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files of flows with one mistake each, and what a user should be told of it. */
public final class BadFlows {

    private static final String GOOD = """
            - route:
                id: bad
                autoStartup: true
                from:
                  uri: kamelet:inbox-source
                  parameters:
                    flow: bad
                  steps:
                    - to:
                        uri: kamelet:people-ai-push-call-activity-sink
                        parameters:
                          maxInFlight: 4
            """;

    private static final Map<String, String[]> MISTAKES = new LinkedHashMap<>();

    static {
        mistake("bad-quote", "uri: kamelet:inbox", "uri: \"kamelet:inbox", "bad-quote.yaml:5: not valid YAML");
        mistake("bad-key", "autoStartup: true", "autoStart: true",
                "bad-key.yaml:3: autoStart is not valid here: did you mean autoStartup?");
        mistake("bad-step", "- to:", "- too:", "bad-step.yaml:9: too is not valid here: did you mean to?");
        mistake("bad-indent", "      steps:", "    steps:",
                "bad-indent.yaml:8: steps is not valid here. Check its indentation");
        mistake("bad-header", "maxInFlight: 4", "requestHeaders: X-A=b",
                "bad-header.yaml:12: requestHeaders: header 1 must be name:value; write");
        mistake("bad-yes", "autoStartup: true", "autoStartup: yes",
                "bad-yes.yaml:3: autoStartup is 'yes'. Write true or false");
        mistake("bad-no-uri", "            uri: kamelet:people-ai-push-call-activity-sink\n", "",
                "bad-no-uri.yaml:10: this step has no uri. Add uri: to it");
        mistake("bad-uri", "kamelet:people-ai-push-call", "people-ai-push-call",
                "bad-uri.yaml:10: people-ai-push-call-activity-sink is not a URI. If it is a template or a source, write "
                        + "kamelet:people-ai-push-call-activity-sink");
        mistake("bad-scheme", "kamelet:inbox", "kamlet:inbox",
                "bad-scheme.yaml:5: unknown Camel component kamlet: did you mean kamelet?");
        mistake("bad-kamelet", "push-call-activity", "push-cal-activity",
                "bad-kamelet.yaml:10: unknown Kamelet people-ai-push-cal-activity-sink");
        mistake("bad-source", "      parameters:\n        flow: bad\n", "",
                "bad-source.yaml:5: inbox-source requires the parameter flow");
        mistake("bad-csv", "flow: bad", "flow: bad\n        csvTypes: automatic",
                "bad-csv.yaml:8: CSV Types: 'automatic' is not allowed. Enter text or auto");
        mistake("bad-number", "maxInFlight: 4", "maxInFlight: many",
                "bad-number.yaml:12: In Flight: 'many' is not a whole number");
        mistake("bad-range", "maxInFlight: 4", "maxInFlight: 0",
                "bad-range.yaml:12: In Flight: Enter a number of at least 1; 0 is less.");
        mistake("bad-webhook", "maxInFlight: 4", "responseWebhook: hooks.example.com/s3cr3t-path",
                "bad-webhook.yaml:12: Response Webhook: Enter a URL such as");
        mistake("bad-dynamic", "- to:", "- toD:", "bad-dynamic.yaml:9: toD cannot call a template");
        mistake("bad-second", "maxInFlight: 4", "responseWebhook: http://127.0.0.1:1/in\n"
                + "        - to:\n            uri: kamelet:people-ai-push-call-activity-sink\n"
                + "            parameters:\n              maxInFlight: -1",
                "In Flight: Enter a number of at least 1; -1 is less.");
        mistake("bad-step-id", "        - to:\n            uri", "        - to:\n            id: 2nd\n            uri",
                "bad-step-id.yaml:10: '2nd' cannot be the id of a destination, because directories contain it. Use at most "
                        + "64 letters, digits, dashes and underscores, beginning with a letter");
        mistake("bad-inner-id", "        - to:\n            uri",
                "        - to:\n            id: crm-delivery\n            uri",
                "bad-inner-id.yaml:10: 'crm-delivery' cannot be the id of a destination, because ids that end like this are "
                        + "reserved. Choose an id that does not end in -delivery, -topic or -jobs");
        mistake("bad-twice", "        - to:\n            uri", "        - to:\n            id: crm\n"
                + "            uri: kamelet:people-ai-push-chat-activity-sink\n"
                + "        - to:\n            id: crm\n            uri",
                "bad-twice.yaml:13: another destination of the flow has the id crm. Choose another");
        mistake("bad-component", "kamelet:inbox-source", "nosuch:thing",
                "bad-component.yaml:5: unknown Camel component nosuch. The URI of a template or a source begins with "
                        + "kamelet:");
        MISTAKES.put("bad-depth", new String[] {"[".repeat(20_000),
                "bad-depth.yaml:1: not valid YAML: the file is nested more than 100 levels deep"});
        MISTAKES.put("bad-aliases", new String[] {aliases(), "bad-aliases.yaml:1: not valid YAML: the file has too many "
                + "references (*name)"});
        MISTAKES.put("worse-id", new String[] {GOOD.replace(": bad", ": calls"),
                "worse-id.yaml:2: another route has the id calls. Choose another"});
    }

    private BadFlows() {
    }

    private static void mistake(String name, String good, String bad, String told) {
        if (!GOOD.contains(good)) {
            throw new IllegalArgumentException("nothing to spoil in " + name);
        }
        MISTAKES.put(name, new String[] {GOOD.replace("id: bad", "id: " + name).replace("flow: bad", "flow: " + name)
                .replace(good.replace(": bad", ": " + name), bad.replace(": bad", ": " + name)), told});
    }

    /** 9 lines that stand for 9^9 texts. */
    private static String aliases() {
        StringBuilder text = new StringBuilder("- &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            text.append("- &a").append(i).append(" [").append("*a".concat(String.valueOf(i - 1)).concat(", ").repeat(8))
                    .append("*a").append(i - 1).append("]\n");
        }
        return text.toString();
    }

    /** What is told of each mistake. */
    public static Map<String, String> told() {
        Map<String, String> told = new LinkedHashMap<>();
        MISTAKES.forEach((name, mistake) -> told.put(name, mistake[1]));
        return told;
    }

    /** Writes all of them into this directory. */
    public static void write(Path flows) throws IOException {
        for (Map.Entry<String, String[]> each : MISTAKES.entrySet()) {
            Files.writeString(flows.resolve(each.getKey() + ".yaml"), each.getValue()[0]);
        }
    }
}
